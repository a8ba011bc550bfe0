"""回答様式 as a workbook: one row an item, drop-downs, locked reference columns (files.md §2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.enums import LATE_RATINGS, NO_ANSWER, NO_DEPARTMENT, Rating
from initiatives.stated_cell import cell_value, number_format
from initiatives.stated_column import Asked, Kind, StatedColumn
from initiatives.statement import COLUMNS as COLUMNS_OF_STATEMENT
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.day_cells import days_there_are
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    SUM_FILL,
    Dresser,
    Look,
    PrintFrame,
    Value,
    fit_columns,
    set_for_print,
    stretch,
    write_block,
    write_row,
)
from kirishima_dx.spreadsheets.paper import pages_across
from rounds.answer_content import KIND
from rounds.answer_sheet.columns import (
    ASKED,
    BY_KEY,
    COLUMNS,
    KEY,
    KEY_WIDTH,
    REFERENCE_COLUMNS,
    RETURNED,
    SHEET,
    RowKey,
    place_of,
)
from rounds.enums import AnswerKind
from rounds.queries.answer_form import AnswerForm, FormRow
from rounds.workbooks.answer_guide import GUIDE_SHEET, write_guide

HEADER_ROW = 5
"""files.md §2: row 5 at the latest."""
WIDTHS = {
    **REFERENCE_COLUMNS,
    **{label: column.widths.answer or 0 for label, column in ASKED.items()},
    KEY: KEY_WIDTH,
}
"""Columns with their widths in characters: on a screen 1280 pixels wide the item stays beside what is written."""
_FROZEN = 4
"""Columns that stay while the others scroll: up to the name of the item."""
ROOM = 66
"""Height in points that a row has at least, to write into."""
SIZE = 10
TITLE = Look(size=14, bold=True, boxed=False, wrap=False, vertical="center")
NOTE = Look(size=SIZE, boxed=False, vertical="center")
GIVEN_HEAD = Look(size=SIZE, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
ASKED_HEAD = Look(size=SIZE, bold=True, fill="D9E6FF", horizontal="center", vertical="center")
GIVEN_LOOK = Look(size=SIZE, fill=SUM_FILL)
ASKED_LOOK = Look(size=SIZE, locked=False)
KEY_LOOK = Look(size=SIZE, fill=SUM_FILL, color="666666", wrap=False)
LATE_FILL = "FFF4D6"
RETURNED_LOOK = Look(size=SIZE, bold=True, fill=LATE_FILL)
_LATE_LABELS = tuple(Rating(value).label for value in LATE_RATINGS)
_UNUSED_FILL = "E6E6E6"
_LONGEST_PROMPT = 255
"""Characters that Excel takes in the message of a cell; with more it calls the file damaged."""


def answer_workbook(form: AnswerForm, *, made_at: datetime) -> bytes:
    """Return the workbook of a form, dated `made_at`."""
    book = new_book(form.round.plan.municipality)
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = SHEET
    fit_columns(sheet, [WIDTHS[name] for name in COLUMNS])
    _write_head(sheet, form, dresser)
    for place, row in enumerate(form.rows, start=HEADER_ROW + 1):
        _write_item(sheet, place, row, dresser)
    places = write_guide(book.create_sheet(GUIDE_SHEET), form.round, dresser)
    last_row = HEADER_ROW + len(form.rows)
    if form.rows:
        _offer_choices(sheet, last_row, places)
        _show_what_is_needed(sheet, last_row)
    _protect(sheet, last_row)
    frame = PrintFrame(
        title=f"{form.round.name}　回答様式（{form.addressee}）",
        number="",
        foot=f"基準日 {wareki_date(form.round.as_of)}",
        warning="練習" if form.round.is_rehearsal else "",
    )
    set_for_print(sheet, frame, title_rows=f"{HEADER_ROW}:{HEADER_ROW}")
    # On a single page nobody could read it.
    sheet.print_title_cols = "A:D"
    widths = [WIDTHS[name] for name in COLUMNS]
    sheet.page_setup.fitToWidth = pages_across(widths, SIZE, repeated=_FROZEN)
    return workbook_bytes(book, moment=made_at)


def _write_head(sheet: Worksheet, form: AnswerForm, dresser: Dresser) -> None:
    asked, columns = form.round, (1, COLUMNS.index("状態") + 1)
    mark = "【練習】" if asked.is_rehearsal else ""
    lines = (
        (f"{mark}{asked.name}　進捗状況の照会　回答様式", TITLE),
        (
            f"{form.addressee}　回答の期限：{wareki_date(form.due_on)}　"
            f"対象期間：{wareki_date(asked.period_from)}から{wareki_date(asked.period_until)}まで　"
            f"基準日：{wareki_date(asked.as_of)}",
            NOTE,
        ),
        (
            "青い見出しの列に書いてください。灰色の列（取組の概要、前回の内容、差戻しの理由）と照合キーは書き換えません。"
            f"書き方はシート「{GUIDE_SHEET}」にあります。",
            NOTE,
        ),
        (asked.instructions, NOTE),
    )
    widths = [WIDTHS[name] for name in COLUMNS]
    for place, (text, look) in enumerate(lines, start=1):
        write_block(sheet, place, columns, text, look=look, widths=widths, dresser=dresser, rows=1)
    looks = [ASKED_HEAD if name in ASKED else GIVEN_HEAD for name in COLUMNS]
    write_row(
        sheet, HEADER_ROW, list(COLUMNS), looks=looks, widths=widths, dresser=dresser, one_row=True
    )


def _write_item(sheet: Worksheet, place: int, row: FormRow, dresser: Dresser) -> None:
    write_row(
        sheet,
        place,
        [*_given(row), *_asked(row), _key(row)],
        looks=_LOOKS_RETURNED if row.answer.return_reason else _LOOKS,
        widths=[WIDTHS[name] for name in COLUMNS],
        dresser=dresser,
        one_row=True,
    )
    stretch(sheet, place, ROOM)


def _look_of(head: str) -> Look:
    if head in REFERENCE_COLUMNS:
        return GIVEN_LOOK
    return KEY_LOOK if head == KEY else _asked_look(ASKED[head])


def _asked_look(column: StatedColumn) -> Look:
    """Words stay the text that they are, whatever they begin with."""
    return replace(ASKED_LOOK, number_format=number_format(column) or "@")


_LOOKS = [_look_of(head) for head in COLUMNS]
_LOOKS_RETURNED = [RETURNED_LOOK if head == RETURNED else _look_of(head) for head in COLUMNS]


def _given(row: FormRow) -> list[Value]:
    text, last = row.text, row.last
    return [
        row.answer.initiative.focus_item.code,
        text.policy.axis.name,
        text.policy.name,
        text.title,
        text.overview,
        "★" if text.is_study else "",
        row.lead.name if row.lead else NO_DEPARTMENT,
        last.get_status_display() if last else NO_ANSWER,
        last.get_rating_display() if last else NO_ANSWER,
        last.achievements if last else "",
        last.problem if last else "",
        last.next_steps if last else "",
        row.answer.return_reason,
    ]


def _asked(row: FormRow) -> list[Value]:
    return [cell_value(column, getattr(row.answer, column.key)) for column in ASKED.values()]


def _key(row: FormRow) -> str:
    answer = row.answer
    key = RowKey(answer.round_id, answer.pk, answer.revision)
    return key.written(answer.initiative.focus_item.code)


def _cells(column: StatedColumn, last_row: int) -> str:
    letter = _letter(column)
    return f"{letter}{HEADER_ROW + 1}:{letter}{last_row}"


def _offer_choices(sheet: Worksheet, last_row: int, places: dict[str, str]) -> None:
    """Put drop-downs on the choices; they refuse what is none, for Excel keeps no guess either."""
    for key, place in places.items():
        column = BY_KEY[key]
        offer = DataValidation(type="list", formula1=place, allow_blank=True, showErrorMessage=True)
        offer.errorTitle, offer.error = column.label, "一覧から選んでください。"
        offer.showInputMessage = True
        offer.promptTitle, offer.prompt = column.label, _meanings(column)
        offer.add(_cells(column, last_row))
        sheet.add_data_validation(offer)
    for column in ASKED.values():
        if column.kind in _HINTS:
            is_day = column.kind is Kind.DAY
            hint = days_there_are(column.label) if is_day else DataValidation(allow_blank=True)
            hint.showInputMessage = True
            hint.promptTitle, hint.prompt = column.label, _HINTS[column.kind](column)
            hint.add(_cells(column, last_row))
            sheet.add_data_validation(hint)


def _meanings(column: StatedColumn) -> str:
    """Return what each word says, for the message that stands beside the cell while it is chosen; where Excel has no
    room for all of it, where it can be read."""
    told = "\n".join(f"{word}：{column.meanings[value]}" for value, word in column.words.items())
    return (
        told
        if len(told) <= _LONGEST_PROMPT
        else f"言葉の意味は、シート「{GUIDE_SHEET}」にあります。"
    )


def _number_hint(column: StatedColumn) -> str:
    return f"数を入れます。単位は{column.unit}です。" if column.unit else "数を入れます。"


_HINTS: dict[Kind, Callable[[StatedColumn], str]] = {
    Kind.DAY: lambda column: "例：2027-03-31、令和9年3月31日",
    Kind.WHOLE: _number_hint,
    Kind.DECIMAL: _number_hint,
}


def _show_what_is_needed(sheet: Worksheet, last_row: int) -> None:
    """Colour a forgotten 回答区分, what a late item still needs, and what 変更なし does not use."""
    first = HEADER_ROW + 1
    rating, kind = _letter(BY_KEY["rating"]), _letter(KIND)
    late = ",".join(f'${rating}{first}="{label}"' for label in _LATE_LABELS)
    for column in COLUMNS_OF_STATEMENT:
        if column.asked is Asked.WHEN_LATE:
            rule = _rule(f'AND(OR({late}),${_letter(column)}{first}="")', LATE_FILL)
            sheet.conditional_formatting.add(_cells(column, last_row), rule)
    begin, end = (_letter(COLUMNS_OF_STATEMENT[place]) for place in (0, -1))
    forgotten = f'AND(${kind}{first}="",COUNTA(${begin}{first}:${end}{first})>0)'
    sheet.conditional_formatting.add(_cells(KIND, last_row), _rule(forgotten, LATE_FILL))
    unchanged = f'${kind}{first}="{AnswerKind.UNCHANGED.label}"'
    others = f"{begin}{first}:{end}{last_row}"
    sheet.conditional_formatting.add(others, _rule(unchanged, _UNUSED_FILL))


def _rule(formula: str, color: str) -> Rule:
    fill = PatternFill("solid", bgColor=f"FF{color}")
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill))


def _letter(column: StatedColumn) -> str:
    return get_column_letter(place_of(column))


def _protect(sheet: Worksheet, last_row: int) -> None:
    """Lock what is not asked, without a password: whoever has to sort or mend something can."""
    sheet.freeze_panes = f"{get_column_letter(_FROZEN + 1)}{HEADER_ROW + 1}"
    last = get_column_letter(len(COLUMNS))
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{max(last_row, HEADER_ROW + 1)}"
    protection = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.sort = protection.autoFilter = False
    sheet.sheet_view.zoomScale = 90
