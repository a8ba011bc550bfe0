"""Who goes on with a responsibility that is given to a department which is going to be handed over (機構改革)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from initiatives.queries.standing import ONE_DAY, Standing, Stop
from people.models import DepartmentSuccession


@dataclass(frozen=True)
class Beginning:
    """A responsibility that begins on a day, with where it is to end."""

    department_id: int
    kind: str
    since: date
    stop: Stop | None


def followed(
    beginning: Mapping[int, str],
    stops: Mapping[int, Stop | None],
    standing: Standing,
    day: date,
    act: Stop,
) -> Iterator[Beginning]:
    """Yield what begins on a day and, where its department is handed over later, what its successor goes on with.

    Where several take over nobody can say which one: the responsibility goes on, and is shown as left behind once the
    department has ended. `act` bears the name and time of the assignment.
    """
    successors = _successors(beginning, day)
    present = {one.department_id for one in (*standing.current, *standing.coming)} | set(beginning)
    for key, kind in beginning.items():
        stop, handover = stops[key], successors.get(key)
        if handover is None or (stop is not None and stop.until < handover.effective_from):
            yield Beginning(key, kind, day, stop)
            continue
        yield Beginning(key, kind, day, replace(act, until=handover.effective_from - ONE_DAY))
        if handover.after_id not in present:
            later = standing.stop_of(handover.after_id, kind, ())
            yield Beginning(handover.after_id, kind, handover.effective_from, stop or later)


def _successors(beginning: Mapping[int, str], day: date) -> dict[int, DepartmentSuccession]:
    """Return the handovers after a day to one department alone, by who is handed over."""
    coming = DepartmentSuccession.objects.standing().filter(
        before__in=list(beginning), effective_from__gt=day
    )
    found: dict[int, list[DepartmentSuccession]] = defaultdict(list)
    for one in coming:
        found[one.before_id].append(one)
    return {key: ones[0] for key, ones in found.items() if len(ones) == 1}
