"""Changes to accounts."""

from django.db import transaction

from kirishima_dx import clock
from people.enums import Role
from people.models import Department, RoleAssignment, User


@transaction.atomic
def create_account(
    *, username: str, name: str, password: str, roles: dict[Role, Department | None]
) -> User:
    """Create an account with its roles, each with its department where the role is one of a department."""
    user = User.objects.create_user(username=username, password=password, name=name)
    for role, department in roles.items():
        RoleAssignment.objects.create(
            user=user, role=role, department=department, valid_from=clock.today()
        )
    return user
