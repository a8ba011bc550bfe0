"""A scheduled adoption is called off, or moved to another day, until its day has come (rule A4)."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from adopt_cast import URL as ADOPT
from adopt_cast import filled, statuses
from beginnings import lasting
from closing_cast import close_all, places_of
from django.test import Client
from draft_cast import ClientOf, reword, split_off, text_of
from old_rows import without_bounds_of_days
from time_machine import Traveller

from initiatives.models import Responsibility
from people.models import User
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.actions.errata import record_misprint
from plans.errors import AdoptionMoved, DraftRefused
from plans.models import Edition, Erratum, FocusItem, ItemFate, RecalledAdoption
from reviews.actions.deciding import withdraw_decision
from reviews.errors import DecisionRefused
from reviews.models import Decision, DecisionOutcome
from revisions.actions.adoption import adopt_edition
from revisions.actions.recalling import call_off_adoption, redate_adoption
from revisions.models import AdoptionDecision, RecalledDecision
from revisions.queries.drafts import draft_review

COMING, MISTYPED, LATER = date(2027, 4, 1), date(2072, 4, 1), date(2027, 7, 1)
URL = "/editions/1.1/adoption/"


def schedule(draft: Edition, by: User, day: date = COMING, **more: Any) -> Edition:
    return adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=day,
        basis="本部会議",
        by=by,
        **more,
    )


@pytest.fixture
@lasting
def scheduled(amended: Edition, responsible: FocusItem, secretariat: User) -> Edition:
    """1.1, in effect from a mistyped 2072-04-01 upon a decision, with an item split off from 1-A-1."""
    split_off(amended, by=secretariat)
    return schedule(amended, secretariat, MISTYPED, decision=Decision.objects.get())


def page_of(client: Client, url: str) -> str:
    """Return a page without the marks of its dates and of what differs."""
    return re.sub(r"</?(?:time|ins|del|span)[^>]*>", "", client.get(url).content.decode())


def typed(client: Client, **fields: str) -> dict[str, str]:
    """Return what the page's form sends."""
    form = client.get(URL).context["form"]
    opened = str(form.initial["opened_adoption"])
    return {"opened_adoption": opened, "reason": "年の打ち間違い。", **fields}


def carried() -> set[tuple[str, date]]:
    counted = Responsibility.objects.filter(reason="第1.1版で引き継いだため", valid_until=None)
    return {(one.department.name, one.valid_from) for one in counted}


def test_a_called_off_adoption_is_a_draft_again_and_what_it_wrote_is_kept_in_rows(
    scheduled: Edition, secretariat: User
) -> None:
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}
    assert carried() == {("福祉課", MISTYPED), ("企画課", MISTYPED)}
    fates = ItemFate.objects.count()

    recall = call_off_adoption(edition=scheduled, reason="年の打ち間違い。", by=secretariat)

    draft = Edition.objects.get(minor=1)
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}
    assert (draft.effective_from, draft.decided_on, draft.adoption_basis) == (None, None, "")
    assert (recall.effective_from, recall.adoption_basis) == (MISTYPED, "本部会議")
    assert (recall.adopted_at, recall.adopted_by) == (scheduled.adopted_at, secretariat)
    assert RecalledDecision.objects.get(recall=recall).decision == Decision.objects.get()
    assert len(recall.kept["fates"]) == fates
    assert not ItemFate.objects.exists()
    assert not AdoptionDecision.objects.exists()
    assert carried() == set()
    with pytest.raises(DecisionRefused, match=r"計画の改定の理由|取りやめた施行の根拠"):
        withdraw_decision(decision=Decision.objects.get(), reason="誤り", by=secretariat)


def test_it_is_adopted_again_as_it_was_changed_meanwhile(
    scheduled: Edition, secretariat: User
) -> None:
    """A form of adoption that was opened before the calling off adopts nothing."""
    call_off_adoption(edition=scheduled, reason="年の打ち間違い。", by=secretariat)
    draft = Edition.objects.get(minor=1)
    reword(draft, "1-A-1", title="もう一度直した題", by=secretariat)

    schedule(draft, secretariat, digest=draft_review(draft).digest())

    again = Edition.objects.get(minor=1)
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}
    assert text_of(again, "1-A-1").title == "もう一度直した題"
    assert carried() == {("福祉課", COMING), ("企画課", COMING)}
    call_off_adoption(edition=again, reason="もう一度", by=secretariat)
    assert again.recalls.count() == 2


def test_a_moved_adoption_keeps_its_text_and_moves_what_begins_with_it(
    scheduled: Edition, secretariat: User
) -> None:
    before = text_of(scheduled, "1-A-1").title

    recall = redate_adoption(
        edition=scheduled, effective_from=COMING, reason="年の打ち間違い。", by=secretariat
    )

    edition = Edition.objects.get(minor=1)
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}
    assert (edition.effective_from, edition.adopted_at) == (COMING, recall.recalled_at)
    assert (recall.effective_from, recall.new_effective_from) == (MISTYPED, COMING)
    assert carried() == {("福祉課", COMING), ("企画課", COMING)}
    assert text_of(edition, "1-A-1").title == before
    assert AdoptionDecision.objects.filter(edition=edition).exists()
    assert ItemFate.objects.exists()


def test_a_day_out_of_bounds_of_before_is_moved_and_called_off(
    amended: Edition, responsible: FocusItem, secretariat: User
) -> None:
    split_off(amended, by=secretariat)
    with without_bounds_of_days():
        edition = schedule(amended, secretariat, date.max)

    redate_adoption(edition=edition, effective_from=COMING, reason="打ち間違い", by=secretariat)
    assert {day for _, day in carried()} == {COMING}
    call_off_adoption(edition=edition, reason="打ち間違い", by=secretariat)

    assert carried() == set()
    assert Edition.objects.draft_of(amended.plan) == amended


def test_what_an_adoption_rested_on_and_why_it_was_called_off_is_closed_wherever_it_stands(
    amended: Edition, responsible: FocusItem, secretariat: User
) -> None:
    """Short words, too: in what was called off with it, and where it is adopted upon the same again."""
    split_off(amended, by=secretariat)
    dates: Any = {"decided_on": date(2026, 10, 1), "effective_from": COMING}
    for _ in range(2):
        edition = adopt_edition(edition=amended, basis="甲野", by=secretariat, **dates)
        recall = call_off_adoption(edition=edition, reason="乙山", by=secretariat)
    adopt_edition(edition=amended, basis="甲野", by=secretariat, **dates)

    close_all(recall, secretariat)

    assert places_of("甲野") == []
    assert [place for place in places_of("乙山") if place != "plans_recalledadoption.reason"] == []


def test_a_clock_set_back_never_puts_what_came_of_decisions_before_its_recall(
    scheduled: Edition, secretariat: User, frozen_clock: Traveller
) -> None:
    for days in (2, 3):
        frozen_clock.move_to(datetime(2026, 10, 15 - days, tzinfo=UTC))
        call_off_adoption(edition=scheduled, reason="打ち間違い", by=secretariat)
        schedule(scheduled, secretariat, decision=Decision.objects.get())

    told = DecisionOutcome.objects.filter(kind="basis").order_by("pk")
    recalled = [one.recall for one in told if hasattr(one, "recall")]
    assert len(recalled) == 2
    for before, recall, after in zip(told, recalled, told[1:], strict=False):
        assert before.recorded_at <= recall.recalled_at <= after.recorded_at


def test_the_first_edition_of_a_plan_is_its_draft_again(
    small_draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    first = schedule(small_draft, secretariat)

    call_off_adoption(edition=first, reason="早すぎた。", by=secretariat)

    page = page_of(client_of(None), "/")
    assert statuses() == {"1.0": "draft"}
    assert "第1.0版（案）" in page
    assert "まだ決定されていない版です。" in page


def test_on_days_before_it_a_first_edition_stands_in_as_it_is_now(
    small_draft: Edition, secretariat: User, client_of: ClientOf, frozen_clock: Traveller
) -> None:
    first = schedule(small_draft, secretariat)
    frozen_clock.move_to("2026-10-20 09:00+09:00")
    call_off_adoption(edition=first, reason="早すぎた。", by=secretariat)

    page = page_of(client_of(None), "/?on=2026-10-16")

    assert "施行された版がまだないので、いまの案の文言を示しています。" in page
    assert "この日に令和9年4月1日の施行が決まっていた第1.0版は、令和8年10月20日に" in page
    assert page_of(client_of(None), "/items/1-A-1/?on=2026-10-16")


def test_errata_of_the_fixed_text_go_into_the_row(scheduled: Edition, secretariat: User) -> None:
    words = {"place": "items/1-A-1/title", "wrong": "届出", "right": "届け出", "reason": "誤字"}
    record_misprint(edition=scheduled, by=secretariat, **words)

    recall = call_off_adoption(edition=scheduled, reason="直す。", by=secretariat)

    assert not Erratum.objects.filter(edition=scheduled).exists()
    (kept,) = recall.kept["errata"]
    assert {name: kept[name] for name in words} == words


# What is refused


def test_once_the_day_has_come_it_stays(
    amended: Edition, secretariat: User, client_of: ClientOf, frozen_clock: Traveller
) -> None:
    edition = schedule(amended, secretariat)
    frozen_clock.move_to("2027-03-31 23:59+09:00")
    desk = client_of(secretariat)
    sent = typed(desk, act="call_off")
    assert "（あと1日）" in page_of(desk, URL)
    frozen_clock.move_to("2027-04-01 00:00+09:00")

    for act in (
        lambda: call_off_adoption(edition=edition, reason="遅い。", by=secretariat),
        lambda: redate_adoption(
            edition=edition, effective_from=LATER, reason="遅い。", by=secretariat
        ),
    ):
        with pytest.raises(DraftRefused, match="令和9年4月1日に施行されたので"):
            act()
    page = desk.post(URL, sent).content.decode()
    assert "令和9年4月1日に施行されたので" in page
    assert "年の打ち間違い。" in page
    assert not RecalledAdoption.objects.exists()
    assert "施行を取りやめる・施行日を変える" not in page_of(desk, "/editions/1.1/")


def test_what_builds_on_it_comes_first(amended: Edition, secretariat: User, desk: Client) -> None:
    edition = schedule(amended, secretariat)
    later = open_draft(base=edition, major=1, minor=2, by=secretariat)
    reword(later, "1-A-1", title="三つめの題", by=secretariat)

    page = desk.post(URL, typed(desk, act="call_off")).content.decode()
    assert "第1.2版（案）が作成中なので、第1.1版の施行は取りやめられません" in page
    redate_adoption(edition=edition, effective_from=LATER, reason="延期", by=secretariat)

    schedule(later, secretariat, date(2027, 10, 1))
    with pytest.raises(DraftRefused, match=r"先に第1.2版の施行を取りやめてください"):
        redate_adoption(
            edition=edition, effective_from=date(2028, 1, 1), reason="逆順", by=secretariat
        )
    call_off_adoption(edition=later, reason="順に", by=secretariat)
    assert statuses() == {"1.0": "superseded", "1.1": "in_force", "1.2": "draft"}


def test_a_draft_that_is_given_up_then_tells_of_it_and_frees_its_number(
    amended: Edition, secretariat: User, client_of: ClientOf, frozen_clock: Traveller
) -> None:
    edition = schedule(amended, secretariat)
    frozen_clock.move_to("2026-10-15 11:00+09:00")
    call_off_adoption(edition=edition, reason="財源がない。", by=secretariat)
    given_up = abandon_draft(draft=edition, reason="改定しない。", by=secretariat)
    base = Edition.objects.get(minor=0)
    open_draft(base=base, major=1, minor=1, by=secretariat)
    assert base.is_in_force

    page = page_of(client_of(secretariat), given_up.get_absolute_url())

    assert "令和9年4月1日に予定していた施行を、令和8年10月15日に取りやめました。" in page
    assert "財源がない。" in page
    frozen_clock.move_to("2026-10-16 11:00+09:00")
    assert "第1.1版に変わります。" not in page_of(client_of(None), "/?on=2026-10-15")


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-09-30", "施行日は決定日以後の日にしてください。"),
        ("2026-10-01", ""),
        ("2027-04-01", "施行日が、いまの予定と同じです。"),
        ("", "新しい施行日を入れてください。"),
        ("2030-04-01", "計画の期間"),
    ],
)
def test_a_new_day_keeps_the_rules_of_adoption_and_a_far_one_is_asked_about(
    amended: Edition, secretariat: User, desk: Client, day: str, told: str
) -> None:
    schedule(amended, secretariat)

    response = desk.post(URL, typed(desk, act="move", effective_from=day))

    assert (response.status_code == 302) is (not told)
    assert told in response.content.decode()
    assert RecalledAdoption.objects.exists() is (not told)
    if told == "計画の期間":
        desk.post(URL, typed(desk, act="move", effective_from=day, asked_again=day))
        assert Edition.objects.get(minor=1).effective_from == date(2030, 4, 1)


def test_g4_who_saw_another_adoption_is_told(
    amended: Edition, secretariat: User, desk: Client
) -> None:
    edition = schedule(amended, secretariat)
    sent = typed(desk, act="call_off")
    redate_adoption(edition=edition, effective_from=LATER, reason="延期", by=secretariat)

    response = desk.post(URL, sent)

    assert response.status_code == 409
    assert "ほかの人が施行の予定を変えました。" in response.content.decode()
    assert "年の打ち間違い。" in response.content.decode()
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}
    seen_now = response.context["form"]["opened_adoption"].value()
    assert desk.post(URL, {**sent, "opened_adoption": seen_now}).status_code == 302
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


def test_g4_a_stale_adoption_is_not_called_off(amended: Edition, secretariat: User) -> None:
    edition = schedule(amended, secretariat)
    redate_adoption(edition=edition, effective_from=LATER, reason="延期", by=secretariat)
    with pytest.raises(AdoptionMoved):
        call_off_adoption(edition=edition, reason="古い", opened=edition.adopted_at, by=secretariat)


# The screens


def test_a_far_day_of_effect_is_asked_about_before_it_is_fixed(
    amended: Edition, desk: Client
) -> None:
    sent = filled(desk, effective_from="2072-04-01")
    page = desk.post(ADOPT, sent).content.decode()

    assert (
        "令和54年4月1日は、きょうから45年5か月先、計画の期間（令和8年度～令和9年度）の外です。"
        in page
    )
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}

    desk.post(ADOPT, {**sent, "asked_again": "2072-04-01"})
    assert Edition.objects.get(minor=1).effective_from == MISTYPED


def test_the_desk_takes_it_back_and_everybody_is_told_without_names(
    amended: Edition, secretariat: User, desk: Client, client_of: ClientOf
) -> None:
    schedule(amended, secretariat)
    passer_by = client_of(None)
    assert "施行を取りやめる・施行日を変える" in page_of(desk, "/editions/1.1/")
    assert "施行を取りやめる" not in page_of(passer_by, "/editions/1.1/")
    assert "あと168日です。" in page_of(passer_by, "/editions/1.1/")
    assert "あと168日です。" in page_of(passer_by, "/")

    desk.post(URL, typed(desk, act="move", effective_from="2027-07-01"))

    told = "令和8年10月15日に、施行日を令和9年4月1日から令和9年7月1日に変えました。"
    for url in ("/editions/", "/editions/1.1/"):
        assert told in page_of(passer_by, url)
    page = desk.post(URL, typed(desk, act="call_off"), follow=True).content.decode()
    assert "第1.1版の施行を取りやめ、案に戻しました。第1.0版が引き続き効力をもちます。" in page

    told = "令和9年7月1日に予定していた施行を、令和8年10月15日に取りやめました。"
    assert f"第1.1版：{told}" in page_of(passer_by, "/editions/")
    assert told in page_of(desk, "/editions/draft/")
    assert passer_by.get("/editions/1.1/").status_code == 302
    history = page_of(desk, URL)
    assert history.count("年の打ち間違い。") == 2
    assert secretariat.display_name in history
    assert secretariat.display_name not in page_of(passer_by, "/editions/")


def test_only_the_desk_may(
    amended: Edition, secretariat: User, client_of: ClientOf, staff: User
) -> None:
    edition = schedule(amended, secretariat)
    reader = client_of(staff)

    page = page_of(reader, URL)
    assert "事務局（DX推進課）が行います。" in page
    assert '<button class="button button--final"' not in page
    sent = {"act": "call_off", "reason": "x", "opened_adoption": edition.adopted_at}
    assert reader.post(URL, sent).status_code == 403
    assert not RecalledAdoption.objects.exists()


# Any day


def test_a_day_between_shows_what_was_planned_then_in_the_words_of_then(
    amended: Edition,
    secretariat: User,
    client_of: ClientOf,
    frozen_clock: Traveller,
) -> None:
    """Scheduled on 10-15 for 04-01, called off on 10-20, changed, adopted again on 10-25 for 12-01."""
    edition, passer_by = schedule(amended, secretariat), client_of(None)
    new = edition.item_texts.get(title="業務の見直し").focus_item
    on = "?on=2026-10-16"
    frozen_clock.move_to("2026-10-16 09:00+09:00")
    urls = ("/", "/items/1-A-1/", new.get_absolute_url())
    planned = "令和9年4月1日からは、決定済みの"
    assert planned in page_of(passer_by, "/")

    frozen_clock.move_to("2026-10-20 09:00+09:00")
    call_off_adoption(edition=edition, reason="直す。", by=secretariat)
    draft = Edition.objects.get(minor=1)
    frozen_clock.move_to("2026-10-21 09:00+09:00")
    reword(draft, "1-A-1", title="次の題", by=secretariat)
    reword(draft, new.code, title="次の見直し", by=secretariat)

    def as_of_the_day() -> None:
        pages = {url: page_of(passer_by, url + on) for url in urls}
        assert f"{planned}第1.1版に変わります。" in pages["/"]
        gone = "この日に令和9年4月1日の施行が決まっていた第1.1版は、令和8年10月20日に施行を取りやめました。"
        assert all(gone in page for page in pages.values())
        assert "届出の" in pages["/items/1-A-1/"]
        assert "次の題" not in pages["/items/1-A-1/"]
        assert "業務の見直し" in pages[new.get_absolute_url()]
        assert "次の見直し" not in pages[new.get_absolute_url()]
        assert planned not in page_of(passer_by, "/?on=2026-10-20")

    as_of_the_day()
    assert "届出" not in page_of(passer_by, "/?on=2027-04-05")
    assert passer_by.get(new.get_absolute_url()).status_code == 404

    frozen_clock.move_to("2026-10-25 09:00+09:00")
    schedule(draft, secretariat, date(2026, 12, 1))
    frozen_clock.move_to("2026-12-02 09:00+09:00")
    as_of_the_day()
    assert "次の題" in page_of(passer_by, "/?on=2026-12-01")
