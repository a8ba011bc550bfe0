"""Rows of lists, of reports, of 新旧対照表 and of what changed, drawn from hostile text (tests/test_components.py)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.utils.safestring import SafeString

from initiatives.components import item_list
from initiatives.models import ProgressEntry
from initiatives.queries.plan_changes import Badge, ItemDifference
from initiatives.queries.promises import Promised
from initiatives.queries.shifts import BETTER, PromiseShift, Shift, Side
from initiatives.queries.states import ItemState
from initiatives.queries.told_changes import NamedShift
from initiatives.queries.told_changes import Row as ToldRow
from initiatives.stated_column import Kind
from initiatives.views.any_day import AskedDay
from kirishima_dx.moment import Moment
from people.models import Department
from plans.comparison.items import ItemChange, Kin
from plans.enums import Fate
from plans.models import Axis, Edition, FocusItem, FocusItemText, Policy
from portal.components import changes as portal_changes
from reviews.components import changes, rows, totals
from reviews.models import Decision, Meeting
from reviews.report.bars import totals as totals_of
from reviews.report.cells import Way, Ways
from reviews.report.changes_layout import comparison
from reviews.report.document import Cell, Column, ReportDocument, Table
from reviews.report.layout import layout
from revisions.components import comparison as compared
from revisions.components import labels
from revisions.enums import AmendmentKind
from revisions.papers import table as paper
from revisions.papers.remarks import Given, Remarks

EVIL = """<script>alert("1")</script>'"><b onclick=x>&amp;{0}{name}"""
DAY, MOMENT = date(2026, 10, 1), datetime(2026, 10, 1, tzinfo=UTC)
WAYS = [Way(EVIL, EVIL)]


def report_table(key: str, keys: tuple[str, ...], **told: Cell) -> Table:
    """Return a table of one row whose labels and words are all hostile."""
    columns = tuple(
        Column(one, EVIL, Kind.DAY if one.endswith("due") else Kind.TEXT) for one in keys
    )
    return Table(key, EVIL, columns, (tuple(told.get(one, Cell(EVIL)) for one in keys),))


DUE = Cell(EVIL, DAY.isoformat())
PROGRESS = report_table(
    "progress",
    ("code", "title", "is_study", "department", "status", "rating", "new_due", "standing"),
    is_study=Cell(EVIL, value=True),
    new_due=DUE,
)
DECISIONS = report_table("decisions", ("decision", "kind", "meeting", "items", "due"), due=DUE)
CHANGES = report_table(
    "changes",
    ("code", "title", "previous_rating", "rating", "first_due", "due", "slips", "repeated_texts"),
    first_due=DUE,
    slips=Cell(EVIL, 2),
)
BEFORE = report_table("previous_texts", ("code", "department"), department=Cell("x"))
TOTALS = Table(
    "totals",
    EVIL,
    tuple(Column(one, EVIL) for one in ("axis", "policy", "count", "late")),
    tuple((Cell(EVIL), Cell(EVIL), Cell("1", 1), Cell("1", 1)) for _ in range(2)),
)
DOCUMENT = ReportDocument((), (PROGRESS, DECISIONS, CHANGES, BEFORE, TOTALS))
LAID_OUT = layout(DOCUMENT, ways=Ways({EVIL: WAYS}, {(EVIL, EVIL): EVIL}))


def change_row() -> SafeString:
    compared_years = comparison(DOCUMENT)
    assert compared_years is not None
    return changes.change_row(compared_years.rows[0])


def totals_row() -> SafeString:
    drawn = totals_of(TOTALS)
    return totals.totals_row(drawn.rows[0], drawn)


EDITION = Edition(major=2, minor=0)
POLICY = Policy(edition=EDITION, axis=Axis(edition=EDITION, number=1), letter="A", name=EVIL)


def text(number: int) -> FocusItemText:
    item = FocusItem(pk=number, code=f"1-A-{number}")
    words = {"title": f"{EVIL}{number}", "overview": f"{EVIL}{number}", "is_study": True}
    return FocusItemText(edition=EDITION, focus_item=item, policy=POLICY, number=number, **words)


def item_row() -> SafeString:
    entry, lead = ProgressEntry(status="piloting", rating="late", as_of=DAY), Department(name=EVIL)
    return item_list.item_row(ItemState(text(1), entry, lead, [lead]), EVIL) + item_list.item_row(
        ItemState(text(1)), EVIL
    )


SIDES = Side(EVIL, EVIL, 1), Side(EVIL, f"{EVIL}2", 2)
PROMISED = Promised(1, DAY, DAY, 1)
SHIFTS = [
    *(NamedShift(kind, EVIL, Shift(*SIDES, BETTER, EVIL)) for kind in ("status", "rating", "lead")),
    *(
        NamedShift("promise", EVIL, PromiseShift(old, PROMISED, BETTER, EVIL))
        for old in (None, PROMISED)
    ),
]
KIN = (Kin(text(3), Fate.MERGED), Kin(text(4), Fate.SPLIT))
CHANGED = [
    ItemChange(text(1), text(2), KIN, KIN),
    ItemChange(text(1), None),
]


def changed_items() -> SafeString:
    day = AskedDay(Moment.end_of(DAY), DAY, [])
    told = [
        ToldRow(ItemDifference(change), shifts, [Badge(EVIL, EVIL)], shows_words=True)
        for change in CHANGED
        for shifts in ([], SHIFTS)
    ]
    return portal_changes.changed_items(told, EVIL, day, day, EDITION)


def changed_names() -> SafeString:
    day = AskedDay(Moment.end_of(DAY), DAY, [])
    return portal_changes.changed_names(map(ItemDifference, CHANGED), day)


DECISION = Decision(pk=1, number=1, meeting=Meeting(fiscal_year=2026, number=1))
GIVEN = Given(EVIL, EVIL, EVIL, EVIL, DECISION, MOMENT, EVIL)
REMARKS = Remarks(
    (AmendmentKind.NEW,), (EVIL,), (GIVEN,), (AmendmentKind.NEW, AmendmentKind.CONCRETISE)
)
LINES = (paper.Line((paper.Stretch(EVIL), paper.Stretch(EVIL, is_marked=True)), "title"),)


def comparison_rows() -> SafeString:
    columns = [paper.Column(key, EVIL, EVIL) for key in ("new", "old", "remarks")]
    compared_rows = [paper.Row(LINES, LINES, REMARKS, "axis", 2), paper.Row(LINES, continues=True)]
    table = paper.ComparisonTable(columns, compared_rows, paper.TableWords())
    return compared.comparison_rows(table, is_staff=True)


DRAWN_ROWS: dict[Callable[..., SafeString], Callable[[], SafeString]] = {
    item_list.item_row: item_row,
    rows.item_code: lambda: rows.item_code(EVIL),
    rows.progress_row: lambda: rows.progress_row(LAID_OUT.progress[0].rows[0], {EVIL: WAYS}),
    rows.report_row: lambda: rows.report_row(LAID_OUT.lists[0].rows[0]),
    rows.plain_row: lambda: rows.plain_row(DECISIONS.columns, DECISIONS.records[0]),
    changes.change_row: change_row,
    totals.totals_row: totals_row,
    labels.amended_labels: lambda: labels.amended_labels(REMARKS),
    compared.comparison_rows: comparison_rows,
    portal_changes.changed_items: changed_items,
    portal_changes.changed_names: changed_names,
}
