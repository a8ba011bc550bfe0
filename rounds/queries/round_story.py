"""What came of a round: who answered in time, what was sent back, how long it took."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from kirishima_dx.clock import day_of
from kirishima_dx.elapsed import took
from people.queries import Heirs
from rounds.enums import AnswerStep
from rounds.models import AnswerChange, Extension, Reminder, ReportingRound
from rounds.queries.board import Board, BoardRow, reply_board
from rounds.queries.round_events import Event, events_by_day


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
        return day_of(sent.changed_at) <= sent.due_on


@dataclass
class AnswersTold:
    """How some answers came, counted."""

    answers: list[AnswerStory]

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
    def last_at(self) -> datetime | None:
        moments = (answer.last_sent.changed_at for answer in self.answers if answer.last_sent)
        return max(moments, default=None)


@dataclass
class DepartmentStory(AnswersTold):
    """How the answers of one department came."""

    name: str
    extensions: list[Extension]
    reminders: int
    opened_at: datetime

    @property
    def asked(self) -> int:
        return len(self.answers)

    @property
    def returned(self) -> int:
        return sum(answer.returned for answer in self.answers)

    @property
    def extended_to(self) -> date | None:
        return max((extension.due_on for extension in self.extensions), default=None)

    @property
    def took(self) -> str:
        """Return how long it took from the opening to the last answer; empty where one is still missing."""
        if self.last_at is None or self.silent:
            return ""
        return took(self.last_at - self.opened_at)


@dataclass
class RoundStory(AnswersTold):
    """A round told from its opening to its end, or to this day."""

    board: Board
    departments: list[DepartmentStory]
    extensions: list[Extension]
    reminders: list[Reminder]
    days: list[tuple[date, list[Event]]]

    @property
    def round(self) -> ReportingRound:
        return self.board.round

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
    def took(self) -> str:
        """Return how long it took from the opening to the last answer so far."""
        return took(self.last_at - self.round.opened_at) if self.last_at else ""

    @property
    def usually_took(self) -> str:
        """Return how long it took until half of what was asked was first sent; empty while less than half is."""
        moments = sorted(one.first_sent.changed_at for one in self.answers if one.first_sent)
        half = (len(self.answers) + 1) // 2
        if not half or len(moments) < half:
            return ""
        return took(moments[half - 1] - self.round.opened_at)


def round_story(round: ReportingRound, today: date) -> RoundStory:
    """Tell a round, in eight queries whatever its size, three more where an item left the plan. Of a closed one the
    departments are those of that day.

    Its items bear the numbers and names of today, as on its board, so that one round calls them by one number.
    """
    day = day_of(round.closed_at) if round.closed_at else today
    board = reply_board(round, day, worded_on=today)
    changes = list(
        AnswerChange.objects.filter(answer__round=round)
        .defer("content")
        .order_by("changed_at", "pk")
    )
    extensions = list(round.extensions.select_related("department"))
    reminders = list(round.reminders.select_related("department"))
    answers = _answers(board, changes)
    return RoundStory(
        answers=answers,
        board=board,
        departments=_departments(board, answers, extensions, reminders, day),
        extensions=extensions,
        reminders=reminders,
        days=events_by_day(board, changes, extensions, reminders),
    )


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
    day: date,
) -> list[DepartmentStory]:
    of_row = {answer.row.answer.pk: answer for answer in answers}
    reminded = Counter(reminder.department_id for reminder in reminders)
    set_for = {e.department_id for e in extensions if e.department_id is not None}
    heirs = Heirs(day) if set_for else None
    granted = {key: {key} | (heirs.of(key) if heirs else set()) for key in set_for}
    told = []
    for row in board.departments():
        key = row.department.pk if row.department else None
        told.append(
            DepartmentStory(
                name=row.name,
                answers=[of_row[one.answer.pk] for one in row.rows],
                extensions=[e for e in extensions if key in granted.get(e.department_id or 0, ())],
                reminders=reminded[key] if key else 0,
                opened_at=board.round.opened_at,
            )
        )
    return told
