"""A list as paper: rows of stacked cells under bands, the names of the columns repeated on each page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    SUM_FILL,
    TOTAL_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    framed,
    set_for_print,
)
from kirishima_dx.spreadsheets.page import Page
from kirishima_dx.spreadsheets.paper import A3
from kirishima_dx.spreadsheets.stacked import Fact, Stack, facts, write_band, write_stacks

TITLE = Look(size=20, bold=True, boxed=False, vertical="center")
HEAD = Look(size=10, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
BODY = Look(size=10)
BANDS = (
    Look(size=12, bold=True, fill=TOTAL_FILL, vertical="center"),
    Look(size=11, bold=True, fill=SUM_FILL, vertical="center"),
)
"""From the widest to the narrowest."""
NOTHING = Look(size=12)
_SURE = 0.98
"""Of a page: programs round the heights of rows."""


@dataclass(frozen=True)
class Group:
    """What shares a cell, by its keys; `head` stands above it."""

    keys: Sequence[str]
    width: float
    head: str


def stacks_of(
    groups: Sequence[Group], told: Mapping[str, Sequence[Fact]], *, joined: Sequence[str] = ()
) -> list[list[Fact]]:
    """Put what is told of a row into its cells. What no group names stands in the last one: nothing is lost.

    A key of `joined` goes on in the line of the fact before it.
    """
    placed = {key for group in groups for key in group.keys}
    others = [key for key in told if key not in placed]
    cells = []
    for place, group in enumerate(groups, start=1):
        cell: list[Fact] = []
        for key in [*group.keys, *(others if place == len(groups) else ())]:
            said = facts(*told.get(key, ()))
            if said and cell and key in joined:
                cell[-1] = replace(cell[-1], text=f"{cell[-1].text}　{said[0].text}")
            else:
                cell += said
        cells.append(cell)
    return cells


@dataclass(frozen=True)
class StackedRow:
    """One row: its cells, what it has in common with its neighbours (the widest first), and its name, which is said
    again where it goes on. `fills` are the colours of its cells."""

    stacks: Sequence[Stack]
    name: str
    bands: Sequence[str] = ()
    is_framed: bool = False
    fills: Sequence[str] = ()
    size: float = BODY.size

    @property
    def looks(self) -> list[Look]:
        looks = [
            replace(BODY, fill=fill, size=self.size)
            for fill in self.fills or [""] * len(self.stacks)
        ]
        return framed(looks) if self.is_framed else looks


class _Breaks:
    """Begins a new page where a band would stand alone at the end of one."""

    def __init__(self, sheet: Worksheet, *, head: int) -> None:
        self._sheet = sheet
        self._room = A3.depth * _SURE
        self._head = self._height(head)
        """What stands on top of each page."""
        self._used = sum(map(self._height, range(1, head + 1)))

    def _height(self, place: int) -> float:
        return self._sheet.row_dimensions[place].height or 0

    def keep(self, start: int, row: int, end: int) -> None:
        """Keep the bands from `start` on with the row below them, the first of those that reach to `end`."""
        together = sum(map(self._height, range(start, row + 1)))
        if start < row and self._used + together > self._room:
            self._sheet.row_breaks.append(Break(id=start - 1))
            self._used = self._head
        for height in map(self._height, range(start, end)):
            fits = self._used + height <= self._room
            self._used = (self._used if fits else self._head) + height


def fill_stacked_list(
    sheet: Worksheet,
    title: str,
    columns: Mapping[str, float],
    rows: Iterable[StackedRow],
    *,
    nothing: str,
    frame: PrintFrame,
    dresser: Dresser,
) -> None:
    """Draw a list; `columns` are heads with their widths, `nothing` stands where there is no row."""
    page = Page(sheet, dresser, list(columns.values()))
    fit_columns(sheet, page.widths)
    page.line(title, TITLE)
    head = page.place
    page.row(list(columns), [HEAD] * len(columns))
    _write_rows(page, _banded(list(rows)), _Breaks(sheet, head=head))
    if page.place == head + 1:
        page.line(nothing, NOTHING)
    sheet.freeze_panes = f"B{head + 1}"
    sheet.sheet_view.showGridLines = False
    set_for_print(sheet, frame, title_rows=f"{head}:{head}")


def _banded(rows: Sequence[StackedRow]) -> Sequence[StackedRow]:
    """Return the rows; in another order than that of their bands, each says by itself under which it stands."""
    bands = [tuple(row.bands) for row in rows]
    if len(list(groupby(bands))) == len(set(bands)):
        return rows
    return [
        replace(
            row,
            bands=(),
            stacks=[[*row.stacks[0], Fact("", "　".join(row.bands))], *row.stacks[1:]],
        )
        for row in rows
    ]


def _write_rows(page: Page, rows: Iterable[StackedRow], breaks: _Breaks) -> None:
    bands: Sequence[str] = ()
    for row in rows:
        start = page.place
        for level, text in enumerate(row.bands):
            if text and list(bands[: level + 1]) != list(row.bands[: level + 1]):
                write_band(page, text, BANDS[level])
        first, bands = page.place, row.bands
        write_stacks(page, row.stacks, row.looks, again=row.name)
        breaks.keep(start, first, page.place)
