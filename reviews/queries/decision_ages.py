"""How long decisions have been waiting on a day, in one query however many there are."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from kirishima_dx.moment import Moment
from plans.models import Plan
from reviews.enums import DecisionKind, DecisionState, state_after
from reviews.models import Decision
from reviews.models.decision import decision_code
from reviews.queries.decisions import has_no_report_in_time

_COLUMNS = (
    *("pk", "meeting__fiscal_year", "meeting__number", "number", "meeting__held_on", "kind"),
    *("owner", "due_on", "last_step", "concerns__focus_item"),
)


@dataclass(frozen=True)
class Waiting:
    """A decision with how far it was; `items` are the focus items that it concerns. A settled one waits no more."""

    pk: int
    code: str
    held_on: date
    kind: DecisionKind
    is_owed: bool
    due_on: date | None
    state: DecisionState
    at: date
    items: set[int] = field(default_factory=set)

    @property
    def is_waiting(self) -> bool:
        return self.is_owed and self.state != DecisionState.CLOSED

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and has_no_report_in_time(self.state, self.due_on, self.at)

    @property
    def age(self) -> int:
        return (self.at - self.held_on).days

    @property
    def url(self) -> str:
        return reverse("decision", args=[self.pk])


def decisions_on(plan: Plan, moment: Moment) -> list[Waiting]:
    """Return the decisions of sittings up to a day as they stood at its end, the oldest first."""
    rows = (
        Decision.objects.filter(
            moment.known("recorded_at"), meeting__plan=plan, meeting__held_on__lte=moment.day
        )
        .with_last_step(moment.known_before)
        .order_by("meeting__held_on", "meeting", "number")
        .values_list(*_COLUMNS)
    )
    found: dict[int, Waiting] = {}
    for row in rows:
        pk, *told, item = row
        decision = found.setdefault(pk, _waiting(pk, told, moment.day))
        if item is not None:
            decision.items.add(item)
    return list(found.values())


def _waiting(pk: int, told: list[Any], at: date) -> Waiting:
    year, sitting, number, held_on, kind, owner, due_on, last_step = told
    code, state = decision_code(year, sitting, number), state_after(last_step)
    return Waiting(pk, code, held_on, DecisionKind(kind), owner is not None, due_on, state, at)
