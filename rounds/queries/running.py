"""Which rounds are under way, and until when they are answered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce, Greatest

from plans.models import Plan
from rounds.models import ReportingRound


@dataclass(frozen=True)
class RunningRound:
    """A round that is answered on a day. `due_on` is the last day for those for whom nothing else was set."""

    round: ReportingRound
    due_on: date
    is_overdue: bool


def running_rounds(plan: Plan, at: date) -> list[RunningRound]:
    """Return the rounds that have begun by a day and are not closed, but for rehearsals, in one query; the one that is
    due first comes first."""
    for_all = Max("extensions__due_on", filter=Q(extensions__department__isnull=True))
    due = Greatest(F("due_on"), Coalesce(for_all, F("due_on")))
    running = ReportingRound.objects.filter(
        plan=plan, closed_at__isnull=True, is_rehearsal=False, opens_on__lte=at
    )
    return [
        RunningRound(one, one.last_day, one.last_day < at)
        for one in running.annotate(last_day=due).order_by("last_day", "pk")
    ]
