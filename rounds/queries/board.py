"""The reply board: who owes which answer of a round, until when, and what has come in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, OuterRef, Subquery

from initiatives.enums import NO_DEPARTMENT
from initiatives.models import Responsibility
from kirishima_dx.clock import day_of
from kirishima_dx.elapsed import ago, days_ago, days_left
from people.models import Department
from rounds.deadlines import Deadlines
from rounds.models import Answer, ReportingRound
from rounds.queries.answer_counts import Counts
from rounds.queries.answer_row import AnswerRow, texts_of_round
from rounds.queries.departures import departures_of_round
from rounds.queries.previous_entries import entries_before


@dataclass
class BoardRow(AnswerRow):
    """One answer as the board shows it; `last_as_of` is the day of 前回."""

    is_extended: bool
    last_as_of: date | None

    @property
    def asked_elsewhere(self) -> str:
        """Return who was asked, where somebody else leads the item today."""
        asked = self.answer.asked_department_name
        return asked if asked and self.answer.asked_department_id != self.lead_id else ""

    @property
    def may_still_come(self) -> bool:
        """Whether the answer is owed, and the round or its reopening still lets it in."""
        return self.is_owed and (
            not self.answer.round.is_closed or self.answer.own_due_on is not None
        )

    @property
    def days_left(self) -> str:
        return super().days_left if self.may_still_come else ""

    @property
    def was_late(self) -> bool:
        """Whether it was sent after the deadline that applied then."""
        sent, due = self.answer.sent_at, self.answer.applied_due_on
        return bool(sent and due and day_of(sent) > due)

    @property
    def updated_ago(self) -> str:
        return ago(self.answer.updated_at, self.today)

    @property
    def last_age(self) -> str:
        return days_ago(self.last_as_of, self.today)


@dataclass
class Reminded:
    """How often a department was reminded in a round, and when last."""

    times: int = 0
    last_at: datetime | None = None


@dataclass
class DepartmentRow:
    """What one department owes and has sent; `department` is None for items that nobody leads."""

    department: Department | None
    rows: list[BoardRow]
    due_on: date
    is_extended: bool
    reminded: Reminded
    today: date

    @property
    def name(self) -> str:
        return self.department.name if self.department else NO_DEPARTMENT

    @property
    def counts(self) -> Counts:
        return Counts(Counter(row.answer.state for row in self.rows))

    @property
    def owed(self) -> list[BoardRow]:
        return [row for row in self.rows if row.may_still_come]

    @property
    def is_overdue(self) -> bool:
        return any(row.is_overdue and row.may_still_come for row in self.rows)

    @property
    def days_left(self) -> str:
        return days_left(self.due_on, self.today) if self.owed else ""

    @property
    def last_activity(self) -> datetime | None:
        moments = [row.answer.updated_at for row in self.rows if row.answer.updated_at]
        return max(moments, default=None)

    @property
    def active_ago(self) -> str:
        return ago(self.last_activity, self.today)

    @property
    def reminded_ago(self) -> str:
        return ago(self.reminded.last_at, self.today)


@dataclass
class Board:
    """A round whole, on a day. Items without a 主担当課 come first, among rows and departments alike."""

    round: ReportingRound
    deadlines: Deadlines
    rows: list[BoardRow]
    today: date
    reminded: dict[int, Reminded] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        return Counts(Counter(row.answer.state for row in self.rows))

    @property
    def awaiting_certifier(self) -> int:
        return sum(row.answer.awaits_certifier for row in self.rows)

    @property
    def awaiting_secretariat(self) -> int:
        return sum(row.answer.awaits_secretariat for row in self.rows)

    @property
    def overdue(self) -> int:
        return sum(row.is_overdue and row.may_still_come for row in self.rows)

    @property
    def days_left(self) -> str:
        return days_left(self.deadlines.for_all, self.today)

    @property
    def unled(self) -> list[BoardRow]:
        return [row for row in self.rows if row.lead is None]

    def departments(self, among: Iterable[BoardRow] | None = None) -> list[DepartmentRow]:
        """Return the departments, in their order; with `among` those that own one of these rows, counted whole."""
        owned: dict[int | None, list[BoardRow]] = {}
        for row in self.rows:
            owned.setdefault(row.lead_id, []).append(row)
        wanted = None if among is None else {row.lead_id for row in among}
        found = [
            self._department(key, rows)
            for key, rows in owned.items()
            if wanted is None or key in wanted
        ]
        return sorted(found, key=_department_order)

    def _department(self, key: int | None, rows: list[BoardRow]) -> DepartmentRow:
        due_on = self.deadlines.of_department(key)
        return DepartmentRow(
            department=rows[0].lead,
            rows=rows,
            due_on=due_on,
            is_extended=due_on > self.round.due_on,
            reminded=self.reminded.get(key or 0, Reminded()),
            today=self.today,
        )


def _department_order(row: DepartmentRow) -> tuple[int, str]:
    """Put the items that nobody leads before the first department."""
    return row.department.place_order if row.department else (-1, "")


def reply_board(round: ReportingRound, at: date, *, worded_on: date | None = None) -> Board:
    """Return the board of a round on a day, in five queries whatever its size, three more where an item left the plan.

    `worded_on` is the day by whose plan the items are numbered and named, `at` unless it is given.
    """
    day = worded_on or at
    answers = list(_answers(round))
    leads = Responsibility.objects.filter(initiative__answers__round=round).leads_on(at)
    deadlines, texts = Deadlines.of(round, at), texts_of_round(round, day)
    left = departures_of_round(round, texts.values(), day)
    rows = []
    for answer in answers:
        answer.round = round
        lead = leads.get(answer.initiative_id)
        due_on = answer.applied_due_on or deadlines.of_answer(answer, lead.pk if lead else None)
        rows.append(
            BoardRow(
                answer=answer,
                text=texts[answer.initiative.focus_item_id],
                lead=lead,
                left=left.get(answer.initiative.focus_item_id),
                due_on=due_on,
                is_extended=due_on > round.due_on,
                last_as_of=answer.last_as_of,  # type: ignore[attr-defined]  # Annotated below.
                today=at,
            )
        )
    rows.sort(key=lambda row: (row.lead is not None, row.place_order))
    return Board(round, deadlines, rows, at, _reminded(round))


def _answers(round: ReportingRound) -> Iterable[Answer]:
    last = entries_before(round).filter(initiative=OuterRef("initiative"))
    return round.answers.select_related("initiative__focus_item").annotate(
        last_as_of=Subquery(last.latest_first().values("as_of")[:1])
    )


def _reminded(round: ReportingRound) -> dict[int, Reminded]:
    told = (
        round.reminders.order_by()
        .values_list("department_id")
        .annotate(times=Count("pk"), last_at=Max("reminded_at"))
    )
    return {key: Reminded(times, last_at) for key, times, last_at in told}
