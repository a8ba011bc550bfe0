"""正誤表: every word and number in which a correcting issue differs from the issue it corrects."""

from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.workbook_look import (
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    set_for_print,
    write_row,
)
from reviews.report.document import Table

WIDTHS = {"place": 40, "column": 22, "wrong": 65, "right": 65}
OTHER_WIDTH = 30
SIZE = 11
BODY = Look(size=SIZE)
HEAD = replace(BODY, bold=True, fill=HEAD_FILL, horizontal="center")


def fill_errata_sheet(
    sheet: Worksheet, table: Table, *, dresser: Dresser, frame: PrintFrame
) -> None:
    widths = [WIDTHS.get(column.key, OTHER_WIDTH) for column in table.columns]
    fit_columns(sheet, widths)
    labels = [column.label for column in table.columns]
    place = 1
    for row in (labels, *table.rows):
        looks = [HEAD if place == 1 else BODY] * len(labels)
        place += write_row(sheet, place, row, looks=looks, widths=widths, dresser=dresser)
    sheet.freeze_panes = "A2"
    set_for_print(sheet, frame, title_rows="1:1")
