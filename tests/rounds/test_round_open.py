"""照会を始める: suggested terms, what is checked, what is shown before, and that a double click opens one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from query_counts import as_many_queries

from people.models import Department, User
from plans.models import Edition, FocusItem
from rounds.actions.rounds import close_round
from rounds.models import ReportingRound
from rounds.queries.rounds import suggested_terms

URL = "/rounds/new/"


def terms(**overrides: Any) -> dict[str, Any]:
    values = {
        "fiscal_year": "2026",
        "kind": "first_half",
        "title": "",
        "period_from": "2026-04-01",
        "period_until": "2026-09-30",
        "as_of": "2026-09-30",
        "opens_on": "2026-10-15",
        "due_on": "2026-10-29",
        "scope": "all",
        "instructions": "数を書いてください。\n一行で。",
        "overdue_rule": "take",
    }
    return {**values, **overrides}


@pytest.fixture
def desk(responsible: FocusItem, secretariat: User, client_of: Callable[..., Client]) -> Client:
    """The 事務局 at work; 1-A-1 is led by 福祉課."""
    return client_of(secretariat)


def test_the_form_opens_with_terms_that_suit_the_day(desk: Client) -> None:
    page = desk.get(URL).content.decode()

    assert 'value="2026-09-30"' in page
    assert 'value="2026-10-29"' in page
    assert not ReportingRound.objects.exists()


@pytest.mark.parametrize(
    ("today", "kind", "as_of", "opens_on", "due_on"),
    [
        (date(2026, 10, 1), "first_half", date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 15)),
        (date(2026, 7, 1), "first_half", date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 15)),
        (date(2027, 3, 1), "year_end", date(2027, 3, 31), date(2027, 4, 1), date(2027, 4, 15)),
        (date(2027, 4, 9), "year_end", date(2027, 3, 31), date(2027, 4, 9), date(2027, 4, 23)),
        (date(2026, 10, 3), "first_half", date(2026, 9, 30), date(2026, 10, 3), date(2026, 10, 19)),
    ],
)
def test_suggested_terms(today: date, kind: str, as_of: date, opens_on: date, due_on: date) -> None:
    suggested = suggested_terms(today)

    assert (suggested["kind"], suggested["fiscal_year"]) == (kind, 2026)
    assert (suggested["as_of"], suggested["opens_on"], suggested["due_on"]) == (
        as_of,
        opens_on,
        due_on,
    )


def test_what_will_be_asked_is_shown_and_nothing_is_opened_yet(
    desk: Client, editor: User, welfare: Department
) -> None:
    page = desk.post(URL, terms(check="1")).content.decode()

    assert page.index("主担当課が決まっていない項目が3件あります") < page.index("尋ねる課")
    assert "1-A-2" in page
    assert "メールアドレスが登録されていない課が1課あります" in page
    assert "回答できる人がいない課" not in page
    assert reverse("assignments") in page
    assert not ReportingRound.objects.exists()


def test_departments_where_nobody_could_answer_or_confirm_are_named(desk: Client) -> None:
    page = desk.post(URL, terms(check="1", asks_certification="on")).content.decode()

    assert "回答できる人がいない課が1課あります" in page
    assert "確認者がいない課が1課あります" in page
    assert "福祉課" in page


def test_opening_leads_to_the_board(desk: Client, secretariat: User) -> None:
    response = desk.post(URL, terms(open="1"), follow=True)

    opened = ReportingRound.objects.get()
    assert response.redirect_chain[-1][0] == f"/rounds/{opened.pk}/"
    assert "照会「令和8年度 上半期」を始めました。4項目です。" in response.content.decode()
    assert (opened.due_on, opened.instructions) == (
        date(2026, 10, 29),
        "数を書いてください。\n一行で。",
    )
    assert opened.opened_by == secretariat


def test_the_page_between_carries_everything_along(desk: Client) -> None:
    typed = terms(check="1", scope="items", items=["1-A-2", "2-A-1"], is_rehearsal="on")
    response = desk.post(URL, typed)
    kept: dict[str, list[str]] = {}
    for name, value in response.context["kept"]:
        kept.setdefault(name, []).append(value)

    desk.post(URL, {**kept, "open": "1"})

    opened = ReportingRound.objects.get()
    assert opened.is_rehearsal
    codes = opened.answers.values_list("initiative__focus_item__code", flat=True)
    assert sorted(codes) == ["1-A-2", "2-A-1"]


def test_going_back_shows_what_was_typed(desk: Client) -> None:
    page = desk.post(URL, terms(edit="1", title="議会対応")).content.decode()

    assert 'value="議会対応"' in page
    assert "一行で。" in page


@pytest.mark.parametrize(
    ("scope", "codes"),
    [
        ({"scope": "axis", "axes": ["2"]}, ["2-A-1"]),
        ({"scope": "policy", "policies": ["1-A"]}, ["1-A-1", "1-A-2"]),
        ({"scope": "department", "departments": ["welfare"]}, ["1-A-1"]),
        ({"scope": "department", "departments": ["none"]}, ["1-A-2", "1-B-1", "2-A-1"]),
        ({"scope": "all", "items": ["1-A-1"]}, ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]),
    ],
)
def test_what_is_asked_about_can_be_chosen(
    desk: Client, scope: dict[str, Any], codes: list[str]
) -> None:
    desk.post(URL, terms(open="1", **scope))

    asked = ReportingRound.objects.get().answers.values_list(
        "initiative__focus_item__code", flat=True
    )
    assert sorted(asked) == codes


@pytest.mark.parametrize(
    ("typed", "field", "expected"),
    [
        ({"period_until": "2026-03-31"}, "period_until", "初日より前"),
        ({"period_from": "2025-04-01"}, "period_from", "外の日です"),
        ({"due_on": "2026-10-14"}, "due_on", "過ぎた日"),
        ({"opens_on": "2026-11-01"}, "due_on", "開始日より前"),
        ({"due_on": "2062-10-29"}, "due_on", "1年より先"),
        ({"as_of": "2026-10-30"}, "as_of", "期限（令和8年10月29日）まで"),
        ({"fiscal_year": "2027"}, "fiscal_year", "始められません"),
        ({"kind": "ad_hoc"}, "title", "名称を入れてください"),
        ({"scope": "items"}, "items", "一つ以上"),
        ({"scope": "items", "items": ["9-Z-9"]}, "items", "選べません"),
        ({"due_on": "あした"}, "due_on", "日付として読めません"),
    ],
)
def test_terms_that_make_no_sense_are_told_and_kept(
    desk: Client, typed: dict[str, Any], field: str, expected: str
) -> None:
    response = desk.post(URL, terms(open="1", **typed))

    assert expected in "".join(response.context["form"].errors[field])
    assert "一行で。" in response.content.decode()
    assert not ReportingRound.objects.exists()


def test_a_double_click_opens_one_round(desk: Client, frozen_clock: time_machine.Traveller) -> None:
    desk.post(URL, terms(open="1"))
    response = desk.post(URL, terms(open="1"), follow=True)

    assert "二重には始めていません" in response.content.decode()
    assert ReportingRound.objects.count() == 1

    desk.post(URL, terms(open="1", scope="axis", axes=["1"]))
    assert ReportingRound.objects.count() == 2
    frozen_clock.shift(1200)
    desk.post(URL, terms(open="1"))
    assert ReportingRound.objects.count() == 3


def test_an_equal_round_before_is_shown(
    desk: Client, open_the_round: Callable[..., ReportingRound]
) -> None:
    open_the_round()

    page = desk.post(URL, terms(check="1")).content.decode()

    assert "同じ年度・区分の照会が" in page


def test_without_a_plan_there_is_nothing_to_ask(
    secretariat: User, client_of: Callable[..., Client]
) -> None:
    assert "計画がまだ読み込まれていません" in client_of(secretariat).get(URL).content.decode()


def test_only_the_secretariat_opens_a_round(
    small_edition: Edition, editor: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(editor)

    assert client.get(URL).status_code == 403
    assert client.post(URL, terms(open="1")).status_code == 403
    assert not ReportingRound.objects.exists()


def test_the_list_tells_running_closed_and_rehearsed_rounds_apart(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
) -> None:
    open_the_round()
    open_the_round(is_rehearsal=True)
    close_round(round=open_the_round(kind="year_end"), by=secretariat)

    response = client_of(staff).get("/rounds/")
    page = response.content.decode()

    shelf = response.context["shelf"]
    assert [len(x) for x in (shelf.running, shelf.closed, shelf.rehearsals)] == [1, 1, 1]
    assert "4項目のうち <strong>0</strong>項目が回答済（0%）" in page
    assert "あと5日" in page
    assert URL not in page


def test_an_empty_list_says_what_to_do_first(
    small_edition: Edition,
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
) -> None:
    assert "次の順に整えてください" in client_of(secretariat).get("/rounds/").content.decode()
    page = client_of(staff).get("/rounds/").content.decode()
    assert "照会は事務局が始めます" in page
    assert "次の順に整えてください" not in page


def test_the_list_costs_the_same_for_many_rounds(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    staff: User,
    client_of: Callable[..., Client],
) -> None:
    open_the_round()
    with as_many_queries(client_of(staff), "/rounds/"):
        for _ in range(5):
            open_the_round()
