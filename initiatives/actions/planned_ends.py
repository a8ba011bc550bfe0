"""The planned end of a responsibility goes, or comes on another day; what was planned stays on record (rule A4)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from initiatives.models import Responsibility, ResponsibilityRecall
from initiatives.queries.standing import ONE_DAY, Stop
from kirishima_dx import clock
from people.models import User


@dataclass(frozen=True)
class Recall:
    """Why what was planned does not come, who says so, and to which day it is moved, if it is."""

    reason: str
    by: User
    new_day: date | None = None


def move_end(
    responsibility: Responsibility, to: Stop | None, *, recall: Recall, now: datetime
) -> None:
    """Let a responsibility end on a day, elsewhere than planned if it was to end; without a stop it goes on until
    further notice."""
    planned = Stop.at_end_of(responsibility)
    if planned is not None:
        _keep_planned_end(responsibility, planned, to, recall, now)
    responsibility.valid_until = to.until if to else None
    responsibility.ended_at = to.planned_at if to else None
    responsibility.ended_by_id = to.planned_by if to else None
    responsibility.save(update_fields=["valid_until", "ended_at", "ended_by"])


def take_back(responsibility: Responsibility, *, recall: Recall, now: datetime) -> None:
    """Let a responsibility end before it begins: it never counts."""
    ResponsibilityRecall.objects.create(
        responsibility=responsibility,
        planned_day=responsibility.valid_from,
        planned_at=responsibility.assigned_at,
        planned_by=responsibility.assigned_by,
        **_told(recall, now),
    )
    eve = Stop(responsibility.valid_from - ONE_DAY, now, recall.by.pk)
    move_end(responsibility, eve, recall=recall, now=now)


def _keep_planned_end(
    responsibility: Responsibility, planned: Stop, to: Stop | None, recall: Recall, now: datetime
) -> None:
    ResponsibilityRecall.objects.create(
        responsibility=responsibility,
        planned_day=planned.until + ONE_DAY,
        planned_until=planned.until,
        planned_at=planned.planned_at,
        planned_by_id=planned.planned_by,
        new_until=to.until if to else None,
        **_told(recall, now),
    )


def _told(recall: Recall, now: datetime) -> dict[str, Any]:
    return {
        "reason": recall.reason,
        "recalled_on": clock.today(),
        "recalled_at": now,
        "recalled_by": recall.by,
        "new_day": recall.new_day,
    }
