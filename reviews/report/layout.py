"""A report's document laid out for reading: grouped rows, bars and marks. No database, no enum, no live label.

Looks are chosen by the keys and codes that stand in the document itself, so that a sealed report is drawn the same
whatever the live labels and columns have become since (rule R1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from initiatives.late_items import Lateness
from reviews.report.bars import Totals, totals
from reviews.report.cells import NO_WAYS, Groups, Part, Ways, grouped, parts_of, words_of
from reviews.report.changes_layout import Comparison, comparison
from reviews.report.document import NOTHING, Column, Passage, Record, ReportDocument, Table
from reviews.report.late import lateness_of
from reviews.report.meanings import ToldScale, told_scales

MACHINE_KEYS = ("municipality_code",)
"""Passages for the sheets that machines read."""
PERSON_KEYS = ("sealed_by", "seal_reason")
"""Facts for staff alone: who sealed, and the note on why."""
PROSE_KEYS = ("overview", "technology_trends", "national_trends")
PROGRESS_CELLS: Groups = (
    ("code",),
    ("title", "is_study", "department"),
    ("status", "step", "as_of"),
    ("rating", "previous_rating"),
    ("rating_reason",),
    ("achievements", "outcome"),
    ("problem", "delay"),
    ("next_steps", "direction"),
)
"""Columns of 進捗一覧 that share a cell on the page; axis and policy head the rows instead."""
HEADING_KEYS = ("axis", "policy")
LIST_CELLS: dict[str, Groups] = {
    "problems": (
        ("number",),
        ("code",),
        ("title", "department"),
        ("status", "rating"),
        ("problem",),
        ("delay",),
        ("next_steps",),
    ),
    "decisions": (
        ("decision", "kind"),
        ("meeting", "held_on"),
        ("text",),
        ("items",),
        ("owner", "due"),
        ("state", "revision"),
        ("answer",),
        ("settlement",),
    ),
    "studies": (
        ("code",),
        ("title", "department"),
        ("question",),
        ("review_by",),
        ("notes",),
        ("standing",),
        ("conclusion", "decision", "decided_on", "meeting"),
    ),
    "considerations": (
        ("year",),
        ("outcome",),
        ("reason",),
        ("considered_on", "meeting", "decisions"),
        ("edition",),
    ),
}
"""Tables that are lists, and which of their columns share a cell."""
FROM_INSIDE = {"studies": "question", "considerations": "reason"}
"""Columns, by their tables, whose words are for staff until a report that tells them is published (decision 0012)."""
_PLACED = ("late", "meanings", "progress", "errata", "changes", "previous_texts", *LIST_CELLS)
_WITHIN = ("meanings", "previous_texts")
"""Tables that are shown within other parts of the page, and have no place of their own to go to."""
_PAGE_ORDER = (
    *("errata", "late", "meanings", "totals", "changes", "previous_texts"),
    *("lists", "others", "progress"),
)

Head = tuple[str, list[str]]
Row = list[list[Part]]


@dataclass(frozen=True)
class ProgressGroup:
    """The rows of one policy; each row is a list of cells, each cell a list of parts."""

    axis: str
    axis_number: int
    policy: str
    rows: list[Row]


@dataclass(frozen=True)
class ReportList:
    """A table whose columns share cells, each head the key of its first column and the labels of all."""

    key: str
    title: str
    heads: list[Head]
    rows: list[Row]


@dataclass(frozen=True)
class Content:
    """A table that a report holds: how many rows it has, and whether the page shows it as one of its parts."""

    key: str
    title: str
    count: int
    is_shown: bool


@dataclass(frozen=True)
class Narrowed:
    """To which rating the rows of 進捗一覧 are narrowed, under the word of the report, and how many have it."""

    label: str
    count: int


@dataclass(frozen=True)
class ReportLayout:
    """A document by the places it takes on the page. Whatever has no place of its own stands in `facts` or `others`.

    `contents` names every table of the document in the order of the page, also those that are shown within another.
    """

    title: str
    facts: list[Passage]
    prose: list[Passage]
    lateness: Lateness
    meanings: list[ToldScale]
    totals: list[Totals]
    comparison: Comparison | None
    lists: list[ReportList]
    progress_title: str
    progress_heads: list[Head]
    progress: list[ProgressGroup]
    narrowed: Narrowed | None
    study_label: str
    errata: Table | None
    others: list[Table]
    contents: list[Content]

    @property
    def from_inside(self) -> list[ReportList]:
        """Return the rows with words that only staff could read before the report told them."""
        found = [
            replace(one, rows=[row for row in one.rows if _says(row, FROM_INSIDE[one.key])])
            for one in self.lists
            if one.key in FROM_INSIDE
        ]
        return [one for one in found if one.rows]

    @property
    def column_count(self) -> int:
        return len(self.progress_heads)


def layout(
    document: ReportDocument,
    *,
    with_persons: bool = True,
    ways: Ways = NO_WAYS,
    rated: str = "",
) -> ReportLayout:
    """Lay out a document for the page; `rated` keeps of 進捗一覧 the rows with that rating alone."""
    hidden = {"title", *MACHINE_KEYS, *PROSE_KEYS, *(() if with_persons else PERSON_KEYS)}
    progress = document.table("progress")
    cells = grouped(progress.columns, PROGRESS_CELLS, HEADING_KEYS) if progress else []
    tables = document.tables
    return ReportLayout(
        title=document.passage("title"),
        facts=[p for p in document.passages if p.key not in hidden],
        prose=prose_of(document),
        lateness=lateness_of(document),
        meanings=told_scales(document),
        totals=[totals(table) for table in tables if _is_totals(table)],
        comparison=comparison(document),
        lists=[table_layout(table, ways) for table in tables if table.key in LIST_CELLS],
        progress_title=progress.title if progress else "",
        progress_heads=[_head(cell) for cell in cells],
        progress=list(_progress_groups(progress, cells, ways, rated)) if progress else [],
        narrowed=_narrowed(progress, rated) if progress and rated else None,
        study_label=_label(progress, "is_study"),
        errata=document.table("errata"),
        others=[table for table in tables if table.key not in _PLACED and not _is_totals(table)],
        contents=[_content(table) for table in sorted(tables, key=_place)],
    )


def prose_of(document: ReportDocument) -> list[Passage]:
    """Return 総括, 技術動向 and 国・県の動向, in this order."""
    return [passage for passage in document.passages if passage.key in PROSE_KEYS]


def _says(row: Row, key: str) -> bool:
    """Whether words stand in a column of a row."""
    return any(part.key == key and part.text for cell in row for part in cell)


def _is_totals(table: Table) -> bool:
    return table.key.startswith("totals") and bool(table.rows)


def _place(table: Table) -> int:
    """Return how far down the page a table stands; within a place the document's own order holds."""
    if _is_totals(table):
        return _PAGE_ORDER.index("totals")
    key = table.key if table.key in _PLACED else "others"
    return _PAGE_ORDER.index("lists" if key in LIST_CELLS else key)


def _content(table: Table) -> Content:
    return Content(table.key, table.title, len(table.rows), table.key not in _WITHIN)


def _label(table: Table | None, key: str) -> str:
    columns = table.columns if table else ()
    return next((column.label for column in columns if column.key == key), "")


def _head(cell: list[Column]) -> Head:
    """Return the key of a cell's leading column and the labels of all; ★ is a mark in the text, not a label."""
    return cell[0].key, [column.label for column in cell if column.key != "is_study"]


def table_layout(table: Table, ways: Ways = NO_WAYS) -> ReportList:
    """Lay out one of the tables that are lists."""
    cells = grouped(table.columns, LIST_CELLS[table.key], ())
    rows = [[parts_of(record, cell, ways) for cell in cells] for record in table.records]
    return ReportList(table.key, table.title, [_head(cell) for cell in cells], rows)


def _progress_groups(
    table: Table, cells: list[list[Column]], ways: Ways, rated: str
) -> Iterator[ProgressGroup]:
    axes = list(dict.fromkeys(words_of(record, "axis") for record in table.records))
    by_policy = groupby(
        _rated(table, rated), key=lambda record: [words_of(record, key) for key in HEADING_KEYS]
    )
    for (axis, policy), records in by_policy:
        rows = [[parts_of(record, cell, ways) for cell in cells] for record in records]
        yield ProgressGroup(axis, axes.index(axis) + 1, policy, rows)


def _rated(table: Table, rated: str) -> list[Record]:
    """Return the rows with a rating, by its code in the document; all where none is asked for."""
    if not rated:
        return table.records
    return [record for record in table.records if record.get("rating", NOTHING).value == rated]


def _narrowed(table: Table, rated: str) -> Narrowed:
    rows = _rated(table, rated)
    return Narrowed(rows[0]["rating"].words if rows else rated, len(rows))
