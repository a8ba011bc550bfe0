"""Reminders (督促) as they could go out: to whom, with which words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kirishima_dx.fiscal_year import wareki_date
from people.models import Department
from rounds.enums import AnswerState
from rounds.models import ReportingRound
from rounds.queries.board import Board, BoardRow, DepartmentRow

HOW_TO_ANSWER = (
    "回答のしかた",
    "・上のアドレスを開き、ログインして回答してください。前回の回答を見ながら書けます。",
    "・前回から変わっていないときは、「変更なし」を押すだけで回答できます。",
    "・Excelの回答様式でも回答できます。",
    "・期限までに難しいときや、担当が違うときは、事務局に知らせてください。",
)


@dataclass
class ReminderDraft:
    """A reminder as it could go to a department that still owes something."""

    row: DepartmentRow
    department: Department
    subject: str
    text: str


def reminder_drafts(
    board: Board, *, address_of: Callable[[BoardRow], str], sender: str
) -> list[ReminderDraft]:
    """Return a reminder for each department that owes an answer, in the order of the departments."""
    return [
        ReminderDraft(
            row,
            row.department,
            reminder_subject(board.round),
            _reminder_text(board, row, address_of, sender),
        )
        for row in board.departments()
        if row.department is not None and row.owed
    ]


def reminder_subject(round: ReportingRound) -> str:
    rehearsal = "【練習】" if round.is_rehearsal else ""
    return f"{rehearsal}【回答のお願い】{round.name} 進捗の照会"


def _reminder_text(
    board: Board, row: DepartmentRow, address_of: Callable[[BoardRow], str], sender: str
) -> str:
    round = board.round
    is_past = row.due_on < board.today
    due = f"回答の期限：{wareki_date(row.due_on)}"
    lines = [
        f"{row.name} 御中",
        "",
        f"「{round.name}」の進捗の照会について、次の項目の回答がまだ届いていません。",
        "期限を過ぎています。至急、回答をお願いします。"
        if is_past
        else "期限までに回答をお願いします。",
    ]
    lines += ["これは練習です。回答しても記録にはなりません。"] if round.is_rehearsal else []
    lines += ["", f"{due}（{row.days_left}）", f"回答が届いていない項目：{len(row.owed)}件", ""]
    for owed in row.owed:
        lines += _reminder_item(owed, row.due_on, address_of(owed))
    return "\n".join([*lines, *HOW_TO_ANSWER, "", sender])


def _reminder_item(owed: BoardRow, due_on: date, address: str) -> list[str]:
    state = f"（{owed.answer.state_label}）"
    own = "" if owed.due_on == due_on else f"　期限 {wareki_date(owed.due_on)}"
    lines = [f"・{owed.text.place} {owed.text.title}{state}{own}"]
    if owed.answer.return_reason and owed.answer.state == AnswerState.RETURNED:
        lines.append(f"　差戻しの理由：{owed.answer.return_reason}")
    return [*lines, f"　{address}", ""]
