"""Who may do what in a round (design.md §6)."""

from django.contrib.auth.models import AnonymousUser

from people.enums import Role
from people.models import Department, User


def can_run_rounds(user: User | AnonymousUser) -> bool:
    """事務局 asks, chases, checks, returns, accepts and closes."""
    return isinstance(user, User) and user.is_secretariat


def certified_department_ids(user: User) -> set[int]:
    """Return the departments for which somebody confirms answers today."""
    return {
        role.department_id
        for role in user.current_roles
        if role.role == Role.CERTIFIER and role.department_id is not None
    }


def can_certify(user: User | AnonymousUser, lead: Department | None) -> bool:
    """確認者 of the department that owes the answer; not even 事務局 answers for them (design.md §6)."""
    return isinstance(user, User) and lead is not None and lead.pk in certified_department_ids(user)
