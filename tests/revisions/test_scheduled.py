"""An edition is adopted for a coming day: its text is fixed now, and holds from that day on."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from adopt_cast import URL, filled, statuses
from beginnings import lasting
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from draft_cast import ClientOf, reword, split_off, text_of

from initiatives.models import Responsibility
from people.models import User
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem
from plans.shelf import edition_shelf
from revisions.actions.adoption import adopt_edition

COMING = date(2027, 4, 1)
Scheduled = Callable[..., Edition]


@pytest.fixture
@lasting
def scheduled(amended: Edition, secretariat: User) -> Edition:
    """1.1 decided on 2026-10-01, in effect from 2027-04-01."""
    return adopt_edition(
        edition=amended,
        decided_on=date(2026, 10, 1),
        effective_from=COMING,
        basis="本部会議",
        by=secretariat,
    )


def page_of(client: Client, url: str) -> str:
    """Return a page without the marks of its dates."""
    return re.sub(r"</?time[^>]*>", "", client.get(url).content.decode())


def test_the_page_says_that_it_holds_from_that_day(amended: Edition, desk: Client) -> None:
    assert "それまでは第1.0版が効力をもち" in page_of(desk, URL)

    response = desk.post(URL, filled(desk, effective_from="令和9年4月1日"), follow=True)
    page = response.content.decode()

    told = "第1.1版を確定しました。令和9年4月1日（あと168日）から効力をもちます。それまでは第1.0版が効力をもちます。"
    assert told in page
    assert "を施行しました" not in page
    assert Edition.objects.get(minor=1).effective_from == COMING
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}


def test_until_its_day_the_present_edition_holds(
    scheduled: Edition, client_of: ClientOf, frozen_clock: Any
) -> None:
    passer_by = client_of(None)
    for day in ("2026-10-15 10:00+09:00", "2027-03-31 23:59+09:00"):
        frozen_clock.move_to(day)
        page = page_of(passer_by, "/")
        assert "第1.0版" in page
        assert "届出のオンライン化" not in page

    frozen_clock.move_to("2027-04-01 00:00+09:00")

    page = page_of(passer_by, "/")
    assert "第1.1版" in page
    assert "届出のオンライン化" in page
    assert "手続きの案内" not in page


def test_the_plan_announces_it_until_its_day(
    scheduled: Edition, client_of: ClientOf, frozen_clock: Any
) -> None:
    told = '令和9年4月1日からは、決定済みの<a href="/editions/1.1/">第1.1版</a>に変わります。'
    passer_by = client_of(None)

    assert told in page_of(passer_by, "/")
    assert told not in page_of(passer_by, "/?on=2026-10-14")  # It was not decided yet.

    frozen_clock.move_to("2027-04-01 00:00+09:00")

    assert "に変わります。" not in page_of(passer_by, "/")


def test_any_day_knows_which_edition_held(scheduled: Edition, client_of: ClientOf) -> None:
    passer_by = client_of(None)
    assert "届出のオンライン化" not in page_of(passer_by, "/?on=2027-03-31")
    assert "届出のオンライン化" in page_of(passer_by, "/?on=2027-04-01")


def test_everyone_reads_it_before_its_day(scheduled: Edition, client_of: ClientOf) -> None:
    page = page_of(client_of(None), "/editions/1.1/")

    assert "施行日前" in page
    assert "令和9年4月1日に施行します。" in page
    assert "届出のオンライン化" in page


def test_the_list_says_from_when(
    scheduled: Edition, client_of: ClientOf, frozen_clock: Any
) -> None:
    passer_by = client_of(None)
    page = page_of(passer_by, "/editions/")
    assert "施行日前（令和9年4月1日から）" in page
    assert page.index("施行日前") < page.index("施行中")

    frozen_clock.move_to("2027-04-01 00:00+09:00")

    page = page_of(passer_by, "/editions/")
    assert "施行日前" not in page
    assert page.index("施行中") < page.index("旧版")


def test_what_was_in_force_stays_at_its_address(
    scheduled: Edition, client_of: ClientOf, frozen_clock: Any
) -> None:
    passer_by = client_of(None)
    frozen_clock.move_to("2031-04-01 00:00+09:00")

    page = page_of(passer_by, "/editions/1.0/")
    assert "旧版" in page
    assert "申請のオンライン化" in page
    assert "届出のオンライン化" not in page


def test_t1_its_text_is_fixed_before_its_day(scheduled: Edition, secretariat: User) -> None:
    with pytest.raises(DraftRefused):
        reword(scheduled, "1-A-1", title="別の題", by=secretariat)
    with pytest.raises(DatabaseError), transaction.atomic():
        scheduled.item_texts.update(title="別の題")
    assert text_of(scheduled, "1-A-1").title == "届出のオンライン化"


def test_the_next_draft_starts_from_it(scheduled: Edition, desk: Client) -> None:
    page = page_of(desk, "/editions/draft/")
    assert "令和9年4月1日に施行する第1.1版の文言を全部写して" in page

    desk.post("/editions/draft/open/", {"number": "1.2"})

    draft = Edition.objects.get(minor=2)
    assert draft.base == scheduled
    assert text_of(draft, "1-A-1").title == "届出のオンライン化"


def test_what_comes_after_it_takes_effect_after_it(
    scheduled: Edition, desk: Client, secretariat: User
) -> None:
    desk.post("/editions/draft/open/", {"number": "1.2"})
    draft = Edition.objects.get(minor=2)
    reword(draft, "1-A-1", title="三つめの題", by=secretariat)

    page = desk.post(URL, filled(desk, effective_from="2027-04-01")).content.decode()
    assert "施行日は、第1.1版の施行日（令和9年4月1日）より後の日にしてください。" in page

    desk.post(URL, filled(desk, effective_from="2027-07-01"))
    held = [
        edition_shelf(draft.plan, day).living
        for day in (date(2026, 12, 1), date(2027, 4, 1), date(2027, 7, 1))
    ]
    assert [one and one.edition.number for one in held] == ["1.0", "1.1", "1.2"]


def test_split_items_take_over_their_departments_on_its_day(
    responsible: FocusItem, draft: Edition, desk: Client, secretariat: User
) -> None:
    new = split_off(draft, by=secretariat)
    page = page_of(desk, URL)
    assert f"{new.code}：担当課 福祉課、関係課 企画課" in page
    assert "もとの項目の担当課を施行日から引き継ぎます。" in page

    desk.post(URL, filled(desk, effective_from="2027-04-01"))

    carried = Responsibility.objects.filter(initiative__focus_item=new)
    assert {(one.department.name, one.kind, one.valid_from) for one in carried} == {
        ("福祉課", "lead", COMING),
        ("企画課", "supporting", COMING),
    }
    assert not carried.valid_on(date(2027, 3, 31)).exists()
