"""Where the reason of a handover, or of its calling off, stands a second time: in all that it changed (A3)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from initiatives.models import Responsibility, ResponsibilityRecall
from kirishima_dx.closing import HISTORY_REASON
from people.models import Department, DepartmentSuccession, RoleAssignment, SuccessionRecall


def copies_of_handover(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    """Return what bears the same reason, however short it is: departments and roles in their histories, the other
    successors, and responsibilities."""
    if column == "reason" and isinstance(row, DepartmentSuccession):
        yield from _bearing(row, value)
        begun = Responsibility.objects.filter(reason=value, assigned_by=row.recorded_by)
        yield from ((one, column) for one in begun.filter(assigned_at__gte=row.recorded_at))
    if column == "reason" and isinstance(row, SuccessionRecall):
        yield from _bearing(row.succession, value)
        called_off = ResponsibilityRecall.objects.filter(
            reason=value, recalled_by=row.recalled_by, recalled_on=row.recalled_on
        )
        yield from ((one, column) for one in called_off)


def _bearing(handover: DepartmentSuccession, value: str) -> Iterator[tuple[Model, str]]:
    """Return the rows of one department's handovers, and what departments and roles were since, for that reason."""
    of_it = {"before": handover.before_id, "recorded_at__gte": handover.recorded_at}
    for one in DepartmentSuccession.objects.filter(**of_it):
        rows = (one, SuccessionRecall.objects.filter(succession=one).first())
        yield from ((row, "reason") for row in rows if row is not None and row.reason == value)
    since = {HISTORY_REASON: value, "history_date__gte": handover.recorded_at}
    for history in (Department.history, RoleAssignment.history):
        yield from ((record, HISTORY_REASON) for record in history.filter(**since))
