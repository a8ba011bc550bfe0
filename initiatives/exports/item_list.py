"""進捗一覧 as files for people: a workbook ready to print, and CSV."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from openpyxl import Workbook

from initiatives.queries import ItemState
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.moment import Moment
from kirishima_dx.plain_list import HEAD, fill_list
from kirishima_dx.spreadsheet import csv_bytes
from kirishima_dx.workbook_look import Dresser, Look, PrintFrame, workbook_bytes

Value = str | date | None
CODE = "固有の番号"
COLUMNS = {
    "番号": 8,
    "軸": 12,
    "取組方針": 14,
    "重点項目": 18,
    "取組の概要": 32,
    "検討項目": 7,
    "主担当課": 11,
    "関係課": 11,
    "状態": 10,
    "段階": 10,
    "進捗評価": 11,
    "評価理由": 22,
    "取組実績": 26,
    "成果": 20,
    "課題": 20,
    "今後の取組": 20,
    "今後の方針": 9,
    "基準日": 11,
    CODE: 8,
}
"""Column names with their widths in characters. 番号 is that of the edition; by CODE, files of all days join."""

DAYS = {"基準日"}
SMALL_HEAD = replace(HEAD, size=9)
BODY = Look(size=9)
DAY = Look(size=9, number_format="yyyy-mm-dd")


def item_row(state: ItemState) -> list[Value]:
    """Return what the list says of one item, in the order of COLUMNS."""
    text, entry, code = state.text, state.entry, state.text.focus_item.code
    promised: list[Value] = [
        text.place,
        text.policy.axis.name,
        text.policy.name,
        text.title,
        text.overview,
        "★" if text.is_study else "",
        state.lead_name,
        state.supporting_names,
    ]
    if entry is None:
        return [*promised, state.status_label, "", state.rating_label, *[""] * 6, None, code]
    return [
        *promised,
        state.status_label,
        entry.get_step_display(),
        state.rating_label,
        entry.rating_reason,
        entry.achievements,
        entry.outcome,
        entry.problem,
        entry.next_steps,
        entry.get_direction_display(),
        entry.as_of,
        code,
    ]


def item_list_csv(states: Sequence[ItemState], *, encoding: str = "utf-8") -> bytes:
    return csv_bytes([list(COLUMNS), *map(item_row, states)], encoding)


def item_list_workbook(
    states: Sequence[ItemState], *, plan_name: str, at: Moment, made_at: datetime
) -> bytes:
    """Return the list as a workbook: one plain table with its head in row 1, ready to print on A3 landscape."""
    day = f"{wareki_date(at.day)}現在"
    known = "（この日の終わりにわかっていた内容）" if at.is_hindsight else ""
    book = Workbook()
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = "進捗一覧"
    fill_list(
        sheet,
        COLUMNS,
        map(item_row, states),
        look_of=_look,
        frozen="E2",
        frame=PrintFrame(
            title=f"{plan_name}　進捗一覧{f'　{day}' if known else ''}",
            number="",
            foot=f"{day}{known}",
        ),
        dresser=dresser,
        head=SMALL_HEAD,
    )
    return workbook_bytes(book, moment=made_at)


def _look(name: str) -> Look:
    return DAY if name in DAYS else BODY
