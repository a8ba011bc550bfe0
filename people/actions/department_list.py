"""What a list of departments from Excel does: it is kept, is applied once, and changes departments one by one."""

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from kirishima_dx.spreadsheets.list_rows import ListOutdated
from people.models import Department, DepartmentListUpload, User


def keep_department_list(*, file_name: str, content: bytes, by: User) -> DepartmentListUpload:
    """Keep a list that was sent in, so that what is applied later is what was shown."""
    return DepartmentListUpload.objects.create(
        file_name=file_name[-255:], content=content, uploaded_at=clock.now(), uploaded_by=by
    )


@transaction.atomic
def take_department_list(*, upload: DepartmentListUpload, by: User) -> None:
    """Note who applies a list, and let no other list or change of a department in between until it is done.

    To be called in the transaction that applies it. Raises ListOutdated where it was applied before.
    """
    # One list at a time, also where no department exists yet whose row could be locked.
    list(DepartmentListUpload.objects.select_for_update().order_by("pk").values_list("pk")[:1])
    upload = DepartmentListUpload.objects.select_for_update().get(pk=upload.pk)
    list(Department.objects.select_for_update().order_by("pk").values_list("pk"))
    if upload.applied_at is not None:
        raise ListOutdated
    upload.applied_at, upload.applied_by = clock.now(), by
    upload.save(update_fields=["applied_at", "applied_by"])


@transaction.atomic
def save_department(*, department: Department, reason: str, by: User) -> Department:
    """Add a department, or keep what was changed of it, with who and why in its history."""
    explain(department, by=by, reason=reason)
    department.save()
    return department
