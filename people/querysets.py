"""Filters by date over departments and roles."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from people.models import Department, DepartmentSuccession, RoleAssignment  # noqa: F401 — named in the annotations below


def existing_on(at: date) -> Q:
    """Return the condition that a department, or what was kept of it, existed on a day."""
    return Q(
        Q(valid_until__isnull=True) | Q(valid_until__gte=at),
        Q(valid_from__isnull=True) | Q(valid_from__lte=at),
        called_off_on__isnull=True,
    )


class DepartmentQuerySet(QuerySet["Department"]):
    def valid_on(self, at: date) -> Self:
        """Keep the departments that existed on a day."""
        return self.filter(existing_on(at))

    def not_abolished(self, at: date) -> Self:
        """Drop the departments that had ended before a day or never came; those still to come stay."""
        return self.not_called_off().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=at))

    def not_called_off(self) -> Self:
        return self.filter(called_off_on__isnull=True)


class DepartmentSuccessionQuerySet(QuerySet["DepartmentSuccession"]):
    def standing(self) -> Self:
        """Drop those that were called off before their day."""
        return self.filter(recall__isnull=True)


class RoleAssignmentQuerySet(QuerySet["RoleAssignment"]):
    def valid_on(self, at: date) -> Self:
        """Keep the roles held on a day."""
        return self.filter(
            Q(valid_from__lte=at), Q(valid_until__isnull=True) | Q(valid_until__gte=at)
        )
