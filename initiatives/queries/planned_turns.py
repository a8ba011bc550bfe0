"""Which changes of responsibility are planned for a coming day, each as it was set down, to be called off or moved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Q

from initiatives.models import Initiative, Responsibility, ResponsibilityRecall
from initiatives.queries.standing import ONE_DAY, Stop
from people.models import Department, DepartmentSuccession, User

TurnKey = tuple[int, date, datetime]
"""The initiative, the first day of the change, and when it was recorded."""


@dataclass
class PlannedTurn:
    """What one assignment plans for one item: who begins on a day, and who ended on its eve.

    `began` and `ended` are whole, also with what a later plan took the place of. `handover_of` is the department of
    whose handover (機構改革) it is a part.
    """

    initiative: Initiative
    day: date
    planned_at: datetime
    planned_by: User
    began: list[Responsibility] = field(default_factory=list)
    ended: list[Responsibility] = field(default_factory=list)
    handover_of: Department | None = None

    @property
    def key(self) -> TurnKey:
        return self.initiative.pk, self.day, self.planned_at

    @property
    def name(self) -> str:
        """Return what a form calls it."""
        return f"{self.initiative.pk}-{self.day:%Y%m%d}-{self.planned_at:%Y%m%d%H%M%S%f}"

    @property
    def code(self) -> str:
        return self.initiative.focus_item.code

    @property
    def rows(self) -> list[Responsibility]:
        return [*self.began, *self.ended]

    @property
    def reason(self) -> str:
        return next((one.reason for one in self.began if one.reason), "")

    @property
    def built_upon(self) -> list[Responsibility]:
        """Return what began with it and was planned to end by somebody else later: that has to go first."""
        return [one for one in self.began if one.ended_at and one.ended_at > one.assigned_at]

    @property
    def fingerprint(self) -> str:
        """Return a digest of what stands of it, for a form to be opened on (G4)."""
        stands = [(one.pk, one.valid_from, one.valid_until, one.ended_at) for one in self.rows]
        return sha256(repr(stands).encode()).hexdigest()


def planned_turns(
    today: date, *, initiatives: Iterable[Initiative] | None = None
) -> list[PlannedTurn]:
    """Return what is planned after today, by day and item, in three queries;
    of some initiatives or of all."""
    rows = Responsibility.objects.filter(Q(valid_from__gt=today) | Q(valid_until__gte=today))
    if initiatives is not None:
        rows = rows.filter(initiative__in=initiatives)
    found = rows.select_related(
        "initiative__focus_item", "department", "assigned_by", "ended_by"
    ).order_by("kind", "department__order", "department__code", "pk")
    taken_back = _taken_back(today)
    turns: dict[TurnKey, PlannedTurn] = {}
    for row in found:
        if (row.pk, row.ended_at) not in taken_back:
            _add(turns, row, today)
    _add_handovers(turns.values(), today)
    return sorted(turns.values(), key=lambda one: (one.day, one.code, one.key))


def _add_handovers(turns: Iterable[PlannedTurn], today: date) -> None:
    coming = DepartmentSuccession.objects.standing().filter(effective_from__gt=today)
    handovers = {(s.before_id, s.effective_from): s for s in coming.select_related("before")}
    for turn in turns:
        for ended in turn.ended:
            handover = handovers.get((ended.department_id, turn.day))
            if handover is not None and handover.recorded_at <= turn.planned_at:
                turn.handover_of = handover.before


def _add(turns: dict[TurnKey, PlannedTurn], row: Responsibility, today: date) -> None:
    def turn(day: date, planned_at: datetime, planned_by: User) -> PlannedTurn:
        new = PlannedTurn(row.initiative, day, planned_at, planned_by)
        return turns.setdefault(new.key, new)

    if row.valid_from > today:
        turn(row.valid_from, row.assigned_at, row.assigned_by).began.append(row)
    end = Stop.at_end_of(row)
    if end is not None and end.until >= today and row.ended_by is not None:
        turn(end.until + ONE_DAY, end.planned_at, row.ended_by).ended.append(row)


def _taken_back(today: date) -> set[tuple[int, datetime]]:
    """Return the beginnings that were called off, with the time of it: they end at that time and never count."""
    recalls = ResponsibilityRecall.objects.filter(planned_day__gt=today, planned_until=None)
    return set(recalls.values_list("responsibility", "recalled_at"))


def earlier_stops(turn: PlannedTurn) -> dict[int, Stop]:
    """Return, by key, where what ended with a plan was to end before it, as far as that still is planned."""
    moved = ResponsibilityRecall.objects.filter(
        responsibility__in=turn.ended, recalled_at=turn.planned_at, planned_until__isnull=False
    )
    recalled = set(
        ResponsibilityRecall.objects.filter(
            responsibility__initiative=turn.initiative, new_until__isnull=True
        ).values_list("planned_day", "planned_at")
    )
    return {
        one.responsibility_id: Stop(one.planned_until, one.planned_at, one.planned_by_id)
        for one in moved
        if one.planned_until and (one.planned_day, one.planned_at) not in recalled
    }
