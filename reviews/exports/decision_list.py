"""決定・指示事項 as files for people: a workbook ready to print, and CSV."""

from collections.abc import Sequence
from datetime import date, datetime

from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.look import Dresser, Look, PrintFrame
from kirishima_dx.spreadsheets.plain_list import BODY, DAY, NUMBER, fill_list
from kirishima_dx.spreadsheets.writing import csv_bytes
from plans.models import Plan
from reviews.queries.follow_up import FollowedUp

Value = str | int | date | None
COLUMNS = {
    "決定番号": 9,
    "会議": 14,
    "開催日": 11,
    "議題": 16,
    "区分": 9,
    "決定・指示の内容": 32,
    "重点項目": 9,
    "担当（決定のとき）": 13,
    "いまの担当": 11,
    "期限": 11,
    "対応の状況": 13,
    "期限超過": 7,
    "経過日数": 7,
    "対応の報告": 30,
    "報告日": 11,
    "報告者": 12,
    "決着の理由": 22,
    "決着日": 11,
    "訂正の追記": 30,
    "計画への反映": 22,
}
"""Column names with their widths in characters."""
DAYS = {"開催日", "期限", "報告日", "決着日"}
OVERDUE = "▲超過"


def decision_row(told: FollowedUp) -> list[Value]:
    """Return what the list says of one decision, in the order of COLUMNS."""
    row, decision = told.row, told.decision
    answer, settled = row.last_answer, row.settlement
    return [
        decision.code,
        decision.meeting.title,
        decision.meeting.held_on,
        decision.agenda_item.title,
        decision.get_kind_display(),
        decision.text,
        "、".join(row.item_codes),
        decision.owner_name,
        told.answering_names,
        decision.due_on,
        row.state_label,
        OVERDUE if row.is_overdue else "",
        row.age,
        answer.text if answer else "",
        day_of(answer.taken_at) if answer else None,
        answer.said_by if answer else "",
        settled.text if settled else "",
        day_of(settled.taken_at) if settled else None,
        "\n".join(one.in_words for one in row.corrections),
        "\n".join(row.in_the_plan),
    ]


def decisions_csv(rows: Sequence[FollowedUp], *, encoding: str = "utf-8") -> bytes:
    return csv_bytes([list(COLUMNS), *map(decision_row, rows)], encoding)


def decisions_workbook(
    rows: Sequence[FollowedUp], *, plan: Plan, at: date, made_at: datetime
) -> bytes:
    """Return the list as a workbook: one plain table with its head in row 1, ready to print on A3 landscape."""
    book = new_book(plan.municipality)
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = "決定・指示事項"
    frame = PrintFrame(
        title=f"{plan.name}　本部会議の決定・指示事項", number="", foot=f"{wareki_date(at)}現在"
    )
    fill_list(
        sheet,
        COLUMNS,
        map(decision_row, rows),
        look_of=_look,
        frozen="B2",
        frame=frame,
        dresser=dresser,
    )
    return workbook_bytes(book, moment=made_at)


def _look(name: str) -> Look:
    if name in DAYS:
        return DAY
    return NUMBER if name == "経過日数" else BODY
