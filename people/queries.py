"""Questions about accounts as a whole."""

from django.db.models import Exists, OuterRef, Q

from kirishima_dx import clock
from people.enums import Role
from people.models import RoleAssignment, User


def secretariat_exists() -> bool:
    """Whether somebody can sign in today as 事務局."""
    held = RoleAssignment.objects.valid_on(clock.today()).filter(
        user=OuterRef("pk"), role=Role.SECRETARIAT
    )
    return User.objects.filter(Q(is_superuser=True) | Q(Exists(held)), is_active=True).exists()
