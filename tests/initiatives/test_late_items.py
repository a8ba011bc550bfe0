"""遅れている取組: since when, why, and how the promised date moved, on any day as it was known."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from initiatives.actions.progress import correct_entry
from initiatives.late_items import LateItem
from initiatives.models import Initiative, ProgressEntry
from initiatives.queries.late_items import late_items
from initiatives.queries.promises import promised_dates
from initiatives.queries.shifts import Lineage, promise_shift
from initiatives.queries.states import living_plan
from initiatives.statement import Statement
from kirishima_dx import clock
from kirishima_dx.moment import Moment
from people.models import User
from plans.models import Edition, FocusItem, Plan

JUNE, AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 15) for month in (6, 8, 9, 10))
YEAR_END, NEXT_JUNE = date(2027, 3, 31), date(2027, 6, 30)
LATE = {
    "delay_cause": "機器の納入が遅れた。",
    "countermeasure": "先に1か所で始める。",
    "next_steps": "納入後に広げる。",
}


def late_on(plan: Plan, at: Moment) -> list[LateItem]:
    living = living_plan(plan, at)
    assert living is not None
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = late_items(living.items, at)
    assert len(queries) == (1 if found else 0)
    return found


@pytest.fixture
def slipping(
    responsible: FocusItem, editor: User, record: Callable[..., ProgressEntry]
) -> list[ProgressEntry]:
    """1-A-1 was late in June, on track in August, and is late since September; its date slipped in October."""
    said = (
        (JUNE, {"rating": "slightly_late", "new_due_date": date(2026, 9, 30), **LATE}),
        (AUGUST, {"rating": "on_track"}),
        (SEPTEMBER, {"rating": "slightly_late", "new_due_date": YEAR_END, **LATE}),
        (OCTOBER, {"rating": "late", "new_due_date": NEXT_JUNE, **LATE}),
    )
    return [record(responsible, by=editor, as_of=day, **words) for day, words in said]


def test_a_late_item_tells_since_when_and_how_its_date_moved(
    slipping: list[ProgressEntry], small_edition: Edition
) -> None:
    (item,) = late_on(small_edition.plan, Moment.today())

    assert (item.place, item.rating, item.department) == ("1-A-1", "late", "福祉課")
    assert (item.since, item.cause) == (SEPTEMBER, "機器の納入が遅れた。")
    # June's delay is over: its date is no part of the one that began in September.
    assert item.promises == (YEAR_END, NEXT_JUNE)
    assert item.months_slipped == 3
    drawn = render_to_string("initiatives/_late_items.html", {"late_items": [item], "at": OCTOBER})
    assert "令和8年9月15日" in drawn
    assert "R8.9末" not in drawn
    assert drawn.index("R9.3末") < drawn.index("R9.6末")


def test_the_first_date_of_another_delay_is_no_slip_of_the_one_before(
    slipping: list[ProgressEntry],
) -> None:
    initiative = slipping[0].initiative_id
    june, september, october = (
        promised_dates([initiative], Moment(day, clock.now() + timedelta(minutes=1)))[initiative]
        for day in (JUNE, SEPTEMBER, OCTOBER)
    )

    words = [
        shift.word
        for old, new in ((june, september), (september, october))
        if (shift := promise_shift(old, new, Lineage({})))
    ]
    assert words == ["新たに示された", "3か月延びた"]


def test_a_correction_takes_the_place_of_what_it_corrects_from_when_it_is_known(
    slipping: list[ProgressEntry],
    small_edition: Edition,
    editor: User,
    statement: Callable[..., Statement],
) -> None:
    later = clock.now() + timedelta(minutes=2)
    before = Moment(clock.today(), clock.now() + timedelta(minutes=1))
    september = slipping[2]
    with clock.standing_at(later):
        correct_entry(
            entry=september,
            statement=statement(rating="on_track"),
            as_of=SEPTEMBER,
            reason="評価の誤り",
            opened_revision=Initiative.objects.revision_of(september.initiative.focus_item),
            by=editor,
        )

    (then,) = late_on(small_edition.plan, before)
    (now,) = late_on(small_edition.plan, Moment.today())
    assert (then.since, now.since) == (SEPTEMBER, OCTOBER)
    assert (then.promises, now.promises) == ((YEAR_END, NEXT_JUNE), (NEXT_JUNE,))
    assert (then.months_slipped, now.months_slipped) == (3, 0)
    initiative = september.initiative_id
    days = [one.day for one in promised_dates([initiative, 0], before)[initiative]]
    assert days == [date(2026, 9, 30), YEAR_END, NEXT_JUNE]


def test_where_none_is_late_nothing_is_asked_and_the_page_says_so(small_edition: Edition) -> None:
    assert late_on(small_edition.plan, Moment.today()) == []

    drawn = render_to_string("initiatives/_late_items.html", {"late_items": [], "at": OCTOBER})
    assert "評価された取組はありません" in drawn
