"""From a plain sheet to a table by the names in its header, wherever the columns and the header stand."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from openpyxl.utils import get_column_letter

from kirishima_dx.spreadsheets.guard.sheet import RawSheet
from kirishima_dx.spreadsheets.guard.values import RawCell, Value, plain_number
from kirishima_dx.typed_text import name_key

HEADER_WITHIN = 10
"""The header stands in one of the first rows."""


class TableRefused(ValueError):
    """A workbook without the table that is asked for. The message says in Japanese which sheet and what is wrong."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its address; where `fault` says in Japanese what is wrong with it, there is no value."""

    address: str
    value: Value = None
    fault: str = ""
    is_struck_out: bool = False

    def text(self) -> str:
        """Return the value as a person would have typed it, without white space around it; prose stays as it is."""
        return plain_text(self.value).strip()


def plain_text(value: Value) -> str:
    """Return a value as text: 3.0 is 3, a day 2026-10-01, a moment 2026-10-01 14:30."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell, and where it stands; `label` is the name of its column, where it is about one."""

    sheet: str
    address: str
    label: str
    message: str


@dataclass(frozen=True)
class TableRow:
    """A row under the header; `number` is the row's number in Excel. `cells` has every known column of the file."""

    number: int
    cells: dict[str, TableCell]

    def is_struck_out(self, columns: Collection[str]) -> bool:
        """Whether several of its cells in these columns are filled, and all of those struck out as a whole."""
        cells = (cell for name, cell in self.cells.items() if name in columns)
        filled = [cell.is_struck_out for cell in cells if cell.fault or cell.text()]
        return len(filled) > 1 and all(filled)


@dataclass
class Table:
    """The rows under a header. Rows without anything in a known column are left out."""

    sheet: str
    header_row: int
    columns: dict[str, int]
    """The place of each known column that the sheet has, from 1."""
    rows: list[TableRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Headers that nobody asked for; their columns are not read."""
    missing: list[str] = field(default_factory=list)
    """Known columns that the sheet lacks."""
    copies: list[str] = field(default_factory=list)
    """Other sheets with such a header; they are not read."""
    notes: list[str] = field(default_factory=list)
    """What else is not read, in words."""


_MARKS = re.compile(
    r"[※*★☆●◆■▼▲]|[(\[【〔<〈](?:入力)?(?:必須|任意|要入力|入力不要|記入不要|参考|選択)[)\]】〕>〉]|(?:入力)?必須$"
)


class _Header:
    """Knows the columns by every way in which their names may stand in a sheet."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        self._exact = {name_key(name): name for name in columns}
        unmarked = {_MARKS.sub("", name_key(name)): name for name in columns}
        self._unmarked = {**unmarked, **self._exact}

    def name_of(self, cell: RawCell) -> str | None:
        text = name_key(plain_text(cell.value))
        return self._exact.get(text) or self._unmarked.get(_MARKS.sub("", text)) if text else None

    def names_in(self, row: Sequence[RawCell]) -> list[tuple[int, str]]:
        named = ((place, self.name_of(cell)) for place, cell in enumerate(row, start=1))
        return [(place, name) for place, name in named if name is not None]

    def row_in(self, sheet: RawSheet) -> int | None:
        """Return the place (from 1) of the row with the most known names, at least two where there are two."""
        best, most = None, min(2, len(self.columns)) - 1
        for place, row in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
            count = len({name for _, name in self.names_in(row)})
            if count > most:
                best, most = place, count
        return best


def find_table(
    sheets: Sequence[RawSheet],
    *,
    sheet_name: str,
    columns: Sequence[str],
    required: Collection[str],
) -> Table:
    """Return the table of the sheet with that name, or of the only sheet that has such a header.

    Raises TableRefused where there is no such sheet or header, a known column stands there twice or is struck out, or a
    required one is missing. Faults of single cells are left to the caller.
    """
    header = _Header(columns)
    sheet, place = _sheet_with_header(sheets, sheet_name, header, required)
    row = sheet.rows[place - 1]
    named = header.names_in(row)
    _refuse_twice(sheet, place, named)
    _refuse_struck(sheet, place, named)
    places = {name: column for column, name in named}
    missing = [name for name in columns if name not in places]
    _refuse_missing(sheet, place, [name for name in missing if name in required])
    known = {name: places[name] for name in columns if name in places}
    return Table(
        sheet=sheet.name,
        header_row=place,
        columns=known,
        rows=_rows(sheet, place, known),
        unknown=_unknown(row, places.values()),
        missing=missing,
        copies=_copies(sheets, sheet, header, required),
        notes=sheet.notes,
    )


def _unknown(row: Sequence[RawCell], known: Collection[int]) -> list[str]:
    texts = ((place, plain_text(cell.value).strip()) for place, cell in enumerate(row, start=1))
    return [text for place, text in texts if text and place not in known]


def _copies(
    sheets: Sequence[RawSheet], own: RawSheet, header: _Header, required: Collection[str]
) -> list[str]:
    """Return the names of the other sheets whose header has every required column."""
    others = ((sheet, header.row_in(sheet)) for sheet in sheets if sheet is not own)
    return [
        sheet.name
        for sheet, place in others
        if place and _has_all((sheet, place), header, required)
    ]


def _sheet_with_header(
    sheets: Sequence[RawSheet], sheet_name: str, header: _Header, required: Collection[str]
) -> tuple[RawSheet, int]:
    wanted = [sheet for sheet in sheets if name_key(sheet.name) == name_key(sheet_name)]
    found = [(sheet, place) for sheet in wanted or sheets if (place := header.row_in(sheet))]
    if not wanted and len(found) > 1:
        found = [pair for pair in found if _has_all(pair, header, required)]
    if len(found) == 1:
        return found[0]
    if wanted:
        names = "・".join(list(required)[:5] or list(header.columns)[:5])
        raise TableRefused(
            f"シート「{wanted[0].name}」の{HEADER_WITHIN}行目までに、見出しの行（{names}など）が見つかりません。"
            "配布した様式の見出しを消さずに使ってください。"
        )
    seen = "、".join(f"「{sheet.name}」" for sheet in sheets[:10]) or "なし"
    why = "見出しのあるシートが二つ以上あります" if found else "見出しのあるシートもありません"
    raise TableRefused(
        f"シート「{sheet_name}」がなく、{why}（このブックのシート：{seen}）。"
        f"配布した様式を選んだか確かめ、シートの名前を変えたときは「{sheet_name}」に戻してください。"
    )


def _has_all(pair: tuple[RawSheet, int], header: _Header, required: Collection[str]) -> bool:
    sheet, place = pair
    return set(required) <= {name for _, name in header.names_in(sheet.rows[place - 1])}


def _refuse_twice(sheet: RawSheet, place: int, named: Sequence[tuple[int, str]]) -> None:
    for name, times in Counter(name for _, name in named).items():
        if times > 1:
            addresses = "と".join(
                _address(column, place) for column, found in named if found == name
            )
            raise TableRefused(
                f"シート「{sheet.name}」の見出し「{name}」が{addresses}にあります。"
                "どちらを読めばよいか分からないため、一つだけ残してください。"
            )


def _refuse_struck(sheet: RawSheet, place: int, named: Sequence[tuple[int, str]]) -> None:
    """A line through a head means its column: whether that counts would be a guess."""
    row = sheet.rows[place - 1]
    struck = [(name, _address(column, place)) for column, name in named if row[column - 1].fault]
    if struck:
        heads = "".join(f"「{name}」（{address}）" for name, address in struck)
        raise TableRefused(
            f"シート「{sheet.name}」の見出し{heads}に取消線が付いています。"
            "取り込まない列は列ごと消し、取り込む列は取消線を外してから、もう一度送ってください。"
        )


def _refuse_missing(sheet: RawSheet, place: int, missing: Sequence[str]) -> None:
    if missing:
        names = "".join(f"「{name}」" for name in missing)
        raise TableRefused(
            f"シート「{sheet.name}」の見出しの行（{place}行目）に、必要な列{names}がありません。"
            "列を消したり見出しを書き換えたりせずに使ってください。"
        )


def _address(column: int, row: int) -> str:
    return f"{get_column_letter(column)}{row}"


_NOTHING = RawCell()


def _rows(sheet: RawSheet, header_row: int, columns: Mapping[str, int]) -> list[TableRow]:
    letters = {name: get_column_letter(place) for name, place in columns.items()}
    under_merged_header = _lowest_row_of_header(sheet, header_row)
    rows = []
    for number, row in enumerate(sheet.rows[header_row:], start=header_row + 1):
        cells = {}
        has_text = has_fault = False
        for name, place in columns.items():
            raw = row[place - 1] if place <= len(row) else _NOTHING
            value = None if raw.fault else raw.value
            address = f"{letters[name]}{number}"
            cell = cells[name] = TableCell(address, value, raw.fault, raw.is_struck_out)
            has_fault = has_fault or bool(raw.fault)
            has_text = has_text or (value is not None and bool(cell.text()))
        if has_text or (has_fault and number > under_merged_header):
            rows.append(TableRow(number, cells))
    return rows


def _lowest_row_of_header(sheet: RawSheet, header_row: int) -> int:
    """A header may be merged over two rows; what is left of it in the second is no row of the table."""
    lowest = header_row
    for area in sheet.merges:
        rows = [int(digits) for digits in re.findall(r"[0-9]{1,7}", area)]
        if len(rows) == 2 and rows[0] <= header_row:
            lowest = max(lowest, rows[1])
    return lowest
