"""進捗一覧 as files for people: a workbook ready to print, and CSV."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from initiatives.enums import NO_ANSWER
from initiatives.exports.item_paper import fill_item_paper
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState
from initiatives.stated_cell import CellValue as Value
from initiatives.stated_cell import cell_value, number_format
from initiatives.statement import COLUMNS as COLUMNS_OF_STATEMENT
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.moment import Moment
from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.look import Dresser, Look, PrintFrame
from kirishima_dx.spreadsheets.paper import NOT_FOR_PAPER, set_apart
from kirishima_dx.spreadsheets.plain_list import HEAD, fill_list
from kirishima_dx.spreadsheets.writing import csv_bytes
from plans.models import Plan

TITLE, PLAIN_LIST = "進捗一覧", "進捗一覧（表）"
"""Names of the sheets; the plain one is for sorting and filtering."""
CODE, AS_OF = "固有の番号", "基準日"
LISTED = {column.label: column for column in COLUMNS_OF_STATEMENT if column.widths.list}
"""The columns of a statement that the list shows, by their heads."""
COLUMNS = {
    "番号": 8,
    "軸": 12,
    "取組方針": 14,
    "重点項目": 18,
    "取組の概要": 32,
    "検討項目": 7,
    "主担当課": 11,
    "関係課": 11,
    **{label: column.widths.list or 0 for label, column in LISTED.items()},
    AS_OF: 11,
    CODE: 8,
}
"""Column names with their widths in characters. 番号 is that of the edition; by CODE, files of all days join."""

SMALL_HEAD = replace(HEAD, size=9)
BODY = Look(size=9)
DAY = Look(size=9, number_format="yyyy-mm-dd")
EMPTY = {AS_OF: None, **{label: column.empty for label, column in LISTED.items()}}
"""What stands in a column of which nothing is stated."""
SILENT = {"状態": NO_ANSWER, "進捗評価": NO_ANSWER}
"""What is said of an item of which nothing was stated (G2)."""


def item_row(state: ItemState) -> list[Value]:
    """Return what the list says of one item, in the order of COLUMNS."""
    text, entry = state.text, state.entry
    row: dict[str, Value] = {
        "番号": text.place,
        "軸": text.policy.axis.name,
        "取組方針": text.policy.name,
        "重点項目": text.title,
        "取組の概要": text.overview,
        "検討項目": "★" if text.is_study else "",
        "主担当課": state.lead_name,
        "関係課": state.supporting_names,
        **(_said(entry) if entry else SILENT),
        CODE: text.focus_item.code,
    }
    return [row.get(head, EMPTY.get(head, "")) for head in COLUMNS]


def _said(entry: ProgressEntry) -> dict[str, Value]:
    said = {
        label: cell_value(column, getattr(entry, column.key)) for label, column in LISTED.items()
    }
    return {**said, AS_OF: entry.as_of}


def item_list_csv(states: Sequence[ItemState], *, encoding: str = "utf-8") -> bytes:
    return csv_bytes([list(COLUMNS), *map(item_row, states)], encoding)


def item_list_workbook(
    states: Sequence[ItemState], *, plan: Plan, at: Moment, made_at: datetime
) -> bytes:
    """Return the list as a workbook: as paper for A3, and as a plain table with its head in row 1 beside it."""
    day = f"{wareki_date(at.day)}現在"
    known = "（この日の終わりにわかっていた内容）" if at.is_hindsight else ""
    book = new_book(plan.municipality)
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = TITLE
    frame = PrintFrame(
        title=f"{plan.name}　{TITLE}{f'　{day}' if known else ''}", number="", foot=f"{day}{known}"
    )
    fill_item_paper(sheet, states, title=f"{TITLE}　{day}", frame=frame, dresser=dresser)
    plain = book.create_sheet(PLAIN_LIST)
    fill_list(
        plain,
        COLUMNS,
        map(item_row, states),
        look_of=_look,
        frozen="E2",
        frame=PrintFrame(title=f"{PLAIN_LIST}　{NOT_FOR_PAPER}", number="", foot=""),
        dresser=dresser,
        head=SMALL_HEAD,
    )
    set_apart(plain)
    return workbook_bytes(book, moment=made_at)


def _look(name: str) -> Look:
    if name == AS_OF:
        return DAY
    column = LISTED.get(name)
    form = number_format(column) if column else ""
    return replace(BODY, number_format=form) if form else BODY
