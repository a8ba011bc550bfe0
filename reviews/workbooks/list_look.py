"""How the cells of 課題・協議事項, 決定事項の対応状況 and 前年度との比較 look."""

from dataclasses import replace

from initiatives.stated_column import Kind
from kirishima_dx.spreadsheets.look import DATE_FORMAT, HEAD_FILL, Look, marked
from reviews.report.document import Cell, Column
from reviews.report.looks import mark_of, traits_of
from reviews.workbooks import progress_sheet

BODY = Look(size=12)
SMALL = Look(size=10)
HEAD = Look(size=12, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
NUMBERS = (Kind.WHOLE, Kind.DECIMAL)
NAMES = frozenset({"number", "code", "decision", "kind"})
"""Columns that name a row or its sort; a number among them is no quantity."""


def _look(body: Look, column: Column, cell: Cell) -> Look:
    if column.scale == "rating":
        return replace(progress_sheet.look_of(column, cell), size=body.size)
    look = replace(body, horizontal="center" if _is_short(column) else "left")
    if column.kind is Kind.DAY:
        return replace(look, number_format=DATE_FORMAT)
    if column.kind in NUMBERS and column.key not in NAMES:
        return replace(look, number_format=progress_sheet.number_format(column))
    is_bad = traits_of(column.scale, cell.value).is_bad
    look = replace(look, bold=column.key == "title" or is_bad)
    mark = mark_of(column.scale, cell.value)
    return marked(look, mark) if mark else look


def _is_short(column: Column) -> bool:
    return column.key in NAMES or column.kind in NUMBERS or progress_sheet.is_short(column)


def body_look(column: Column, cell: Cell) -> Look:
    return _look(BODY, column, cell)


def small_look(column: Column, cell: Cell) -> Look:
    return _look(SMALL, column, cell)
