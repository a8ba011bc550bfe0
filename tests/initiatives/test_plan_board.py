"""きょうの未来図 on /: tiles, sentences, what is late, and what the first day shows."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from any_day_cast import adopt_next, html, later, october, with_new_item
from beginnings import lasting
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from studying import asked as asked_study
from time_machine import Traveller

from initiatives.actions.progress import correct_entry
from initiatives.models import Initiative, ProgressEntry
from initiatives.queries.board import Board, board_of
from initiatives.queries.month_shifts import shifted_since
from initiatives.queries.plan_changes import plan_changes
from initiatives.queries.states import living_plan
from initiatives.statement import Statement
from kirishima_dx.moment import Moment
from people.models import User
from plans.actions.loading import load_plan
from plans.models import Edition, FocusItem, Plan
from plans.plan_file.reader import read_plan_file
from rounds.actions.rounds import extend_deadline
from rounds.models import ReportingRound

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
LATE = {
    "rating": "late",
    "delay_cause": "部品の遅れ。",
    "countermeasure": "順を入れ替える。",
    "new_due_date": date(2027, 3, 31),
}


def item(code: str) -> FocusItem:
    return FocusItem.objects.get(code=code)


def board_on(day: date) -> Board:
    living = living_plan(Plan.objects.get(), Moment.end_of(day))
    assert living is not None
    return board_of(living)


def said(page: str) -> str:
    """Return the words of the four sentences, without marks of HTML."""
    part = page[page.index('<ul class="says">') : page.index('<div class="board')]
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", part))


@pytest.fixture
@lasting
def told(small_edition: Edition, record: Record, secretariat: User, editor: User) -> Edition:
    """1-A-1 is late, 1-A-2 (★) was spoken of in the year before, 1-B-1 stopped, 2-A-1 is silent."""
    record(item("1-A-1"), by=secretariat, **LATE)
    record(item("1-A-2"), by=secretariat, as_of=date(2026, 3, 31), status="operating")
    record(item("1-B-1"), by=secretariat, status="stopped", rating="slightly_late", **REST)
    return small_edition


REST = {key: value for key, value in LATE.items() if key != "rating"}


def test_r3_the_numbers_are_those_of_the_tiles(told: Edition) -> None:
    board = board_on(october(15))

    assert [tile.name for tile in board.tiles] == [
        "1-A-1 申請のオンライン化、遅れている、試行中",
        "1-A-2 遠隔相談、順調、運用中、検討項目、令和8年3月31日の記録",
        "1-B-1 手続きの案内、やや遅れている、中止",
        "2-A-1 定型業務の自動化、未回答",
    ]
    assert [tile.place for tile in board.late] == ["1-A-1", "1-B-1"]
    assert [tile.place for tile in board.silent] == ["1-A-2", "2-A-1"]
    assert [tile.place for tile in board.under_study] == ["1-A-2"]
    assert board.ratings.summary == "順調1、やや遅れている1、遅れている1、未回答1"
    assert board.statuses.summary == "試行中1、運用中1、中止1、未回答1"
    assert [axis.count for axis in board.axes] == [3, 1]


def test_a_tile_leads_to_its_item_and_reads_without_colour(
    told: Edition, client_of: ClientOf
) -> None:
    page = html(client_of(None), "/?on=2026-10-20")

    tiles = re.findall(r'<li><a class="([^"]*)" href="([^"]*)" title="[^"]*">(.*?)</a></li>', page)
    plain = [(looks, url, re.sub("<[^>]+>", "", inside)) for looks, url, inside in tiles]
    assert plain == [
        ("late step-3", "/items/1-A-1/?on=2026-10-20", "1-A-1▲"),
        ("on_track step-4 silent", "/items/1-A-2/?on=2026-10-20", "1-A-2★◎"),
        ("slightly_late", "/items/1-B-1/?on=2026-10-20", "1-B-1△中止"),
        ("none silent", "/items/2-A-1/?on=2026-10-20", "2-A-1？"),
    ]


def test_the_sentences_lead_to_lists_of_as_many_items(told: Edition, client_of: ClientOf) -> None:
    client = client_of(None)
    page = html(client, "/")
    words = said(page)

    assert "2 項目が遅れています 1-A-1、1-B-1" in words
    assert "2 項目が今年度まだ答えていません 1-A-2、2-A-1" in words
    assert "3 項目の状態や評価が変わりました（今月） はじめて記録 3" in words
    assert "1 項目が検討中（★）です" in words
    links = re.findall(r'class="says__head">\s*<a href="(/items/[^"]*)"><b>(\d+)</b>', page)
    assert len(links) == 3
    links += re.findall(r'<a href="(/items/\?(?:rating|status)=\w+)">[^\n]*? (\d+)</a>', page)
    assert len(links) == 3 + 4 + 4
    for url, count in links:
        assert f"</small>{count}<small>項目</small>" in html(client, url.replace("&amp;", "&")), url


def test_before_the_year_has_entries_old_ones_are_not_called_silent(
    told: Edition, frozen_clock: Traveller, client_of: ClientOf
) -> None:
    later(frozen_clock, date(2027, 4, 1))

    words = said(html(client_of(None), "/"))

    assert "1 項目がまだ一度も答えていません 2-A-1" in words
    assert [tile.place for tile in board_on(date(2027, 4, 1)).silent] == ["2-A-1"]


def test_silence_is_one_number_wherever_items_are_counted(
    told: Edition, frozen_clock: Traveller, client_of: ClientOf
) -> None:
    def assert_told(on: str, words: str, query: str, count: int) -> None:
        client, address = client_of(None), f"/items/?{query}{'&amp;on=' * bool(on)}{on}"
        for url in ("/", "/late/", "/dashboard/"):
            page = html(client, f"{url}{'?on=' * bool(on)}{on}")
            assert f'href="{address}"' in page, url
            told = re.sub("<[^>]+>", "", page)
            among = rf"{count} ?項目[がは]、?{words}ません"
            assert re.search(rf"{among}|{words}ない項目は{count}項目", told), url
        listed = html(client, address.replace("&amp;", "&"))
        assert f"</small>{count}<small>項目</small>" in listed

    assert_told("", "今年度まだ答えてい", "this_year=none", 2)
    later(frozen_clock, date(2027, 4, 1))
    assert_told("", "まだ一度も答えてい", "rating=none", 1)
    assert_told("2026-10-20", "令和8年度まだ答えてい", "this_year=none", 2)


def test_the_month_is_that_of_the_page_of_changes(
    told: Edition,
    record: Record,
    statement: Callable[..., Statement],
    secretariat: User,
    frozen_clock: Traveller,
) -> None:
    """Also where another edition came, an entry was corrected twice, and on a day that has passed."""
    later(frozen_clock, date(2026, 11, 2))
    for status in ("studying", "preparing"):
        initiative = Initiative.objects.for_item(item("1-A-2"))
        correct_entry(
            entry=initiative.entries.latest("recorded_at"),
            statement=statement(status=status),
            as_of=date(2026, 3, 31),
            reason="書き誤り",
            opened_revision=initiative.revision,
            by=secretariat,
        )
        frozen_clock.shift(60)
    record(item("1-A-1"), by=secretariat, as_of=date(2026, 11, 1), status="operating")
    adopt_next(date(2026, 11, 3), secretariat, with_new_item(secretariat))
    plan, eve, day = Plan.objects.get(), date(2026, 10, 31), date(2026, 11, 5)
    later(frozen_clock, day)
    words: set[str] = set()
    for since, until in [(eve, day), (date(2026, 9, 30), eve), (date(2026, 9, 30), day)]:
        moments = Moment.end_of(since), Moment.end_of(until)
        living, changes = living_plan(plan, moments[1]), plan_changes(plan, *moments)
        assert living is not None
        assert changes is not None

        shifts = shifted_since(living, moments[0])

        wanted = [(one.status, one.rating) for one in changes.items if one.status or one.rating]
        assert [(one.status, one.rating) for one in shifts] == wanted
        words |= {shift.word for pair in wanted for shift in pair if shift}
    assert words == {"はじめて記録", "進んだ", "良くなった", "訂正"}


def test_the_first_day_shows_the_plan_and_the_next_step(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    page, own = html(client_of(None), "/"), html(client_of(secretariat), "/")

    board = page[page.index('<div class="board') : page.index("cover-more")]
    assert "board--blank" in board
    assert "？" not in board
    assert 'title="1-A-1 申請のオンライン化"' in board
    assert "2つの軸と3の取組方針で、<b>4</b>の重点項目を進めます。" in page
    assert "事務局がはじめに行うこと" not in page
    assert "事務局がはじめに行うこと" in own
    assert "/draft/adopt/" not in own[: own.index("board--blank")]


def test_what_runs_and_what_is_overdue_is_told_to_whom_it_concerns(
    told: Edition,
    open_the_round: Callable[..., ReportingRound],
    secretariat: User,
    client_of: ClientOf,
) -> None:
    asked = open_the_round(due_on=october(30))
    open_the_round(kind="ad_hoc", title="練習", is_rehearsal=True, due_on=october(16))
    extend_deadline(
        round=asked,
        department=None,
        due_on=date(2026, 11, 6),
        reason="祝日のため。",
        by=secretariat,
    )
    asked_study(secretariat, review_by=october(14))

    public, staff = said(html(client_of(None), "/")), said(html(client_of(secretariat), "/"))

    assert "回答の期限 令和8年11月6日" in public
    assert asked.name not in public
    assert "見直しの期限" not in public
    assert f"{asked.name}：回答の期限 令和8年11月6日" in staff
    assert "練習" not in staff
    assert "うち1項目は見直しの期限を過ぎています" in staff
    assert "回答の期限" not in said(html(client_of(None), "/?on=2026-10-16"))


def test_the_board_of_the_real_plan_is_small(db: None) -> None:
    load_plan(read_plan_file(Path(settings.PLAN_FILE)))
    living = living_plan(Plan.objects.get(), october(15))
    assert living is not None
    for state in living.items:
        state.entry = ProgressEntry(as_of=october(1), rating="mostly_on_track", status="studying")

    drawn = render_to_string("initiatives/_board.html", {"board": board_of(living)})

    board = drawn[: drawn.index('<div class="board-key"')]
    assert board.count("<li>") == 52
    assert len(board.encode()) < 15_000


def test_a_draft_that_others_wrote_entries_of_says_that_it_is_one(
    small_draft: Edition, record: Record, secretariat: User, client_of: ClientOf
) -> None:
    record(item("1-A-1"), by=secretariat)

    page = html(client_of(secretariat), "/")

    assert "（案）は、まだ決定されていない版です。" in page
    assert 'href="/editions/draft/adopt/"' in page
    assert "1 項目の状態や評価" in said(page)
