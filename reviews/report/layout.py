"""A report's document laid out for reading: grouped rows, bars and marks. No database, no enum, no live label.

Looks are chosen by the keys and words that stand in the document itself, so that a sealed report is drawn the same
whatever the live labels and columns have become since (rule R1). A word not listed here gets a plain look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reviews.report.document import CellValue, Column, Passage, ReportDocument, Table

RATING_LOOKS = {
    "順調": "on_track",
    "概ね順調": "mostly_on_track",
    "やや遅れている": "slightly_late",
    "遅れている": "late",
    "評価できない": "not_ratable",
    "未回答": "none",
}
STATUS_LOOKS = {
    "未着手": "not_started",
    "調査・検討中": "studying",
    "準備中": "preparing",
    "試行中": "piloting",
    "運用中": "operating",
    "定着": "established",
    "休止": "paused",
    "中止": "stopped",
    "未回答": "none",
}
LOOKS = {**STATUS_LOOKS, **RATING_LOOKS}
MARKS = {
    "順調": "◎",
    "概ね順調": "○",
    "やや遅れている": "△",
    "遅れている": "▲",
    "評価できない": "―",
    "未回答": "？",
}
"""Signs that read in black and white, on the page and in the workbook."""

SILENT, UNASSIGNED = "未回答", "未設定"
PERSON_KEYS = ("sealed_by",)
"""Facts that name a member of staff; they are for staff."""
PROSE_KEYS = ("overview", "technology_trends", "national_trends")
CELL_GROUPS = (
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

BAR_WIDTH, BAR_HEIGHT = 300, 24
_ROOM_FOR_MARK_AND_COUNT, _ROOM_FOR_COUNT = 40, 14


@dataclass(frozen=True)
class Segment:
    """One part of a bar, in the units of a viewBox BAR_WIDTH wide; `caption` is empty where there is no room."""

    look: str
    label: str
    count: int
    x: float
    width: float
    caption: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Kind:
    """One thing that is counted: its look, its mark, its word, and how many there are in all."""

    look: str
    mark: str
    label: str
    count: int


@dataclass(frozen=True)
class TotalsRow:
    """One row of a totals table. `axis_rows` is how many rows its axis cell spans, 0 where a row above spans it."""

    axis: str
    axis_number: int
    axis_rows: int
    policy: str
    count: int
    counts: tuple[int, ...]
    segments: tuple[Segment, ...]
    is_sum: bool

    @property
    def summary(self) -> str:
        """Return the bar in words: 順調3、遅れている1."""
        return "、".join(f"{part.label}{part.count}" for part in self.segments) or "なし"


@dataclass(frozen=True)
class Totals:
    """A totals table with a bar for each row; the last row sums all."""

    key: str
    title: str
    heads: tuple[str, str, str]
    labels: tuple[str, ...]
    rows: tuple[TotalsRow, ...]
    total: TotalsRow

    @property
    def kinds(self) -> list[Kind]:
        """Return what is counted, with how many there are in all."""
        marks = marks_of(self.labels)
        return [
            Kind(LOOKS.get(label, "other"), marks.get(label, ""), label, count)
            for label, count in zip(self.labels, self.total.counts, strict=True)
        ]


@dataclass(frozen=True)
class Part:
    """One value of a cell with the label of its column."""

    key: str
    label: str
    text: str

    @property
    def look(self) -> str:
        return (STATUS_LOOKS if self.key == "status" else RATING_LOOKS).get(self.text, "other")

    @property
    def mark(self) -> str:
        return MARKS.get(self.text, "")

    @property
    def day(self) -> date | None:
        """Return the day that an ISO date names."""
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            return None


@dataclass(frozen=True)
class ProgressGroup:
    """The rows of one policy; each row is a list of cells, each cell a list of parts."""

    axis: str
    axis_number: int
    policy: str
    rows: list[list[list[Part]]]


@dataclass(frozen=True)
class ReportLayout:
    """A document by the places it takes on the page. Whatever has no place of its own stands in `facts` or `others`.

    `silent` and `unassigned` are the codes of the items of which nothing was said, and for which nobody answers.
    """

    title: str
    facts: list[Passage]
    prose: list[Passage]
    totals: list[Totals]
    progress_title: str
    progress_heads: list[tuple[str, list[str]]]
    progress: list[ProgressGroup]
    study_label: str
    silent: list[str]
    unassigned: list[str]
    errata: Table | None
    others: list[Table]

    @property
    def column_count(self) -> int:
        return len(self.progress_heads)


def layout(document: ReportDocument, *, with_persons: bool = True) -> ReportLayout:
    """Lay out a document for the page."""
    hidden = {"title", *PROSE_KEYS, *(() if with_persons else PERSON_KEYS)}
    progress = document.table("progress")
    cells = _cells(progress.columns) if progress else []
    return ReportLayout(
        title=document.passage("title"),
        facts=[p for p in document.passages if p.key not in hidden],
        prose=[p for p in document.passages if p.key in PROSE_KEYS],
        totals=[totals(table) for table in document.tables if table.key.startswith("totals")],
        progress_title=progress.title if progress else "",
        progress_heads=[_head(cell) for cell in cells],
        progress=list(_progress_groups(progress, cells)) if progress else [],
        study_label=next((c.label for c in progress.columns if c.key == "is_study"), "")
        if progress
        else "",
        silent=_codes_with(progress, "status", SILENT),
        unassigned=_codes_with(progress, "department", UNASSIGNED),
        errata=document.table("errata"),
        others=[
            table
            for table in document.tables
            if table.key not in ("progress", "errata") and not table.key.startswith("totals")
        ],
    )


def _codes_with(table: Table | None, key: str, word: str) -> list[str]:
    """Return the codes of the rows that carry a word in a column."""
    keys = [column.key for column in table.columns] if table else []
    if table is None or not {"code", key} <= {*keys}:
        return []
    code, place = keys.index("code"), keys.index(key)
    return [_text(row[code]) for row in table.rows if row[place] == word]


Cell = list[tuple[int, Column]]


def _cells(columns: Sequence[Column]) -> list[Cell]:
    """Return which columns share a cell; a column that no group names takes a cell of its own at the end."""
    places = {column.key: (position, column) for position, column in enumerate(columns)}
    grouped = [[places[key] for key in group if key in places] for group in CELL_GROUPS]
    named = {*HEADING_KEYS, *(key for group in CELL_GROUPS for key in group)}
    alone = [[place] for key, place in places.items() if key not in named]
    return [cell for cell in [*grouped, *alone] if cell]


def _head(cell: Cell) -> tuple[str, list[str]]:
    """Return the key of a cell's leading column and the labels of all; ★ is a mark in the text, not a label."""
    return cell[0][1].key, [column.label for _, column in cell if column.key != "is_study"]


def _progress_groups(table: Table, cells: list[Cell]) -> Iterator[ProgressGroup]:
    keys = [column.key for column in table.columns]
    heading = [keys.index(key) for key in HEADING_KEYS if key in keys]
    axes: list[str] = []
    for names, rows in groupby(table.rows, key=lambda row: [_text(row[p]) for p in heading]):
        axis, policy = (*names, "", "")[:2]
        if axis not in axes:
            axes.append(axis)
        parts = [
            [[Part(c.key, c.label, _text(row[p])) for p, c in cell] for cell in cells]
            for row in rows
        ]
        yield ProgressGroup(axis, axes.index(axis) + 1, policy, parts)


def totals(table: Table) -> Totals:
    """Lay out a totals table: axis, policy, how many in all, then how many of each kind."""
    labels = tuple(column.label for column in table.columns[3:])
    rows: list[TotalsRow] = []
    axes = [_text(row[0]) for row in table.rows]
    numbers = {axis: number for number, axis in enumerate(dict.fromkeys(axes), start=1)}
    for position, row in enumerate(table.rows):
        axis, first = axes[position], position == axes.index(axes[position])
        counts = tuple(_number(cell) for cell in row[3:])
        rows.append(
            TotalsRow(
                axis=axis,
                axis_number=numbers[axis],
                axis_rows=axes.count(axis) if first else 0,
                policy=_text(row[1]),
                count=_number(row[2]),
                counts=counts,
                segments=tuple(segments(labels, counts)),
                is_sum=position + 1 == len(axes) or axes[position + 1] != axis,
            )
        )
    head = [column.label for column in table.columns[:3]]
    return Totals(
        table.key, table.title, (head[0], head[1], head[2]), labels, tuple(rows[:-1]), rows[-1]
    )


def marks_of(labels: Sequence[str]) -> Mapping[str, str]:
    """Return the marks of a scale; one of which only 未回答 has a mark goes without."""
    return MARKS if sum(label in MARKS for label in labels) > 1 else {}


def segments(labels: Sequence[str], counts: Sequence[int]) -> Iterator[Segment]:
    """Return the parts of a bar that are not empty, side by side, together BAR_WIDTH wide."""
    whole, before, marks = sum(counts), 0, marks_of(labels)
    for label, count in zip(labels, counts, strict=True):
        if not count:
            continue
        width = BAR_WIDTH * count / whole
        caption = f"{marks.get(label, '')} {count}".strip()
        if width < _ROOM_FOR_MARK_AND_COUNT:
            caption = str(count) if width >= _ROOM_FOR_COUNT else ""
        x = BAR_WIDTH * before / whole
        yield Segment(
            LOOKS.get(label, "other"), label, count, round(x, 2), round(width, 2), caption
        )
        before += count


def _text(cell: CellValue) -> str:
    return "" if cell is None else str(cell)


def _number(cell: CellValue) -> int:
    return cell if isinstance(cell, int) else 0
