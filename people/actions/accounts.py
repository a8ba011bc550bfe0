"""Changes to accounts."""

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from people.enums import Role
from people.models import Department, RoleAssignment, User


@transaction.atomic
def create_account(
    *,
    username: str,
    name: str,
    password: str,
    roles: dict[Role, Department | None],
    reason: str = "",
    by: User | None = None,
) -> User:
    """Create an account with its roles, each with its department where the role is one of a department.

    `by` is None where a command does it.
    """
    user = User(username=User.normalize_username(username), name=name)
    user.set_password(password)
    explain(user, by=by, reason=reason)
    user.save()
    for role, department in roles.items():
        held = RoleAssignment(user=user, role=role, department=department, valid_from=clock.today())
        explain(held, by=by, reason=reason)
        held.save()
    return user
