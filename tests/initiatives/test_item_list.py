"""進捗一覧: what it shows, how it narrows and sorts, and that size costs no queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from beginnings import lasting
from django.test import Client
from query_counts import as_many_queries

from initiatives.actions.departments import assign_departments
from initiatives.filters import ItemFilter
from people.models import Department, User
from plans.models import Edition, FocusItem, FocusItemText

Record = Callable[..., Any]


@pytest.fixture
@lasting
def told(responsible: FocusItem, record: Record, editor: User, secretariat: User) -> FocusItem:
    """1-A-1 is piloted and on track; 2-A-1 is prepared and late; the others are silent."""
    record(responsible, by=editor)
    record(
        FocusItem.objects.get(code="2-A-1"),
        by=secretariat,
        as_of=date(2026, 10, 1),
        status="preparing",
        rating="late",
        delay_cause="調達が遅れた。",
        countermeasure="仕様を分ける。",
        new_due_date=date(2027, 3, 31),
    )
    return responsible


def places(response: Any) -> list[str]:
    return [state.text.place for state in response.context["states"]]


def test_the_list_shows_each_item_with_its_state(
    told: FocusItem, client_of: Callable[..., Client]
) -> None:
    response = client_of(None).get("/items/")
    page = response.content.decode()

    assert places(response) == ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]
    first = page[page.index("<tbody>") : page.index("1-A-2</td>")]
    for shown in (
        "申請のオンライン化",
        "試行中",
        "順調",
        "福祉課",
        "関係課：企画課",
        "令和8年9月30日",
    ):
        assert shown in first
    assert "<title>進捗一覧 – ためし町DX計画 進行管理</title>" in page
    assert [(t.key, t.count) for t in response.context["ratings"]] == [
        ("on_track", 1),
        ("late", 1),
        ("none", 2),
    ]
    assert [(t.label, t.count) for t in response.context["statuses"]] == [
        ("準備中", 1),
        ("試行中", 1),
        ("未回答", 2),
    ]


def test_silence_shows_as_unanswered(
    small_edition: Edition, client_of: Callable[..., Client]
) -> None:
    response = client_of(None).get("/items/")
    row = response.content.decode().split("<tbody>")[1].split("</tr>")[0]

    assert row.count("未回答") == 2
    assert "未設定" in row


NARROWED_AND_SORTED = [
    ("axis=2", ["2-A-1"]),
    ("policy=1-A", ["1-A-1", "1-A-2"]),
    ("policy=1-A&axis=2", []),
    ("department=welfare", ["1-A-1"]),
    ("department=planning", ["1-A-1"]),
    ("department=none", ["1-A-2", "1-B-1", "2-A-1"]),
    ("status=piloting", ["1-A-1"]),
    ("status=none", ["1-A-2", "1-B-1"]),
    ("rating=late", ["2-A-1"]),
    ("rating=any_late", ["2-A-1"]),
    ("rating=none", ["1-A-2", "1-B-1"]),
    ("this_year=none", ["1-A-2", "1-B-1"]),
    ("this_year=given", ["1-A-1", "2-A-1"]),
    ("study=only", ["1-A-2"]),
    ("study=without", ["1-A-1", "1-B-1", "2-A-1"]),
    ("q=支所", ["1-A-2"]),
    ("q=スマホ 申請", ["1-A-1"]),
    ("q=ＲＰＡ", ["2-A-1"]),
    ("q=調達が遅れた", ["2-A-1"]),
    ("q=100%25", []),
    ("sort=-number", ["2-A-1", "1-B-1", "1-A-2", "1-A-1"]),
    ("sort=status", ["2-A-1", "1-A-1", "1-A-2", "1-B-1"]),
    ("sort=-rating", ["2-A-1", "1-A-1", "1-A-2", "1-B-1"]),
    ("sort=as_of", ["1-A-1", "2-A-1", "1-A-2", "1-B-1"]),
    ("sort=-as_of", ["2-A-1", "1-A-1", "1-A-2", "1-B-1"]),
    ("sort=department", ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]),
    ("q=調達が遅れた&sort=department&rating=late", ["2-A-1"]),
]


def test_the_list_is_narrowed_and_sorted(
    told: FocusItem, client_of: Callable[..., Client], subtests: pytest.Subtests
) -> None:
    client = client_of(None)
    for query, expected in NARROWED_AND_SORTED:
        with subtests.test(query):
            assert places(client.get(f"/items/?{query}")) == expected


def test_the_counts_are_those_of_the_narrowed_list(
    told: FocusItem, client_of: Callable[..., Client]
) -> None:
    response = client_of(None).get("/items/?axis=2")

    assert response.context["total"] == 4
    assert response.context["page_obj"].paginator.count == 1
    assert [(t.key, t.count) for t in response.context["ratings"]] == [("late", 1)]
    assert "絞り込み：軸「2 身軽な役場」" in response.content.decode()


def test_an_entry_that_was_corrected_or_speaks_of_later_does_not_count(
    told: FocusItem, small_edition: Edition
) -> None:
    from django.http import QueryDict

    before = ItemFilter(QueryDict("rating=late"), edition=small_edition, at=date(2026, 9, 30))

    assert list(before.qs) == []


def test_what_was_said_of_last_year_leaves_this_year_unanswered(
    told: FocusItem, small_edition: Edition
) -> None:
    from django.http import QueryDict

    silent = ItemFilter(QueryDict("this_year=none"), edition=small_edition, at=date(2027, 4, 1))

    assert [text.place for text in silent.qs] == ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (None, ["遅れている項目", "今年度まだ答えていない項目"]),
        ("staff", ["遅れている項目", "今年度まだ答えていない項目"]),
        (
            "editor",
            [
                "福祉課の項目",
                "福祉課の今年度まだ答えていない項目",
                "遅れている項目",
                "今年度まだ答えていない項目",
            ],
        ),
        ("secretariat", ["遅れている項目", "今年度まだ答えていない項目", "主担当課が未設定の項目"]),
    ],
)
def test_the_ways_into_the_list_are_those_of_the_reader(
    told: FocusItem,
    request: pytest.FixtureRequest,
    client_of: Callable[..., Client],
    who: str | None,
    expected: list[str],
) -> None:
    client = client_of(request.getfixturevalue(who) if who else None)

    assert [s.label for s in client.get("/items/").context["shortcuts"]] == expected


def test_a_way_into_the_list_narrows_it_and_says_so(
    told: FocusItem, editor: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(editor)
    own, silent, *_ = client.get("/items/").context["shortcuts"]

    response = client.get(f"/items/?{own.query}")

    assert places(response) == ["1-A-1"]
    assert f'<a href="?{own.query}" aria-current="true">福祉課の項目</a>' in (
        response.content.decode()
    )
    assert places(client.get(f"/items/?{silent.query}")) == []


def test_the_head_says_how_the_list_is_sorted(
    told: FocusItem, client_of: Callable[..., Client]
) -> None:
    page = client_of(None).get("/items/?axis=1&sort=status").content.decode()

    assert '<th scope="col" aria-sort="ascending"><a href="?axis=1&amp;sort=-status">状態' in page
    assert '<th scope="col" aria-sort="none"><a href="?axis=1&amp;sort=rating">' in page
    assert '<a href="/items.xlsx?axis=1&amp;sort=status">' in page


@pytest.mark.parametrize(
    "query", ["axis=9", "axis=x", "policy=9-Z", "status=zzz", "sort=zzz", "department=nobody"]
)
def test_a_condition_that_makes_no_sense_is_reported(
    told: FocusItem, client_of: Callable[..., Client], query: str
) -> None:
    response = client_of(None).get(f"/items/?{query}")

    assert len(places(response)) == 4
    assert "使えない条件があったので、外して表示しています" in response.content.decode()


def test_odd_addresses_break_nothing(told: FocusItem, client_of: Callable[..., Client]) -> None:
    client = client_of(None)

    assert len(places(client.get("/items/?page=zzz&unknown=1"))) == 4
    assert client.get("/items/?q=" + "+".join("語" * 100)).status_code == 200
    assert client.get("/items/?q=" + "あ" * 300).status_code == 200


def test_nothing_found_says_what_to_do(told: FocusItem, client_of: Callable[..., Client]) -> None:
    page = client_of(None).get("/items/?q=そんな語はない").content.decode()

    assert "条件に合う重点項目はありません" in page
    assert "<tbody>" not in page


def test_without_a_plan_the_page_is_friendly(db: None, client_of: Callable[..., Client]) -> None:
    client = client_of(None)

    assert "計画がまだ読み込まれていません" in client.get("/items/").content.decode()
    assert client.get("/items.xlsx").status_code == 302


def test_the_list_is_only_read(small_edition: Edition, client_of: Callable[..., Client]) -> None:
    assert client_of(None).post("/items/").status_code == 405


def grow(edition: Edition, record: Record, by: User, lead: Department) -> None:
    policy = edition.policies.get(axis__number=1, letter="A")
    for number in range(10, 40):
        item = FocusItem.objects.create(plan=edition.plan, code=f"1-A-{number}")
        FocusItemText.objects.create(
            edition=edition, focus_item=item, policy=policy, number=number, title=f"項目{number}"
        )
        assign_departments(
            focus_item=item,
            lead=lead,
            supporting=[],
            from_date=date(2026, 4, 1),
            reason="",
            opened_revision=0,
            by=by,
        )
        for month in (5, 6, 7):
            record(item, by=by, as_of=date(2026, month, 1))


def test_size_costs_no_queries(
    small_draft: Edition,
    welfare: Department,
    secretariat: User,
    record: Record,
    client_of: Callable[..., Client],
) -> None:
    record(FocusItem.objects.get(code="1-A-1"), by=secretariat, achievements="項目")
    chosen = "/items/?q=項目&sort=department&rating=on_track"
    addresses = ("/items/", chosen, "/items.xlsx", "/items.csv")
    with as_many_queries(client_of(None), *addresses, most=13):
        grow(small_draft, record, secretariat, welfare)


def test_a_long_list_is_cut_into_pages(
    small_draft: Edition,
    welfare: Department,
    secretariat: User,
    record: Record,
    client_of: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("initiatives.views.item_list.PER_PAGE", 3)
    client = client_of(None)

    assert places(client.get("/items/?page=2")) == ["2-A-1"]
    assert 'href="?study=&amp;page=2"' in client.get("/items/?study=").content.decode()
