"""進捗一覧: one row an item, every column of the report, with row heights that hold the text when printed."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.workbook_look import (
    DATE_FORMAT,
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    marked,
    set_for_print,
    write_row,
)
from reviews.report.document import CellValue, Table
from reviews.report.layout import MARKS

WIDTHS = {
    "code": 7.5,
    "axis": 11,
    "policy": 14,
    "title": 19,
    "is_study": 7,
    "department": 11,
    "status": 10,
    "step": 10,
    "rating": 12.5,
    "previous_rating": 12.5,
    "rating_reason": 22,
    "achievements": 27,
    "outcome": 21,
    "problem": 21,
    "delay": 25,
    "next_steps": 21,
    "direction": 9,
    "as_of": 12,
}
"""Of columns in characters, by their lasting key."""
OTHER_WIDTH = 16
CENTRED = {"code", "is_study", "status", "step", "direction", "as_of"}
FILLS = {"順調": "E6F5EC", "概ね順調": "E9F7F9", "やや遅れている": "FBF5E0", "遅れている": "FDE0E0"}
LATE = {"やや遅れている", "遅れている"}
SIZE = 10
HEAD_ROW = 1
HEAD = Look(size=SIZE, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
BODY = Look(size=SIZE)


def fill_progress_sheet(
    sheet: Worksheet, table: Table, *, dresser: Dresser, frame: PrintFrame
) -> None:
    widths = [WIDTHS.get(column.key, OTHER_WIDTH) for column in table.columns]
    fit_columns(sheet, widths)
    labels = [column.label for column in table.columns]
    keys = [column.key for column in table.columns]
    place = HEAD_ROW + write_row(
        sheet, HEAD_ROW, labels, looks=[HEAD] * len(labels), widths=widths, dresser=dresser
    )
    for row in table.rows:
        looks = [look_of(key, value) for key, value in zip(keys, row, strict=True)]
        values = [
            as_day(value) if key == "as_of" else value for key, value in zip(keys, row, strict=True)
        ]
        place += write_row(sheet, place, values, looks=looks, widths=widths, dresser=dresser)
    frozen = keys.index("title") + 2 if "title" in keys else 1
    sheet.freeze_panes = f"{get_column_letter(frozen)}{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(widths))}{place - 1}"
    set_for_print(sheet, frame, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")


def look_of(key: str, value: CellValue) -> Look:
    """Return the look of a cell: a rating bears its mark before the word, which reads in black and white."""
    rated = isinstance(value, str) and key in ("rating", "previous_rating")
    return _look_of(key, str(value) if rated else "")


@lru_cache(maxsize=256)
def _look_of(key: str, word: str) -> Look:
    look = replace(BODY, horizontal="center") if key in CENTRED else BODY
    if key == "as_of":
        return replace(look, number_format=DATE_FORMAT)
    if key == "title":
        return replace(look, bold=True)
    if word in MARKS:
        look = marked(look, MARKS[word])
    if key == "rating":
        return replace(look, fill=FILLS.get(word, ""), bold=word in LATE)
    return look


def as_day(value: CellValue) -> CellValue | date:
    """Return the day that an ISO date names, so that the column sorts as days; else the value as it is."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return value
