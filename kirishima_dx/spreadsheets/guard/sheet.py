"""One sheet of a workbook, cell by cell."""

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from kirishima_dx.spreadsheets.guard.book import Book, SheetEntry, SheetState
from kirishima_dx.spreadsheets.guard.limits import (
    BROKEN,
    MAX_COLUMNS,
    MAX_ROWS,
    WorkbookRefused,
    too_much,
)
from kirishima_dx.spreadsheets.guard.struck import RichText, StrikingRules, struck_out
from kirishima_dx.spreadsheets.guard.values import (
    EMPTY_CELL,
    RawCell,
    Shown,
    error_cell,
    formula_cell,
    iso_cell,
    merged_cell,
    number_cell,
    text_cell,
)
from kirishima_dx.spreadsheets.guard.xml_stream import Budget

_EMPTY_CELLS = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*(?:/>|></c>)(?=<c r="|</row>)')
_EMPTY_ROWS = re.compile(rb'<row r="[0-9]{1,7}"[^<>]*(?:/>|></row>)(?=<row r="|</sheetData>)')


def without_empties(xml: bytes) -> bytes:
    """Leave out cells and rows that hold a look but no value: whole coloured columns make a million of them.

    Only where the next one says its own place, so that no cell moves.
    """
    return _EMPTY_ROWS.sub(b"", _EMPTY_CELLS.sub(b"", xml))


@dataclass
class RawSheet:
    """A sheet as it stands: `rows[3][0]` is A4. Hidden rows and columns are read like all others.

    Empty cells at the ends of rows, and empty rows at the end, are left out.
    """

    name: str
    rows: list[list[RawCell]]
    state: SheetState = "visible"
    merges: list[str] = field(default_factory=list)
    """The merged areas, as D7:D9."""
    notes: list[str] = field(default_factory=list)
    """What was not read, in words."""

    @property
    def hidden(self) -> bool:
        return self.state == "hidden"


_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_COLUMNS = {get_column_letter(number): number for number in range(1, MAX_COLUMNS + 1)}
_BEYOND = MAX_COLUMNS + 1


class SheetReader:
    """Reads a sheet's part; only cells with a value are kept until the sheet is built."""

    def __init__(self, entry: SheetEntry, book: Book, budget: Budget) -> None:
        self._entry, self._book, self._budget = entry, book, budget
        self._texts, self._styles = book.texts, book.styles
        self._may_be_struck = book.styles.strikes
        self._rows: dict[int, dict[int, RawCell]] = {}
        self._merges: list[str] = []
        self._rules = StrikingRules(book.styles.striking_rules)
        self._in_data = self._in_cell = False
        self._row = self._column = 0
        self._address = self._type = self._style = ""
        self._written: list[str] = []
        self._rich: RichText | None = None
        self._formula: list[str] | None = None
        self._target: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._in_cell:
            self._start_in_cell(name, attributes)
        elif name == "c" and self._in_data:
            self._start_cell(attributes)
        elif name == "row" and self._in_data:
            self._start_row(attributes)
        elif name == "sheetData":
            self._in_data = True
        elif name == "mergeCell":
            self._merges.append(attributes.get("ref", ""))
        elif not self._in_data:
            self._rules.start(name, attributes)

    def end(self, name: str) -> None:
        if self._in_cell:
            if name in ("v", "t", "f"):
                self._target = None
            elif name == "c":
                self._end_cell()
            elif self._rich is not None:
                self._rich.end(name)
        elif name == "sheetData":
            self._in_data = False
        elif not self._in_data:
            self._rules.end(name)

    def text(self, data: str) -> None:
        if self._target is not None:
            self._budget.spend_text(len(data))
            self._target.append(data)
        elif not self._in_data:
            self._rules.text(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._row += 1
        elif place.isascii() and place.isdigit() and len(place) < 8:
            self._row = int(place)
        else:
            raise WorkbookRefused(BROKEN)
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            self._column += 1
        else:
            found = _ADDRESS.fullmatch(address)
            if found is None:
                raise WorkbookRefused(BROKEN)
            self._column = _COLUMNS.get(found[1], _BEYOND)
            self._row = int(found[2])
        self._address = address or ""
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._in_cell = True
        self._written, self._rich, self._formula = [], None, None

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name in RichText.BEGINS and self._rich is None:
            self._rich = RichText(self._written)
        if name == "f":
            self._target = self._formula = []
        elif name == "v":
            self._target = self._written
        elif self._rich is not None:
            self._target = self._rich.start(name, attributes)
        elif name == "t":
            self._target = self._written

    def _end_cell(self) -> None:
        self._in_cell, self._target = False, None
        cell = self._cell()
        if cell.value is None and not cell.fault:
            return
        if self._row > MAX_ROWS or self._column > MAX_COLUMNS:
            if isinstance(cell.value, str) and not cell.value.strip():
                return
            self._refuse_beyond()
        self._rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self) -> RawCell:
        if self._formula is not None:
            return formula_cell("".join(self._formula))
        is_struck = self._may_be_struck and self._styles.is_struck(self._style)
        written = "".join(self._written)
        if self._type == "s":
            return self._shared(written, is_struck=is_struck)
        if self._rich is not None:
            return self._rich.cell(is_struck=is_struck)
        cell = self._plain(written)
        return struck_out(cell) if is_struck else cell

    def _plain(self, written: str) -> RawCell:
        if self._type in ("str", "inlineStr"):
            return text_cell(written)
        written = written.strip()
        if not written:
            return EMPTY_CELL
        if self._type == "b":
            return RawCell(written in ("1", "true"))
        if self._type == "e":
            return error_cell(written)
        if self._type == "d":
            return iso_cell(written)
        return number_cell(written, self._shown(), is_1904=self._book.is_1904)

    def _shared(self, written: str, *, is_struck: bool) -> RawCell:
        if not written:
            return EMPTY_CELL
        place = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else -1
        if not 0 <= place < len(self._texts.cells):
            raise WorkbookRefused(BROKEN)
        cell = self._texts.cells[place]
        if isinstance(cell.value, str):
            self._budget.spend_text(len(cell.value))
        if is_struck:
            return self._texts.struck.get(place) or struck_out(cell)
        return cell

    def _shown(self) -> Shown:
        style = self._style
        if style.isascii() and style.isdigit() and len(style) < 9:
            place = int(style)
            if place < len(self._styles.shown):
                return self._styles.shown[place]
        return Shown.NUMBER

    def _refuse_beyond(self) -> None:
        address = self._address or f"{self._row}行目"
        raise WorkbookRefused(
            f"シート「{self._entry.name}」の{address}に値があります。読めるのは{MAX_ROWS:,}行・"
            f"{MAX_COLUMNS}列（{get_column_letter(MAX_COLUMNS)}列）までです。"
            "離れた所にある値や不要な行・列を削除してから、もう一度送ってください。"
        )

    def sheet(self) -> RawSheet:
        """Build the sheet, the lower cells of filled merges marked as such."""
        self._mark_merges()
        rows: list[list[RawCell]] = []
        for place in range(1, max(self._rows, default=0) + 1):
            cells = self._rows.get(place, {})
            width = max(cells, default=0)
            rows.append([cells.get(column, EMPTY_CELL) for column in range(1, width + 1)])
        notes = self._rules.notes()
        return RawSheet(self._entry.name, rows, self._entry.state, self._merges, notes)

    def _mark_merges(self) -> None:
        """Merges may not overlap, so that together they cover no more cells than a sheet has."""
        room = MAX_ROWS * MAX_COLUMNS
        for area in self._merges:
            found = _AREA.fullmatch(area)
            if found is None:
                continue
            left, right = (_COLUMNS.get(found[part], MAX_COLUMNS) for part in (1, 3))
            top, bottom = (min(int(found[part]), MAX_ROWS) for part in (2, 4))
            if left not in self._rows.get(top, {}):
                continue
            room -= (right - left + 1) * (bottom - top + 1)
            if room < 0:
                raise too_much("セルの結合", "重なりなし")
            mark = merged_cell(area)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        self._rows.setdefault(row, {})[column] = mark
