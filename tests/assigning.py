"""Who is responsible, said on the state in which an item is."""

from datetime import date

from initiatives.actions.departments import assign_departments
from initiatives.models import Initiative, Responsibility
from people.models import Department, User
from plans.models import FocusItem


def assign(
    item: FocusItem, lead: Department | None, *, by: User, since: date = date(2026, 4, 1)
) -> None:
    """Let one department lead an item from a day on, and none support it."""
    assign_departments(
        focus_item=item,
        lead=lead,
        supporting=[],
        from_date=since,
        reason="担当の決定",
        opened_revision=Initiative.objects.revision_of(item),
        by=by,
    )


def lead(code: str, department: Department, by: User) -> None:
    """Let a department lead the item with that number."""
    assign(FocusItem.objects.get(code=code), department, by=by)


def held(code: str, at: date) -> list[tuple[str, str]]:
    """Return which departments are responsible for the item with that number on a day, and how."""
    rows = Responsibility.objects.valid_on(at).filter(initiative__focus_item__code=code)
    return list(rows.order_by("kind", "department__code").values_list("kind", "department__code"))
