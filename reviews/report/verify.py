"""Comparing two workbooks value by value, sheet by sheet. Of how a cell looks, only a line through its words counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice, zip_longest

from openpyxl.utils import get_column_letter

from kirishima_dx.spreadsheets.guard.sheet import RawSheet
from kirishima_dx.spreadsheets.guard.values import RawCell

MOST_SHOWN = 200
EMPTY = RawCell()


@dataclass(frozen=True)
class CellDifference:
    """A cell that differs: what stands in the report, and what in the file."""

    sheet: str
    address: str
    reported: str
    found: str


@dataclass(frozen=True)
class Comparison:
    """How a file differs from a workbook. `shown` are the first of the `count` cells that differ."""

    same: list[str]
    missing: list[str]
    added: list[str]
    hidden: list[str]
    is_reordered: bool
    shown: list[CellDifference]
    count: int

    @property
    def is_same(self) -> bool:
        """Whether every sheet and every cell is there, and nothing besides."""
        return not (self.missing or self.added or self.count)

    @property
    def not_shown(self) -> int:
        return self.count - len(self.shown)


def compare(kept: Sequence[RawSheet], sent: Sequence[RawSheet]) -> Comparison:
    """Compare a file with the workbook that was kept; sheets are known by their names."""
    ours, theirs = ({sheet.name: sheet for sheet in sheets} for sheets in (kept, sent))
    both = [name for name in ours if name in theirs]
    shown: list[CellDifference] = []
    same, count = [], 0
    for name in both:
        found = list(_differences(ours[name], theirs[name]))
        shown += islice(found, MOST_SHOWN - len(shown))
        count += len(found)
        if not found:
            same.append(name)
    return Comparison(
        same=same,
        missing=[name for name in ours if name not in theirs],
        added=[name for name in theirs if name not in ours],
        hidden=[name for name in theirs if theirs[name].hidden],
        is_reordered=both != [name for name in theirs if name in ours],
        shown=shown,
        count=count,
    )


def _differences(kept: RawSheet, sent: RawSheet) -> Iterator[CellDifference]:
    none: list[RawCell] = []
    rows = zip_longest(kept.rows, sent.rows, fillvalue=none)
    for row, (our_row, their_row) in enumerate(rows, start=1):
        cells = zip_longest(our_row, their_row, fillvalue=EMPTY)
        for column, (ours, theirs) in enumerate(cells, start=1):
            if not _is_same(ours, theirs):
                address = f"{get_column_letter(column)}{row}"
                yield CellDifference(kept.name, address, *_told(ours, theirs))


def _is_same(ours: RawCell, theirs: RawCell) -> bool:
    """A text and a number of the same look differ, 1 and 1.0 do not."""
    return ours == theirs and isinstance(ours.value, bool) == isinstance(theirs.value, bool)


def _told(ours: RawCell, theirs: RawCell) -> tuple[str, str]:
    """Return two cells in words; where both look alike, each says what it is."""
    words = _in_words(ours), _in_words(theirs)
    if words[0] != words[1]:
        return words
    return f"{words[0]}（{_kind(ours)}）", f"{words[1]}（{_kind(theirs)}）"


def _in_words(cell: RawCell) -> str:
    if cell.is_struck_out:
        return f"{_in_words(RawCell(cell.value))}（取消線が付いています）"
    if cell.fault:
        return f"（{cell.fault}）"
    if cell.value is None:
        return "（空）"
    if isinstance(cell.value, date | datetime | time):
        return cell.value.isoformat()
    return str(cell.value)


def _kind(cell: RawCell) -> str:
    if isinstance(cell.value, bool):
        return "真偽"
    if isinstance(cell.value, int | float):
        return "数"
    return "日付" if isinstance(cell.value, date | datetime | time) else "文字"
