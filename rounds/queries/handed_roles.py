"""Which roles a handover ended, moved or began, read from their history."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kirishima_dx.closing import may_be_same
from people.models import Department, DepartmentSuccession, RoleAssignment


@dataclass
class HandedRole:
    """A role as a handover left it, with the department and last day that it had before.

    `stands` is false where somebody changed it since: then it stays as it is. `began` says that it began with the
    handover; such a one had no department before.
    """

    role: RoleAssignment
    department_id: int | None
    valid_until: date | None
    stands: bool
    began: bool = False


def handed_roles(
    before: Department, successions: Sequence[DepartmentSuccession]
) -> list[HandedRole]:
    """Return the roles that a handover changed, in two queries."""
    first = successions[0]
    places = {before.pk, *(one.after_id for one in successions)}
    history: dict[int, list[Any]] = defaultdict(list)
    touched = RoleAssignment.history.filter(
        history_date__gte=first.recorded_at,
        history_user=first.recorded_by,
        department__in=places,
    ).values("id")
    for record in RoleAssignment.history.filter(id__in=touched).order_by(
        "history_date", "history_id"
    ):
        history[record.id].append(record)
    roles = RoleAssignment.objects.select_related("user", "department").in_bulk(list(history))
    found = [
        _handed(roles[key], records, before, first)
        for key, records in history.items()
        if key in roles
    ]
    return sorted(filter(None, found), key=lambda one: (one.role.role, one.role.user.username))


def _handed(
    role: RoleAssignment, records: list[Any], before: Department, handover: DepartmentSuccession
) -> HandedRole | None:
    """Return what a handover did to a role; None where it did nothing."""
    for earlier, record in zip([None, *records], records, strict=False):
        is_act = may_be_same(record.history_change_reason, handover.reason)
        if not is_act or record.history_date < handover.recorded_at:
            continue
        stands = _is_as(role, record)
        if earlier is None:
            if record.valid_from == handover.effective_from and record.department_id != before.pk:
                return HandedRole(role, None, None, stands, began=True)
        elif earlier.department_id == before.pk and _was_moved(record, handover):
            return HandedRole(role, before.pk, earlier.valid_until, stands)
    return None


def _was_moved(record: Any, handover: DepartmentSuccession) -> bool:
    """Whether a record is one of those that a handover writes: ended on its eve, or begun nowhere or elsewhere."""
    is_ended = record.valid_until == handover.effective_from - timedelta(days=1)
    return is_ended or bool(record.valid_from >= handover.effective_from)


def _is_as(role: RoleAssignment, record: Any) -> bool:
    names = ("department_id", "role", "valid_from", "valid_until")
    return all(getattr(role, name) == getattr(record, name) for name in names)
