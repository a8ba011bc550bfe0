"""Which rounds are under way, and until when they are answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plans.models import Plan
from rounds.models import Extension, ReportingRound


@dataclass(frozen=True)
class RunningRound:
    """A round that is answered on a day. `due_on` is the last day for those for whom nothing else was set."""

    round: ReportingRound
    due_on: date
    is_overdue: bool


def running_rounds(plan: Plan, at: date) -> list[RunningRound]:
    """Return the rounds that have begun by a day and are not closed, but for rehearsals, in one query, and in one more
    where there are any; the one that is due first comes first."""
    running = ReportingRound.objects.filter(
        plan=plan, closed_at__isnull=True, is_rehearsal=False, opens_on__lte=at
    )
    rounds = list(running.order_by("pk"))
    due = {one.pk: one.due_on for one in rounds}
    for key, later in _for_all(rounds) if rounds else ():
        due[key] = max(due[key], later)
    found = [RunningRound(one, due[one.pk], due[one.pk] < at) for one in rounds]
    return sorted(found, key=lambda one: one.due_on)


def _for_all(rounds: Iterable[ReportingRound]) -> Iterable[tuple[int, date]]:
    """Return the later days that were set for everybody."""
    extensions = Extension.objects.filter(round__in=rounds, department__isnull=True)
    return extensions.order_by().values_list("round_id", "due_on")
