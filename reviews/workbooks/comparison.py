"""新旧対照表 as a workbook: what differs is underlined on both sides; A4 landscape, ready to print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.long_texts import pieces
from kirishima_dx.marked_cell import Marked, parted, put_marked
from kirishima_dx.spreadsheet import cell_text
from kirishima_dx.workbook_look import (
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
    stretch,
    workbook_bytes,
    write_block,
    write_row,
)
from plans.models import Edition
from reviews.papers_of_revision import ComparisonTable, Line, Row

SIZE = 10
WIDTHS = {"new": 52.0, "old": 52.0, "remarks": 34.0}
TITLE = Look(size=14, bold=True, boxed=False, horizontal="center", vertical="center")
FACTS = Look(size=SIZE, boxed=False, horizontal="center", vertical="center")
LEGEND = Look(size=SIZE, boxed=False)
HEAD = Look(size=SIZE, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
TEXT = Look(size=SIZE)
REMARKS = Look(size=9)
HEADINGS = {
    "axis": Look(size=SIZE + 1, bold=True, fill=HEAD_FILL),
    "policy": Look(size=SIZE, bold=True, fill=SUM_FILL),
    "section": Look(size=SIZE),
    "text": TEXT,
}
HEAD_ROW = 3
LONGEST_MEASURED = 8_000
"""Letters; a longer text is parted there before its lines are counted, far below what a cell can hold."""


@dataclass
class _Sheet:
    """The sheet being filled."""

    sheet: Worksheet
    dresser: Dresser
    keys: Sequence[str]
    place: int = HEAD_ROW + 1

    @property
    def widths(self) -> list[float]:
        return [WIDTHS[key] for key in self.keys]

    def write(self, row: Row) -> None:
        """Write a row, over as many rows of the sheet as its longest text needs: none is cut, none is merged."""
        looks = [self._look(row, key) for key in self.keys]
        cells = [
            list(_parts(_stretches(row, key), WIDTHS[key], look))
            for key, look in zip(self.keys, looks, strict=True)
        ]
        for parts in zip_longest(*cells, fillvalue=[]):
            self._write_parts(parts, looks)

    def _look(self, row: Row, key: str) -> Look:
        look = HEADINGS[row.level]
        return replace(REMARKS, fill=look.fill) if key == "remarks" else look

    def _write_parts(self, parts: Sequence[Sequence[Marked]], looks: Sequence[Look]) -> None:
        height = 0.0
        for column, (stretches, look) in enumerate(zip(parts, looks, strict=True), start=1):
            cell = self.sheet.cell(self.place, column)
            self.dresser.dress(cell, look)
            put_marked(cell, stretches, look)
            text = "".join(words for words, _ in stretches)
            lines = lines_in(text, self.widths[column - 1], look.size)
            height = max(height, height_of(lines, look.size))
        stretch(self.sheet, self.place, min(height, TALLEST_ROW))
        self.place += 1


def _stretches(row: Row, key: str) -> list[Marked]:
    """Return what stands in a cell, its lines parted by breaks that are never marked alone."""
    if key == "remarks":
        text = row.remarks.in_words
        return [(_as_cells_hold(text), False)] if text else []
    lines: Sequence[Line] = row.new if key == "new" else row.old
    found: list[Marked] = []
    for number, line in enumerate(lines):
        if number:
            found.append(("\n", False))
        found += [(one.text, one.is_marked) for one in line.stretches]
    return [(_as_cells_hold(words), is_marked) for words, is_marked in found]


def _as_cells_hold(words: str) -> str:
    """Return words with what no cell may hold replaced sign by sign, and nothing cut."""
    parts = (
        words[start : start + LONGEST_MEASURED] for start in range(0, len(words), LONGEST_MEASURED)
    )
    return "".join(cell_text(part) for part in parts)


def _parts(stretches: Sequence[Marked], width: float, look: Look) -> Iterator[list[Marked]]:
    """Part a text so that each part stands in one row of the sheet."""
    room = lines_fitting(TALLEST_ROW, look.size)
    text = "".join(words for words, _ in stretches)
    if len(text) <= LONGEST_MEASURED and lines_in(text, width, look.size) <= room:
        yield list(stretches)
        return
    bounded = [
        part
        for start in range(0, len(text), LONGEST_MEASURED)
        for part in pieces(text[start : start + LONGEST_MEASURED], width, look.size, room)
    ]
    yield from parted(stretches, bounded)


def comparison_workbook(
    table: ComparisonTable, *, old: Edition, new: Edition, made_at: datetime
) -> bytes:
    """Return the workbook, with the columns in the order of the table; `made_at` is written into the file."""
    book = Workbook()
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
    return workbook_bytes(book, moment=made_at)


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
    set_for_print(page.sheet, frame, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")
    page.sheet.page_setup.paperSize = "9"  # A4
