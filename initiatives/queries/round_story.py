"""What came of a round: who answered in time, what was sent back, how long it took, and what happened when."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.utils import timezone

from initiatives.enums import AnswerStep
from initiatives.models import AnswerChange, Extension, Reminder, ReportingRound
from initiatives.queries.board import Board, BoardRow, reply_board
from initiatives.queries.elapsed import took
from kirishima_dx.fiscal_year import wareki_date

EVERYONE = "すべての部署"


@dataclass
class AnswerStory:
    """How one answer came: when it was first sent, whether in time, how often it came back."""

    row: BoardRow
    first_sent: AnswerChange | None = None
    last_sent: AnswerChange | None = None
    returned: int = 0
    reopened: int = 0

    @property
    def is_answered(self) -> bool:
        return not self.row.is_owed

    @property
    def in_time(self) -> bool:
        """Whether its first sending was in time, by the deadline that applied at that moment."""
        sent = self.first_sent
        if not self.is_answered or sent is None or sent.due_on is None:
            return False
        return _day(sent.changed_at) <= sent.due_on


@dataclass
class DepartmentStory:
    """How the answers of one department came."""

    name: str
    answers: list[AnswerStory]
    extensions: list[Extension]
    reminders: int
    opened_at: datetime

    @property
    def asked(self) -> int:
        return len(self.answers)

    @property
    def in_time(self) -> int:
        return sum(answer.in_time for answer in self.answers)

    @property
    def late(self) -> int:
        return sum(answer.is_answered and not answer.in_time for answer in self.answers)

    @property
    def silent(self) -> int:
        return sum(not answer.is_answered for answer in self.answers)

    @property
    def returned(self) -> int:
        return sum(answer.returned for answer in self.answers)

    @property
    def extended_to(self) -> date | None:
        return max((extension.due_on for extension in self.extensions), default=None)

    @property
    def last_at(self) -> datetime | None:
        return last_sent_at(self.answers)

    @property
    def took(self) -> str:
        """Return how long it took from the opening to the last answer; empty where one is still missing."""
        if self.last_at is None or self.silent:
            return ""
        return took(self.last_at - self.opened_at)


@dataclass(frozen=True)
class Event:
    """Something that happened in a round."""

    at: datetime
    title: str
    text: str = ""


@dataclass
class RoundStory:
    """A round told from its opening to its end, or to this day."""

    board: Board
    answers: list[AnswerStory]
    departments: list[DepartmentStory]
    extensions: list[Extension]
    reminders: list[Reminder]
    days: list[tuple[date, list[Event]]]

    @property
    def round(self) -> ReportingRound:
        return self.board.round

    @property
    def in_time(self) -> int:
        return sum(answer.in_time for answer in self.answers)

    @property
    def late(self) -> int:
        return sum(answer.is_answered and not answer.in_time for answer in self.answers)

    @property
    def silent(self) -> int:
        return sum(not answer.is_answered for answer in self.answers)

    @property
    def returned(self) -> int:
        return sum(answer.returned > 0 for answer in self.answers)

    @property
    def reopened(self) -> int:
        return sum(answer.reopened > 0 for answer in self.answers)

    @property
    def reminded_departments(self) -> int:
        return len({reminder.department_id for reminder in self.reminders})

    @property
    def last_at(self) -> datetime | None:
        return last_sent_at(self.answers)

    @property
    def took(self) -> str:
        """Return how long it took from the opening to the last answer so far."""
        return took(self.last_at - self.round.opened_at) if self.last_at else ""

    @property
    def usually_took(self) -> str:
        """Return how long half of the answers took at most (median of the first sendings)."""
        spans = [
            (answer.first_sent.changed_at - self.round.opened_at).total_seconds()
            for answer in self.answers
            if answer.first_sent
        ]
        return took(timedelta(seconds=median(spans))) if spans else ""


def last_sent_at(answers: list[AnswerStory]) -> datetime | None:
    moments = [answer.last_sent.changed_at for answer in answers if answer.last_sent]
    return max(moments, default=None)


def round_story(round: ReportingRound, today: date) -> RoundStory:
    """Tell a round, in eight queries whatever its size. Of a closed one the departments are those of that day."""
    board = reply_board(round, _day(round.closed_at) if round.closed_at else today)
    changes = list(
        AnswerChange.objects.filter(answer__round=round)
        .defer("content")
        .order_by("changed_at", "pk")
    )
    extensions = list(round.extensions.select_related("department"))
    reminders = list(round.reminders.select_related("department"))
    answers = _answers(board, changes)
    return RoundStory(
        board,
        answers,
        _departments(board, answers, extensions, reminders),
        extensions,
        reminders,
        _days(board, changes, extensions, reminders),
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _answers(board: Board, changes: list[AnswerChange]) -> list[AnswerStory]:
    stories = {row.answer.pk: AnswerStory(row) for row in board.rows}
    for change in changes:
        story = stories[change.answer_id]
        if change.step == AnswerStep.SENT:
            story.first_sent = story.first_sent or change
            story.last_sent = change
        story.returned += change.step == AnswerStep.RETURNED
        story.reopened += change.step == AnswerStep.REOPENED
    return list(stories.values())


def _departments(
    board: Board,
    answers: list[AnswerStory],
    extensions: list[Extension],
    reminders: list[Reminder],
) -> list[DepartmentStory]:
    of_row = {answer.row.answer.pk: answer for answer in answers}
    reminded = Counter(reminder.department_id for reminder in reminders)
    told = []
    for row in board.departments():
        key = row.department.pk if row.department else None
        told.append(
            DepartmentStory(
                name=row.name,
                answers=[of_row[one.answer.pk] for one in row.rows],
                extensions=[e for e in extensions if key and e.department_id == key],
                reminders=reminded[key] if key else 0,
                opened_at=board.round.opened_at,
            )
        )
    return told


def _days(
    board: Board,
    changes: list[AnswerChange],
    extensions: list[Extension],
    reminders: list[Reminder],
) -> list[tuple[date, list[Event]]]:
    events = [
        *_frame(board.round),
        *_told_of_answers(board, changes),
        *(_extended(extension) for extension in extensions),
        *_reminded(reminders),
    ]
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.at):
        by_day[_day(event.at)].append(event)
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
        by_day[_day(reminder.reminded_at)].append(reminder)
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
            counted[_day(change.changed_at), change.step].append(change)
        elif change.step == AnswerStep.REOPENED:
            text = f"{places[change.answer_id]}。理由：{change.reason}"
            yield Event(change.changed_at, "回答を再開した", text)
    for (_, step), told in counted.items():
        meant = {change.answer_id for change in told}
        items = "、".join(place for key, place in places.items() if key in meant)
        yield Event(told[0].changed_at, f"{_COUNTED[AnswerStep(step)]}（{len(told)}件）", items)
