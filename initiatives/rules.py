"""Who may do what with initiatives (design.md §6)."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from initiatives.models import Initiative, Responsibility
from people.models import Department, User
from plans.models import FocusItem


def can_write_progress(user: User | AnonymousUser, focus_item: FocusItem, at: date) -> bool:
    """事務局, and writers of a department that leads or supports the item on that day."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_secretariat:
        return True
    writing = user.writing_department_ids
    if not writing:
        return False
    responsible = Responsibility.objects.valid_on(at).filter(initiative__focus_item=focus_item)
    return responsible.filter(department_id__in=writing).exists()


def writable_initiatives(user: User, at: date) -> set[int] | None:
    """Return the keys of the initiatives for which somebody may write on a day; None stands for all (事務局)."""
    if user.is_secretariat:
        return None
    held = Responsibility.objects.valid_on(at).filter(department_id__in=user.writing_department_ids)
    return set(held.values_list("initiative_id", flat=True))


def can_assign_departments(user: User | AnonymousUser) -> bool:
    """事務局 says who is responsible."""
    return isinstance(user, User) and user.is_secretariat


def speaking_department(user: User, initiative: Initiative, at: date) -> Department | None:
    """Return the department for which somebody writes of an item: theirs among the responsible ones, lead first."""
    responsibilities = initiative.responsibilities.valid_on(at).filter(
        department_id__in=user.writing_department_ids
    )
    first = (
        responsibilities.select_related("department").order_by("kind", "department__order").first()
    )
    return first.department if first else None
