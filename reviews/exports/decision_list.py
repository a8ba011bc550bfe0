"""決定・指示事項 as files for people: a workbook ready to print, and CSV."""

from collections.abc import Sequence
from datetime import date, datetime

from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.look import Dresser, Look, PrintFrame
from kirishima_dx.spreadsheets.paper import NOT_FOR_PAPER, set_apart
from kirishima_dx.spreadsheets.plain_list import BODY, DAY, NUMBER, fill_list
from kirishima_dx.spreadsheets.stacked import BOLD, PLAIN, Fact, fact
from kirishima_dx.spreadsheets.stacked_list import Group, StackedRow, fill_stacked_list, stacks_of
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
TITLE, PLAIN_LIST = "決定・指示事項", "決定・指示事項（表）"
GROUPS = (
    Group(("会議", "開催日", "議題"), 34, "決定番号・区分・会議"),
    Group(("決定・指示の内容", "重点項目", "訂正の追記"), 56, "決定・指示の内容"),
    Group(("いまの担当", "担当（決定のとき）", "期限", "期限超過"), 34, "担当・期限"),
    Group(("対応の状況", "計画への反映"), 32, "対応の状況・計画への反映"),
    Group(("対応の報告", "報告日", "報告者", "決着の理由", "決着日"), 56, "対応の報告・決着の理由"),
)
"""How the columns stand on paper, on A3."""
UNSAID = (
    "会議",
    "開催日",
    "決定・指示の内容",
    "いまの担当",
    "対応の状況",
    "対応の報告",
    "期限超過",
)
SHOWN = [head for head in COLUMNS if head not in ("決定番号", "区分", "経過日数")]
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
    """Return the list as a workbook: as paper for A3, and as a plain table with its head in row 1 beside it."""
    book = new_book(plan.municipality)
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = TITLE
    day = f"{wareki_date(at)}現在"
    frame = PrintFrame(title=f"{plan.name}　本部会議の決定・指示事項", number="", foot=day)
    fill_stacked_list(
        sheet,
        f"{TITLE}　{day}",
        {group.head: group.width for group in GROUPS},
        map(_paper_row, rows),
        nothing="該当する決定・指示事項はありません。",
        frame=frame,
        dresser=dresser,
    )
    plain = book.create_sheet(PLAIN_LIST)
    fill_list(
        plain,
        COLUMNS,
        map(decision_row, rows),
        look_of=_look,
        frozen="B2",
        frame=PrintFrame(title=f"{PLAIN_LIST}　{NOT_FOR_PAPER}", number="", foot=""),
        dresser=dresser,
    )
    set_apart(plain)
    return workbook_bytes(book, moment=made_at)


def _paper_row(told: FollowedUp) -> StackedRow:
    row = dict(zip(COLUMNS, decision_row(told), strict=True))
    first, *others = stacks_of(GROUPS, {head: _facts(head, row[head]) for head in SHOWN})
    name = f"{row['決定番号']}　{row['区分']}"
    return StackedRow(
        stacks=[[Fact("", name, BOLD), *first], *others],
        name=str(row["決定番号"]),
        is_framed=told.row.is_overdue,
    )


def _facts(head: str, value: Value) -> list[Fact]:
    words = wareki_date(value) if isinstance(value, date) else "" if value is None else str(value)
    label = "" if head in UNSAID else head
    return [fact(label, words, BOLD if head in ("期限", "期限超過") else PLAIN)]


def _look(name: str) -> Look:
    if name in DAYS:
        return DAY
    return NUMBER if name == "経過日数" else BODY
