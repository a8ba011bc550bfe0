"""The three sheets for machines: no title, no look, no formula, one table from A1 on (L1, L2, L3-01)."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from kirishima_dx.spreadsheets.look import (
    Dresser,
    Look,
    PrintFrame,
    Value,
    fit_columns,
    set_for_print,
)
from kirishima_dx.spreadsheets.paper import NOT_FOR_PAPER, set_apart
from kirishima_dx.spreadsheets.writing import put
from reviews.report.document import ReportDocument
from reviews.workbooks.machine.columns import DATA_COLUMNS, DataColumn
from reviews.workbooks.machine.definitions import (
    CODE_COLUMNS,
    CODES,
    DATA,
    DEFINITION_COLUMNS,
    DEFINITIONS,
    definition_rows,
)
from reviews.workbooks.machine.rows import code_rows, data_rows

_WIDTHS = {"id": 32, "axis": 24, "policy": 32, "item": 36, "value_text": 60, "meaning": 80}
_WIDTH = 16
LOOK = Look(boxed=False, wrap=False)


def add_machine_sheets(book: Workbook, document: ReportDocument, dresser: Dresser) -> None:
    """Add データ, コード表 and 定義 at the end of a workbook."""
    _add(book, dresser, DATA, DATA_COLUMNS, data_rows(document))
    _add(book, dresser, CODES, CODE_COLUMNS, code_rows(document))
    _add(book, dresser, DEFINITIONS, DEFINITION_COLUMNS, definition_rows())


def _add(
    book: Workbook,
    dresser: Dresser,
    name: str,
    columns: Sequence[DataColumn],
    rows: Iterable[Sequence[Value]],
) -> None:
    sheet = book.create_sheet(name)
    fit_columns(sheet, [_WIDTHS.get(column.name, _WIDTH) for column in columns])
    heads: list[Sequence[Value]] = [[column.name for column in columns]]
    for place, row in enumerate([*heads, *rows], start=1):
        for column, value in enumerate(row, start=1):
            if value is not None and value != "":
                cell = sheet.cell(place, column)
                dresser.dress(cell, LOOK)
                put(cell, value)
    set_for_print(sheet, PrintFrame(title=f"{name}　{NOT_FOR_PAPER}", number="", foot=""))
    set_apart(sheet)
