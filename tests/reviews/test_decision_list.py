"""The list of decisions: what it narrows to, in which order, and the files made from it."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from beginnings import lasting
from django.test import Client
from django.urls import reverse
from follow_cast import REASON, REPORTED, ended, step
from meeting_cast import decide, held
from openpyxl import load_workbook
from query_counts import as_many_queries
from row_numbers import ABSENT

from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.enums import FollowUpStep
from reviews.exports.decision_list import COLUMNS
from reviews.models import Decision

Clients = Callable[[User | None], Client]
LIST, WORKBOOK, CSV = (
    "/decisions/",
    "/decisions.xlsx",
    "/decisions.csv",
)


@pytest.fixture
@lasting
def decisions(
    small_edition: Edition,
    responsible: FocusItem,
    secretariat: User,
    editor: User,
    welfare: Department,
    planning: Department,
) -> dict[str, Decision]:
    """One decision of each kind of standing, from two sittings in two fiscal years."""
    spring = held(small_edition, secretariat, held_on=date(2026, 3, 1))
    autumn = held(small_edition, secretariat)
    found = {
        "late": decide(
            spring, secretariat, welfare, text="遅れている指示。", due_on=date(2026, 10, 14)
        ),
        "closed": decide(spring, secretariat, welfare, text="済んだ指示。"),
        "open": decide(
            autumn, secretariat, planning, text="新しい指示。", focus_items=[responsible]
        ),
        "answered": decide(autumn, secretariat, welfare, text="報告のあった指示。"),
        "noted": decide(autumn, secretariat, None, text="了承したこと。"),
    }
    step(found["closed"], FollowUpStep.CLOSED, secretariat, REASON)
    step(found["answered"], FollowUpStep.ANSWERED, editor)
    return found


def listed(client: Client, **query: Any) -> list[str]:
    """Return the texts of the decisions that the list shows, in its order."""
    return [told.decision.text for told in client.get(LIST, query).context["rows"]]


def words(decisions: dict[str, Decision], *names: str) -> set[str]:
    return {decisions[name].text for name in names}


def test_each_decision_stands_with_state_age_due_owner_items_and_sitting(
    decisions: dict[str, Decision], staff: User, client_of: Clients
) -> None:
    response = client_of(staff).get(LIST)
    page = response.content.decode()
    late = next(told for told in response.context["rows"] if told.decision == decisions["late"])

    assert late.row.age == 228
    for text in (
        "R7-1-1",
        "遅れている指示。",
        "期限超過",
        "1日過ぎ",
        "対応中",
        "報告あり",
        "決着",
        "対応を要しない",
        "企画課",
        "令和8年3月1日",
    ):
        assert text in page, text
    assert f'href="{reverse("decision", args=[decisions["open"].pk])}"' in page
    assert 'href="/items/1-A-1/"' in page


def test_the_newest_sitting_comes_first(
    decisions: dict[str, Decision], staff: User, client_of: Clients
) -> None:
    assert listed(client_of(staff)) == [
        decisions[name].text for name in ("open", "answered", "noted", "late", "closed")
    ]


NARROWED = [
    ({"state": "unsettled"}, ("late", "open", "answered")),
    ({"state": "open"}, ("late", "open")),
    ({"state": "answered"}, ("answered",)),
    ({"state": "closed"}, ("closed",)),
    ({"state": "none"}, ("noted",)),
    ({"overdue": "only"}, ("late",)),
    ({"department": "welfare"}, ("late", "closed", "answered")),
    ({"department": "planning"}, ("open",)),
    ({"department": "none"}, ()),
    ({"kind": "noted"}, ("noted",)),
    ({"year": "2025"}, ("late", "closed")),
    ({"year": "2026", "state": "open"}, ("open",)),
    ({"q": "指示 新しい"}, ("open",)),
    ({"q": "１-Ａ-１"}, ("open",)),
    ({"q": "r7-1-2"}, ("closed",)),
    ({"q": "企画課"}, ("open",)),
    ({"q": REPORTED}, ("answered",)),
    ({"q": "どこにもない"}, ()),
]


def test_the_list_is_narrowed(
    decisions: dict[str, Decision], staff: User, client_of: Clients, subtests: pytest.Subtests
) -> None:
    client = client_of(staff)
    for query, names in NARROWED:
        with subtests.test(str(query)):
            assert set(listed(client, **query)) == words(decisions, *names)


def test_the_list_is_narrowed_to_a_sitting(
    decisions: dict[str, Decision], staff: User, client_of: Clients
) -> None:
    meeting = decisions["late"].meeting_id

    assert set(listed(client_of(staff), meeting=meeting)) == words(decisions, "late", "closed")


def test_a_department_is_found_by_who_took_over_from_it(
    decisions: dict[str, Decision],
    welfare: Department,
    planning: Department,
    secretariat: User,
    staff: User,
    client_of: Clients,
) -> None:
    ended(welfare, planning, by=secretariat)
    client = client_of(staff)

    assert len(listed(client, department="planning")) == 4
    page = client.get(LIST).content.decode()
    assert "決定のときは福祉課" in page
    assert "福祉課（廃止）" not in page


def test_what_nobody_took_over_is_found(
    decisions: dict[str, Decision],
    welfare: Department,
    secretariat: User,
    staff: User,
    client_of: Clients,
) -> None:
    ended(welfare, by=secretariat)
    client = client_of(staff)
    expected = words(decisions, "late", "closed", "answered")

    assert set(listed(client, department="none")) == expected
    assert set(listed(client, department="welfare")) == expected
    assert "福祉課（廃止）" in client.get(LIST).content.decode()


SORTED = [
    ("number", ("late", "closed", "open", "answered", "noted")),
    ("due", ("late", "open", "answered", "closed", "noted")),
    ("-due", ("open", "answered", "closed", "late", "noted")),
    ("state", ("open", "late", "answered", "closed", "noted")),
    ("-state", ("noted", "closed", "answered", "open", "late")),
    ("owner", ("answered", "late", "closed", "open", "noted")),
    ("kind", ("noted", "open", "answered", "late", "closed")),
]


def test_the_list_is_sorted(
    decisions: dict[str, Decision], staff: User, client_of: Clients, subtests: pytest.Subtests
) -> None:
    client = client_of(staff)
    for sort, names in SORTED:
        with subtests.test(sort):
            response = client.get(LIST, {"sort": sort})

            found = [told.decision.text for told in response.context["rows"]]
            assert found == [decisions[name].text for name in names]
            assert 'aria-sort="' in response.content.decode()


def test_figures_count_the_list_and_lead_on(
    decisions: dict[str, Decision], staff: User, client_of: Clients
) -> None:
    response = client_of(staff).get(LIST)

    counts = {tally.label: tally.count for tally in response.context["tallies"]}
    assert counts == {
        "期限を過ぎたもの": 1,
        "対応中": 2,
        "報告あり": 1,
        "決着": 1,
        "対応を要しない": 1,
        "改定待ち": 0,
    }
    for tally in response.context["tallies"]:
        assert len(listed(client_of(staff), **{tally.key: tally.value})) == tally.count


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"department": "nowhere"}, {"meeting": str(ABSENT)}, {"sort": "x"}]
)
def test_a_condition_that_makes_no_sense_is_told_and_left_out(
    decisions: dict[str, Decision], staff: User, client_of: Clients, query: dict[str, str]
) -> None:
    client = client_of(staff)
    response = client.get(LIST, query)

    assert "使えない条件があったので" in response.content.decode()
    assert len(response.context["rows"]) == len(decisions)
    for address in (WORKBOOK, CSV):
        back = client.get(address, query)
        assert back.headers["Location"].startswith(f"{LIST}?")


def test_an_empty_list_says_what_to_do(
    small_edition: Edition, staff: User, client_of: Clients
) -> None:
    client = client_of(staff)

    assert "決定・指示事項はまだありません" in client.get(LIST).content.decode()
    assert "条件に合う決定" in client.get(LIST, {"state": "open"}).content.decode()


def test_the_workbook_holds_the_filtered_list(
    decisions: dict[str, Decision], staff: User, client_of: Clients
) -> None:
    response = client_of(staff).get(WORKBOOK, {"state": "closed"})
    sheet = load_workbook(BytesIO(response.content))["決定・指示事項（表）"]
    head, *rows = sheet.iter_rows(values_only=True)
    row = dict(zip(head, rows[0], strict=True))

    assert (list(head), len(rows)) == (list(COLUMNS), 1)
    assert row["決定番号"] == "R7-1-2"
    assert row["決定・指示の内容"] == "済んだ指示。"
    assert row["担当（決定のとき）"] == row["いまの担当"] == "福祉課"
    assert (row["対応の状況"], row["決着の理由"]) == ("決着", REASON)
    assert row["決着日"].date() == date(2026, 10, 15)
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_csv_holds_the_filtered_list_for_excel(
    decisions: dict[str, Decision], staff: User, client_of: Clients
) -> None:
    client = client_of(staff)
    utf8 = client.get(CSV, {"overdue": "only"}).content
    shift_jis = client.get(CSV, {"overdue": "only", "encoding": "cp932"}).content

    assert utf8.startswith(b"\xef\xbb\xbf")
    assert utf8.decode("utf-8-sig") == shift_jis.decode("cp932")
    head, row = utf8.decode("utf-8-sig").split("\r\n")[:2]
    assert head == ",".join(COLUMNS)
    assert "遅れている指示。" in row
    assert "▲超過" in row
    assert client.get(CSV, {"encoding": "ebcdic"}).status_code == 302


def test_f3_what_people_wrote_is_no_formula(
    small_edition: Edition, secretariat: User, welfare: Department, client_of: Clients
) -> None:
    decide(held(small_edition, secretariat), secretariat, welfare, text='=HYPERLINK("http://x")')
    client = client_of(secretariat)

    cell = load_workbook(BytesIO(client.get(WORKBOOK).content))["決定・指示事項（表）"]["F2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')
    assert "'=HYPERLINK" in client.get(CSV).content.decode("utf-8-sig")


def test_many_decisions_take_as_many_queries_as_one(
    small_edition: Edition,
    responsible: FocusItem,
    welfare: Department,
    planning: Department,
    secretariat: User,
    client_of: Clients,
) -> None:
    meeting = held(small_edition, secretariat)
    first = decide(meeting, secretariat, welfare, focus_items=[responsible])
    step(first, FollowUpStep.ANSWERED, secretariat)
    with as_many_queries(client_of(secretariat), LIST, WORKBOOK, CSV):
        for number in range(20):
            one = decide(
                meeting,
                secretariat,
                planning if number % 2 else welfare,
                text=f"指示{number}",
                focus_items=[responsible],
            )
            step(one, FollowUpStep.ANSWERED, secretariat)
