"""A sitting with a report, problems, past decisions and opinions, for the tests of its papers and its screen."""

from collections.abc import Callable
from datetime import date
from typing import Any

from meeting_cast import closed, decided, planned, put, put_report
from report_cast import opened

from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.minutes import write_opinion
from reviews.enums import AgendaKind
from reviews.models import AgendaItem, AnnualReport, Meeting

CAUSE, MEASURE = "機器の納入が遅れた。", "借りた機器で先に始める。"
PROBLEM = "端末が足りない。"
OPINION = "画面に出してはならない意見。"
Record = Callable[..., ProgressEntry]


def late(record: Record, item: FocusItem, by: User, **overrides: Any) -> ProgressEntry:
    """Record that an item is late, and put its problem to the DX推進本部."""
    terms: dict[str, Any] = {
        "rating": "late",
        "delay_cause": CAUSE,
        "countermeasure": MEASURE,
        "new_due_date": date(2027, 1, 31),
        "problem": PROBLEM,
        "for_headquarters": True,
    }
    return record(item, by=by, **{**terms, **overrides})


def reported(edition: Edition, by: User, **overrides: Any) -> Meeting:
    """A sitting to come, with the draft report of the year on its agenda."""
    report = AnnualReport.objects.filter(plan=edition.plan).first() or opened(edition, by)
    meeting = planned(edition, by, **{"number": 2, "report": report, **overrides})
    put_report(meeting, report, by)
    return meeting


def put_problem(meeting: Meeting, entry: ProgressEntry, by: User) -> AgendaItem:
    item = entry.initiative.focus_item
    return put(meeting, by, "端末の不足", kind=AgendaKind.PROBLEM, focus_item=item, entry=entry)


def think(item: AgendaItem, by: User) -> None:
    write_opinion(agenda_item=item, text=OPINION, by=by)


def decided_before(
    edition: Edition, by: User, owner: Department, *items: FocusItem, **overrides: Any
) -> None:
    """A decision of the sitting of yesterday, whose record is closed."""
    closed(decided(edition, by, owner, *items, **overrides).meeting, by)
