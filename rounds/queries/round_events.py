"""What happened in a round, day by day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from rounds.enums import AnswerStep
from rounds.models import AnswerChange, Extension, Reminder, ReportingRound
from rounds.queries.board import Board

EVERYONE = "すべての部署"


@dataclass(frozen=True)
class Event:
    """Something that happened in a round."""

    at: datetime
    title: str
    text: str = ""


def events_by_day(
    board: Board,
    changes: list[AnswerChange],
    extensions: list[Extension],
    reminders: list[Reminder],
) -> list[tuple[date, list[Event]]]:
    """Return what happened in a round, the days and what stands under each in the order of time."""
    events = [
        *_frame(board.round),
        *_told_of_answers(board, changes),
        *(_extended(extension) for extension in extensions),
        *_reminded(reminders),
    ]
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.at):
        by_day[day_of(event.at)].append(event)
    return list(by_day.items())


def _frame(round: ReportingRound) -> Iterator[Event]:
    window = f"回答の期限は{wareki_date(round.due_on)}（{round.opened_by_name}）"
    yield Event(round.opened_at, "照会を始めた", window)
    if round.closed_at:
        yield Event(round.closed_at, "照会を締め切った", f"（{round.closed_by_name}）")


def _extended(extension: Extension) -> Event:
    who = extension.department.name if extension.department else EVERYONE
    text = f"{who}：{wareki_date(extension.due_on)}まで。理由：{extension.reason}"
    return Event(extension.extended_at, "期限を延ばした", text)


def _reminded(reminders: list[Reminder]) -> Iterator[Event]:
    """Tell of the reminders of one day together."""
    by_day: dict[date, list[Reminder]] = defaultdict(list)
    for reminder in reminders:
        by_day[day_of(reminder.reminded_at)].append(reminder)
    for told in by_day.values():
        names = "、".join(dict.fromkeys(reminder.department.name for reminder in told))
        mailed = sum(bool(reminder.mailed_to) for reminder in told)
        yield Event(told[0].reminded_at, f"督促した（{len(told)}件、うちメール{mailed}件）", names)


_COUNTED = {
    AnswerStep.SENT: "回答が届いた",
    AnswerStep.RETURNED: "差し戻した",
    AnswerStep.ACCEPTED: "確認した",
}
"""Steps that are told once a day, with how many there were and of which items."""


def _told_of_answers(board: Board, changes: list[AnswerChange]) -> Iterator[Event]:
    in_order = sorted(board.rows, key=lambda row: row.place_order)
    places = {row.answer.pk: row.text.place for row in in_order}
    counted: dict[tuple[date, str], list[AnswerChange]] = defaultdict(list)
    for change in changes:
        if change.step in _COUNTED:
            counted[day_of(change.changed_at), change.step].append(change)
        elif change.step == AnswerStep.REOPENED:
            text = f"{places[change.answer_id]}。理由：{change.reason}"
            yield Event(change.changed_at, "回答を再開した", text)
    for (_, step), told in counted.items():
        meant = {change.answer_id for change in told}
        items = "、".join(place for key, place in places.items() if key in meant)
        yield Event(told[0].changed_at, f"{_COUNTED[AnswerStep(step)]}（{len(told)}件）", items)
