"""The state of a round as files for people: a workbook ready to print, and CSV."""

from collections.abc import Sequence
from datetime import date, datetime

from initiatives.exports.item_list import CODE
from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.look import Dresser, Look, PrintFrame
from kirishima_dx.spreadsheets.plain_list import BODY, DAY, NUMBER, fill_list
from kirishima_dx.spreadsheets.writing import csv_bytes
from rounds.queries.board import Board, BoardRow, DepartmentRow

Value = str | int | date | None
ITEM_COLUMNS = {
    "番号": 8,
    "軸": 12,
    "取組方針": 16,
    "重点項目": 30,
    "主担当課": 14,
    "照会したときの主担当課": 14,
    "回答の状況": 16,
    "回答の期限": 12,
    "期限の延長": 8,
    "期限後": 8,
    "最終更新日": 12,
    "最終更新者": 14,
    "提出日": 12,
    "提出した部署": 14,
    "提出者": 14,
    "前回の基準日": 12,
    CODE: 10,
}
DEPARTMENT_COLUMNS = {
    "主担当課": 20,
    "項目数": 9,
    "未回答": 9,
    "入力中": 9,
    "差戻し": 9,
    "提出済": 9,
    "確認済": 9,
    "回答の期限": 13,
    "期限の延長": 9,
    "期限後の未提出": 10,
    "最終更新日": 13,
    "督促の回数": 9,
    "最後の督促日": 13,
}
"""Column names with their widths in characters."""
COUNTS = (
    *("項目数", "未回答", "入力中", "差戻し", "提出済", "確認済"),
    *("期限後の未提出", "督促の回数"),
)
YES = "○"


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def item_row(row: BoardRow) -> list[Value]:
    """Return what the board says of one answer, in the order of ITEM_COLUMNS."""
    answer, text = row.answer, row.text
    is_late = row.was_late or (row.is_overdue and row.may_still_come)
    return [
        text.place,
        text.policy.axis.name,
        text.policy.name,
        text.title,
        row.lead_name,
        answer.asked_department_name,
        answer.state_label,
        row.due_on,
        YES if row.is_extended else "",
        YES if is_late else "",
        _day(answer.updated_at),
        answer.updated_by_name,
        _day(answer.sent_at),
        answer.sent_department_name,
        answer.sent_by_name,
        row.last_as_of,
        row.code,
    ]


def department_row(row: DepartmentRow) -> list[Value]:
    """Return what the board says of one department, in the order of DEPARTMENT_COLUMNS."""
    counts = row.counts
    return [
        row.name,
        counts.total,
        counts.unanswered,
        counts.writing,
        counts.returned,
        counts.sent,
        counts.accepted,
        row.due_on,
        YES if row.is_extended else "",
        sum(one.is_overdue and one.may_still_come for one in row.rows),
        _day(row.last_activity),
        row.reminded.times,
        _day(row.reminded.last_at),
    ]


def board_csv(rows: Sequence[BoardRow], *, encoding: str = "utf-8") -> bytes:
    return csv_bytes([list(ITEM_COLUMNS), *map(item_row, rows)], encoding)


def board_workbook(board: Board, rows: Sequence[BoardRow], *, made_at: datetime) -> bytes:
    """Return the rows, and the departments to which they belong, as two plain tables ready to print."""
    book = new_book(board.round.plan.municipality)
    items, dresser = book.worksheets[0], Dresser(book)
    items.title = "項目別"
    departments = book.create_sheet("部署別")
    owners = board.departments(rows)
    for sheet, columns, lines, frozen in (
        (items, ITEM_COLUMNS, list(map(item_row, rows)), "E2"),
        (departments, DEPARTMENT_COLUMNS, list(map(department_row, owners)), "B2"),
    ):
        frame = _frame(board, sheet.title)
        fill_list(sheet, columns, lines, look_of=_look, frozen=frozen, frame=frame, dresser=dresser)
    return workbook_bytes(book, moment=made_at)


def _frame(board: Board, name: str) -> PrintFrame:
    return PrintFrame(
        title=f"{board.round.name}　回答の状況（{name}）",
        number="",
        foot=f"{wareki_date(board.today)}現在",
        warning="練習" if board.round.is_rehearsal else "",
    )


def _look(name: str) -> Look:
    if name in COUNTS:
        return NUMBER
    return DAY if name.endswith(("日", "期限")) else BODY
