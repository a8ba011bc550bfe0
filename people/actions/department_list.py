"""What a list of departments from Excel does to them."""

from django.db import transaction

from kirishima_dx.history import explain
from people.models import Department, User


def lock_departments() -> None:
    """Let nobody change a department until the transaction of the caller is done."""
    list(Department.objects.select_for_update().order_by("pk").values_list("pk"))


@transaction.atomic
def save_department(*, department: Department, reason: str, by: User) -> Department:
    """Add a department, or keep what was changed of it, with who and why in its history."""
    explain(department, by=by, reason=reason)
    department.save()
    return department
