"""改定の検討: /editions/considerations/ and recording one, and opening a draft upon it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from draft_cast import ClientOf
from meeting_cast import PAST, closed, held, planned
from query_counts import as_many_queries
from row_numbers import ABSENT

from people.models import User
from plans.actions.drafting.opening import abandon_draft
from plans.errors import DraftRefused
from plans.models import Edition
from reviews.actions.considering import record_consideration
from reviews.enums import ConsiderationOutcome
from reviews.errors import ConsiderationRefused
from reviews.models import Consideration
from revisions.actions.opening import open_considered_draft

LIST, ADD, OPEN = (
    "/editions/considerations/",
    "/editions/considerations/add/",
    "/editions/draft/open/",
)
REASON = "技術の動向を反映するため。"
Considered = Callable[..., Consideration]


def filled(**overrides: Any) -> dict[str, Any]:
    values = {
        "fiscal_year": "2026",
        "outcome": "keep",
        "reason": REASON,
        "meeting": "",
        "considered_on": "令和8年10月1日",
        "last_seen": "",
    }
    return {**values, **overrides}


@pytest.fixture
def considered(small_edition: Edition, secretariat: User) -> Considered:
    """Record a consideration of 2026 that came to a revision; name what shall differ."""

    def make(**overrides: Any) -> Consideration:
        values: dict[str, Any] = {
            "fiscal_year": 2026,
            "outcome": ConsiderationOutcome.REVISE,
            "reason": REASON,
            "considered_on": date(2026, 10, 1),
            "meeting": None,
        }
        return record_consideration(
            plan=small_edition.plan, by=secretariat, **{**values, **overrides}
        )

    return make


# Reading


def test_each_year_says_what_was_decided_and_why(
    considered: Considered,
    small_edition: Edition,
    secretariat: User,
    client_of: ClientOf,
    staff: User,
) -> None:
    sitting = held(small_edition, secretariat)
    considered(meeting=sitting)

    page = client_of(staff).get(LIST).content.decode()

    for words in ("令和8年度（2026年度）", "改定する", REASON, "令和8年10月1日", sitting.title):
        assert words in page
    assert sitting.get_absolute_url() in page
    assert ADD not in page


def test_a_year_without_a_record_says_so(
    small_edition: Edition, client_of: ClientOf, staff: User, secretariat: User, frozen_clock: Any
) -> None:
    frozen_clock.move_to("2028-05-01 10:00+09:00")

    page = client_of(secretariat).get(LIST).content.decode()

    assert page.count("検討の記録がありません") == 3
    assert page.index("令和10年度") < page.index("令和9年度") < page.index("令和8年度")
    assert ADD in page
    assert ADD not in client_of(staff).get(LIST).content.decode()


def test_a_later_record_takes_the_place_and_both_stay(considered: Considered, desk: Client) -> None:
    considered(reason="はじめの結論。")
    considered(outcome=ConsiderationOutcome.KEEP, reason="後の結論。")

    response = desk.get(LIST)
    page = response.content.decode()

    (year,) = response.context["years"]
    assert [record.reason for record in year.records] == ["後の結論。", "はじめの結論。"]
    assert page.index("後の結論。") < page.index("前の記録") < page.index("はじめの結論。")


def test_a_record_leads_to_its_draft_and_to_its_edition(
    considered: Considered, small_edition: Edition, secretariat: User, desk: Client
) -> None:
    draft = open_considered_draft(
        base=small_edition, major=1, minor=1, consideration=considered(), by=secretariat
    )
    assert "第1.1版（案）" in desk.get(LIST).content.decode()

    abandon_draft(draft=draft, reason="作り直す。", by=secretariat)

    assert f'href="/editions/abandoned/{draft.pk}/"' in desk.get(LIST).content.decode()


def test_the_list_of_editions_tells_staff_alone(
    considered: Considered, client_of: ClientOf, staff: User
) -> None:
    considered(outcome=ConsiderationOutcome.KEEP)

    assert "改定しない" in client_of(staff).get("/editions/").content.decode()
    assert "改定しない" not in client_of(None).get("/editions/").content.decode()


@pytest.mark.parametrize("url", [LIST, "/editions/"])
def test_many_records_ask_no_more_than_one(
    considered: Considered, desk: Client, small_edition: Edition, secretariat: User, url: str
) -> None:
    considered(meeting=held(small_edition, secretariat))
    with as_many_queries(desk, url):
        for year in range(2016, 2026):
            considered(fiscal_year=year)
    assert desk.get(url).content.decode().count("年度（20") == 11


# Recording


def test_a_year_is_recorded_as_kept(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    response = desk.post(ADD, filled(), follow=True)

    record = Consideration.objects.get()
    assert (record.fiscal_year, record.outcome, record.reason) == (2026, "keep", REASON)
    assert (record.considered_on, record.recorded_by_name) == (date(2026, 10, 1), secretariat.name)
    assert response.redirect_chain == [(f"{LIST}#consideration-{record.pk}", 302)]
    assert "令和8年度 改定しない　と記録しました。" in response.content.decode()


def test_a_sitting_leads_the_secretariat_to_its_record(
    small_edition: Edition, desk: Client, secretariat: User, client_of: ClientOf, staff: User
) -> None:
    sitting = held(small_edition, secretariat)
    way = f'href="{ADD}?meeting={sitting.pk}"'

    assert way in desk.get(sitting.get_absolute_url()).content.decode()
    assert way not in client_of(staff).get(sitting.get_absolute_url()).content.decode()
    form = desk.get(f"{ADD}?meeting={sitting.pk}").content.decode()
    assert f'<option value="{sitting.pk}" selected>' in form
    assert desk.get(f"{ADD}?meeting=x").status_code == 200


def test_the_day_of_the_sitting_is_the_day(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    sitting = closed(held(small_edition, secretariat), secretariat)

    desk.post(ADD, filled(meeting=str(sitting.pk), considered_on="", outcome="revise"))

    assert Consideration.objects.get().considered_on == PAST
    assert Consideration.objects.get().meeting == sitting


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ({"outcome": ""}, "改定するか、しないかを選んでください。"),
        ({"reason": " 　"}, "理由を書いてください。"),
        ({"considered_on": ""}, "検討した日を入れるか、会議を選んでください。"),
        ({"considered_on": "2026-10-16"}, "検討した日に未来の日は入れられません。"),
        ({"considered_on": "十月"}, "「十月」は日付として読めません"),
        ({"fiscal_year": "1999"}, "年度を、表示されている中から選んでください。"),
        ({"meeting": str(ABSENT)}, "会議を、表示されている中から選んでください。"),
    ],
)
def test_what_is_lacking_is_told_and_nothing_typed_is_lost(
    small_edition: Edition, desk: Client, overrides: dict[str, str], told: str
) -> None:
    sent = filled(**{"reason": "書いた理由。", **overrides})

    page = desk.post(ADD, sent).content.decode()

    assert told in page
    assert "reason" in overrides or "書いた理由。" in page
    assert not Consideration.objects.exists()


def test_a_sitting_to_come_is_not_offered(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    coming = planned(small_edition, secretariat)

    assert coming.title not in desk.get(ADD).content.decode()
    with pytest.raises(ConsiderationRefused, match="まだ開かれていません"):
        record_consideration(
            plan=small_edition.plan,
            fiscal_year=2026,
            outcome=ConsiderationOutcome.KEEP,
            reason=REASON,
            considered_on=date(2026, 10, 1),
            meeting=coming,
            by=secretariat,
        )


def test_g4_what_was_recorded_meanwhile_is_told_first(
    considered: Considered, small_edition: Edition, desk: Client
) -> None:
    theirs = considered(reason="ほかの人の理由。")

    response = desk.post(ADD, filled(reason="わたしの理由。"))

    assert response.status_code == 409
    assert "この画面を開いた後に、別の記録が加わりました" in response.content.decode()
    assert "わたしの理由。" in response.content.decode()
    assert Consideration.objects.get() == theirs
    again = {
        **filled(reason="わたしの理由。"),
        "last_seen": response.context["form"]["last_seen"].value(),
    }
    assert desk.post(ADD, again).status_code == 302
    assert Consideration.objects.count() == 2


def test_without_a_plan_there_is_nothing_to_record(secretariat: User, desk: Client) -> None:
    assert "計画がまだ読み込まれていません" in desk.get(LIST).content.decode()
    assert desk.get(ADD).status_code == 404


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
def test_only_the_secretariat_records(
    small_edition: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    client = client_of(request.getfixturevalue(role))

    assert client.get(LIST).status_code == 200
    assert client.get(ADD).status_code == client.post(ADD, filled()).status_code == 403
    assert not Consideration.objects.exists()


def test_a_passer_by_signs_in_first(small_edition: Edition, client_of: ClientOf) -> None:
    assert client_of(None).get(LIST).headers["Location"] == f"/login/?next={LIST}"
    client_of(None).post(ADD, filled())
    assert not Consideration.objects.exists()
    assert client_of(None).put(ADD).status_code == 405


# Opening a draft upon it


def test_a_draft_is_opened_upon_the_consideration(
    considered: Considered, small_edition: Edition, desk: Client
) -> None:
    record = considered()
    page = desk.get("/editions/draft/").content.decode()
    assert "令和8年度の検討" in page
    assert "検討の記録によらずに作る" in page

    desk.post(OPEN, {"number": "1.1", "consideration": str(record.pk)})

    record.refresh_from_db()
    assert record.edition is not None
    assert record.edition.number == "1.1"


def test_a_draft_is_opened_without_one(
    considered: Considered, small_edition: Edition, desk: Client
) -> None:
    record = considered()

    desk.post(OPEN, {"number": "2.0", "consideration": ""})

    record.refresh_from_db()
    assert record.edition is None
    assert Edition.objects.get(major=2).is_draft


def test_the_page_says_where_no_consideration_is_left(
    considered: Considered, small_edition: Edition, desk: Client
) -> None:
    considered(outcome=ConsiderationOutcome.KEEP)

    page = desk.get("/editions/draft/").content.decode()

    assert "まだ案を作っていないものはありません" in page
    assert ADD in page


def test_a_revision_that_was_taken_back_opens_nothing(
    considered: Considered, small_edition: Edition, desk: Client
) -> None:
    taken_back = considered()
    considered(outcome=ConsiderationOutcome.KEEP, reason="やはり改定しない。")

    response = desk.post(OPEN, {"number": "1.1", "consideration": str(taken_back.pk)})

    assert "この検討の記録からは、もう案を作れません" in response.content.decode()
    assert Edition.objects.count() == 1


def test_a_consideration_leads_to_one_draft_alone(
    considered: Considered, small_edition: Edition, secretariat: User
) -> None:
    record = considered()
    again = {"base": small_edition, "major": 1, "minor": 1, "by": secretariat}
    draft = open_considered_draft(**again, consideration=record)
    abandon_draft(draft=draft, reason="やめる。", by=secretariat)

    with pytest.raises(DraftRefused, match="この検討の記録からは"):
        open_considered_draft(**again, consideration=record)

    record.refresh_from_db()
    assert record.edition == draft
    assert not Edition.objects.filter(status="draft").exists()
