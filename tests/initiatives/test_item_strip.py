"""An item's strip: what it draws are the entries that stand on the day of the page, and no more."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from beginnings import lasting
from django.test import Client
from query_counts import asked_by

from initiatives.actions.progress import correct_entry
from initiatives.models import Initiative, ProgressEntry
from initiatives.queries.item import item_page
from initiatives.queries.item_strip import item_strip
from initiatives.queries.wordings import readable_wordings
from initiatives.statement import Statement
from kirishima_dx import clock
from kirishima_dx.moment import Moment
from kirishima_dx.pictures.picture import Number, Picture
from people.models import User
from plans.models import FocusItem
from plans.shelf import edition_shelf

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
JUNE, AUGUST, OCTOBER = (date(2026, month, 15) for month in (6, 8, 10))
LATE = {
    "rating": "late",
    "delay_cause": "機器の納入が遅れた。",
    "countermeasure": "先に1か所で始める。",
}


@pytest.fixture
@lasting
def slipping(responsible: FocusItem, editor: User, record: Record) -> list[ProgressEntry]:
    """1-A-1 was late in June; in August its date slipped, in October once more."""
    said = (
        (JUNE, "studying", date(2026, 9, 30)),
        (AUGUST, "studying", date(2027, 3, 31)),
        (OCTOBER, "piloting", date(2027, 6, 30)),
    )
    return [
        record(responsible, by=editor, as_of=day, status=status, new_due_date=due, **LATE)
        for day, status, due in said
    ]


def strip(item: FocusItem, at: Moment) -> Picture | None:
    shelf = edition_shelf(item.plan, at)
    page = item_page(item, readable_wordings(item, shelf, drafts=False), shelf, at)
    found: list[Picture | None] = []
    assert asked_by(lambda: found.append(item_strip(page))) == []
    return found[0]


def told(picture: Picture | None) -> list[list[object]]:
    assert picture is not None
    assert picture.numbers is not None
    return [
        [cell.value for cell in row if isinstance(cell, Number)] for row in picture.numbers.rows
    ]


def test_it_draws_what_was_said_and_how_the_date_moved(
    slipping: list[ProgressEntry], responsible: FocusItem, client_of: ClientOf
) -> None:
    found = strip(responsible, Moment.today())

    assert told(found) == [
        ["令和8年6月15日", "調査・検討中", "▲遅れている", "令和8年9月30日"],
        ["令和8年8月15日", "調査・検討中", "▲遅れている", "令和9年3月31日"],
        ["令和8年10月15日", "試行中", "▲遅れている", "令和9年6月30日"],
    ]
    assert found is not None
    assert "「調査・検討中」から「試行中」になりました" in found.sentence
    assert "期限は2回延び、はじめの約束から9か月遅くなりました" in found.sentence
    page = client_of(None).get("/items/1-A-1/").content.decode()
    assert all(
        f"{words}</text>" in page for words in ("当初 R8.9末", "R9.3末", "現在 R9.6末", "第1.0版")
    )
    assert page.count("url(#fill-studying)") == 1


def test_another_day_and_a_correction_change_what_it_draws(
    slipping: list[ProgressEntry],
    responsible: FocusItem,
    editor: User,
    statement: Callable[..., Statement],
) -> None:
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        correct_entry(
            entry=slipping[1],
            statement=statement(rating="on_track"),
            as_of=AUGUST,
            reason="評価の誤り",
            opened_revision=Initiative.objects.revision_of(responsible),
            by=editor,
        )
        now = strip(responsible, Moment.today())
        then = strip(responsible, Moment(AUGUST))

    assert [row[2] for row in told(now)] == ["▲遅れている", "◎順調", "▲遅れている"]
    assert now is not None
    # Recovered in August, it is late anew in October: the two dates are no slip of one.
    assert "期限のある遅れは2回目です。期限は令和9年6月30日で、" in now.sentence
    assert told(then) == told(now)[:2]
    assert strip(responsible, Moment(date(2026, 6, 1))) is None
