"""新旧対照表 as a workbook: what differs is underlined on both sides; A4 landscape, ready to print."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import zip_longest

from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.long_texts import pieces
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    SUM_FILL,
    TALLEST_ROW,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    height_of,
    lines_fitting,
    lines_in,
    set_for_print,
    write_block,
    write_row,
)
from kirishima_dx.spreadsheets.marked_cell import CellWriter, Marked, parted
from kirishima_dx.spreadsheets.paper import A4
from kirishima_dx.spreadsheets.writing import cell_text
from kirishima_dx.spreadsheets.xml_rows import GrowingArchive
from kirishima_dx.spreadsheets.xml_rows import row as written_row
from plans.models import Edition
from revisions.papers.table import ComparisonTable, Level, Line, Row

SIZE = 10
WIDTHS = {"new": 52.0, "old": 52.0, "remarks": 34.0}
TITLE = Look(size=14, bold=True, boxed=False, horizontal="center", vertical="center")
FACTS = Look(size=SIZE, boxed=False, horizontal="center", vertical="center")
LEGEND = Look(size=SIZE, boxed=False)
HEAD = Look(size=SIZE, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
TEXT = Look(size=SIZE)
REMARKS = Look(size=9)
HEADINGS: dict[Level, Look] = {
    "axis": Look(size=SIZE + 1, bold=True, fill=HEAD_FILL),
    "policy": Look(size=SIZE, bold=True, fill=SUM_FILL),
    "section": Look(size=SIZE),
    "text": TEXT,
}
HEAD_ROW = 3
LONGEST_MEASURED = 8_000
"""Letters; a longer text is parted there before its lines are counted, far below what a cell can hold."""


Part = tuple[list[Marked], int]
"""What stands in one row of the sheet, and how many lines it takes there."""
_NOTHING: Part = ([], 1)


class _Sheet:
    """The sheet being filled: its rows are written between the head and the foot when all are told."""

    def __init__(self, sheet: Worksheet, dresser: Dresser, keys: Sequence[str]) -> None:
        self.sheet = sheet
        self.dresser = dresser
        self.keys = keys
        self.widths = [WIDTHS[key] for key in keys]
        self.rows: list[str] = []
        self._cells = CellWriter(sheet, dresser)
        self._looks = {level: [_look(level, key) for key in keys] for level in HEADINGS}

    @property
    def place(self) -> int:
        """Return the number of the next row."""
        return HEAD_ROW + 1 + len(self.rows)

    def write(self, row: Row) -> None:
        """Write a row, over as many rows of the sheet as its longest text needs: none is cut, none is merged."""
        looks = self._looks[row.level]
        cells = [
            _parts(_stretches(row, key), width, look.size)
            for key, width, look in zip(self.keys, self.widths, looks, strict=True)
        ]
        for parts in zip_longest(*cells, fillvalue=_NOTHING):
            self._write_parts(parts, looks)

    def _write_parts(self, parts: Sequence[Part], looks: Sequence[Look]) -> None:
        height, cells, place = 0.0, [], self.place
        for column, ((stretches, lines), look) in enumerate(zip(parts, looks, strict=True), 1):
            height = max(height, height_of(lines, look.size))
            cells.append(self._cells.cell(place, column, stretches, look))
        self.rows.append(written_row(place, min(height, TALLEST_ROW), cells))


def _look(level: Level, key: str) -> Look:
    look = HEADINGS[level]
    return replace(REMARKS, fill=look.fill) if key == "remarks" else look


def _stretches(row: Row, key: str) -> list[Marked]:
    """Return what stands in a cell, its lines parted by breaks that are never marked alone."""
    if key == "remarks":
        text = row.remarks.in_words
        return _as_cells_hold([(text, False)]) if text else []
    lines: Sequence[Line] = row.new if key == "new" else row.old
    found: list[Marked] = []
    for number, line in enumerate(lines):
        if number:
            found.append(("\n", False))
        found += [(one.text, one.is_marked) for one in line.stretches]
    return _as_cells_hold(found)


def _as_cells_hold(stretches: list[Marked]) -> list[Marked]:
    """Return words with what no cell may hold replaced sign by sign, and nothing cut."""
    whole = "".join(words for words, _ in stretches)
    if len(whole) <= LONGEST_MEASURED and cell_text(whole) == whole:
        return stretches
    return [("".join(map(cell_text, _bounded(words))), is_marked) for words, is_marked in stretches]


def _bounded(text: str) -> list[str]:
    return [text[at : at + LONGEST_MEASURED] for at in range(0, len(text), LONGEST_MEASURED)]


def _parts(stretches: list[Marked], width: float, size: float) -> list[Part]:
    """Part a text so that each part stands in one row of the sheet."""
    room = lines_fitting(TALLEST_ROW, size)
    text = "".join(words for words, _ in stretches)
    if len(text) <= LONGEST_MEASURED and (lines := lines_in(text, width, size)) <= room:
        return [(stretches, lines)]
    texts = [part for bounded in _bounded(text) for part in pieces(bounded, width, size, room)]
    lines_of = (lines_in(part, width, size) for part in texts)
    return list(zip(parted(stretches, texts), lines_of, strict=True))


def comparison_workbook(
    table: ComparisonTable, *, old: Edition, new: Edition, made_at: datetime
) -> bytes:
    """Return the workbook, with the columns in the order of the table; `made_at` is written into the file."""
    book = new_book(new.plan.municipality)
    sheet = book.worksheets[0]
    sheet.title = "新旧対照表"
    keys = [column.key for column in table.columns]
    page = _Sheet(sheet, Dresser(book), keys)
    fit_columns(sheet, page.widths)
    _write_head(page, table, old, new)
    for row in table.rows:
        page.write(row)
    _write_foot(page, table, old, new)
    _set_up(page, old, new)
    book.properties.title = cell_text(f"{new.plan.name} 新旧対照表")
    grown = partial(GrowingArchive, rows=page.rows, before=page.place)
    return workbook_bytes(book, moment=made_at, archive=grown)


def _write_head(page: _Sheet, table: ComparisonTable, old: Edition, new: Edition) -> None:
    across = (1, len(page.keys))
    for place, text, look in (
        (1, f"{new.plan.name}　新旧対照表", TITLE),
        (2, f"{old.name} → {new.name}{_dates(new)}", FACTS),
    ):
        write_block(
            page.sheet, place, across, text, look=look, widths=page.widths, dresser=page.dresser
        )
    labels = [
        f"{column.label}（{column.edition}）" if column.edition else column.label
        for column in table.columns
    ]
    looks = [HEAD] * len(labels)
    write_row(page.sheet, HEAD_ROW, labels, looks=looks, widths=page.widths, dresser=page.dresser)


def _dates(new: Edition) -> str:
    if new.decided_on is None or new.effective_from is None:
        return ""
    return f"　　決定 {wareki_date(new.decided_on)}　施行 {wareki_date(new.effective_from)}"


def _write_foot(page: _Sheet, table: ComparisonTable, old: Edition, new: Edition) -> None:
    across = (1, len(page.keys))
    text = (
        table.words.legend if table.rows else f"{old.name}と{new.name}の文言に、違いはありません。"
    )
    write_block(
        page.sheet, page.place, across, text, look=LEGEND, widths=page.widths, dresser=page.dresser
    )


def _set_up(page: _Sheet, old: Edition, new: Edition) -> None:
    page.sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    page.sheet.sheet_view.showGridLines = False
    frame = PrintFrame(
        title=f"{new.plan.name}　新旧対照表",
        number=f"{old.name} → {new.name}",
        foot=new.plan.municipality,
        warning="案（施行するまで変わります）" if new.is_draft else "",
    )
    set_for_print(page.sheet, frame, title_rows=f"{HEAD_ROW}:{HEAD_ROW}", paper=A4)
