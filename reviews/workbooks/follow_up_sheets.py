"""課題・協議事項, 決定事項の対応状況 and 前年度との比較: the tables of a report that a sitting goes through."""

from dataclasses import replace

from initiatives.stated_column import Kind
from kirishima_dx.spreadsheets.look import DATE_FORMAT, HEAD_FILL, Look, marked
from reviews.report.document import Cell, Column
from reviews.report.looks import mark_of, traits_of
from reviews.workbooks import progress_sheet
from reviews.workbooks.table_sheet import TableForm

BODY = Look(size=12)
SMALL = Look(size=10)
HEAD = Look(size=12, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
NAMES = frozenset({"number", "code", "decision", "kind"})
"""Columns that name a row or its sort; a number among them is no quantity."""


def _look(body: Look, column: Column, cell: Cell) -> Look:
    if column.scale == "rating":
        return replace(progress_sheet.look_of(column, cell), size=body.size)
    look = replace(body, horizontal="center" if _is_short(column) else "left")
    if column.kind is Kind.DAY:
        return replace(look, number_format=DATE_FORMAT)
    if column.kind is Kind.WHOLE and column.key not in NAMES:
        return replace(look, number_format=progress_sheet.number_format(column))
    is_bad = traits_of(column.scale, cell.value).is_bad
    look = replace(look, bold=column.key == "title" or is_bad)
    mark = mark_of(column.scale, cell.value)
    return marked(look, mark) if mark else look


def _is_short(column: Column) -> bool:
    return column.key in NAMES or column.kind is Kind.WHOLE or progress_sheet.is_short(column)


def _body_look(column: Column, cell: Cell) -> Look:
    return _look(BODY, column, cell)


def _small_look(column: Column, cell: Cell) -> Look:
    return _look(SMALL, column, cell)


PROBLEMS_FORM = TableForm(
    widths={
        "number": 11,
        "code": 10,
        "title": 30,
        "department": 18,
        "status": 17,
        "rating": 20,
        "problem": 52,
        "delay": 44,
        "next_steps": 42,
    },
    look_of=_body_look,
    repeated=("number", "code", "title", "department"),
    frozen="title",
    head=HEAD,
    nothing="本部での協議を求める課題はありません。",
)
DECISIONS_FORM = TableForm(
    widths={
        "decision": 13,
        "meeting": 24,
        "held_on": 20,
        "kind": 12,
        "text": 48,
        "items": 12,
        "owner": 18,
        "due": 20,
        "state": 17,
        "answer": 44,
        "settlement": 26,
    },
    look_of=_body_look,
    repeated=("decision", "meeting", "owner"),
    frozen="decision",
    head=HEAD,
    nothing="これまでの決定・指示事項で、対応の状況を報告するものはありません。",
)
CHANGES_FORM = TableForm(
    widths={
        "code": 8,
        "title": 34,
        "department": 15,
        "previous_rating": 17,
        "rating": 17,
        "rating_change": 15,
        "previous_status": 14,
        "status": 14,
        "status_change": 15,
        "first_due": 17,
        "previous_due": 17,
        "due": 17,
        "slips": 11,
        "changed_texts": 26,
        "repeated_texts": 26,
    },
    look_of=_small_look,
    repeated=("code", "title"),
    frozen="title",
    nothing="前年度と比べられる項目はありません。",
)
