"""Items that others went over into begin with the departments of those."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from initiatives.actions.departments import assign_departments
from initiatives.enums import ResponsibilityKind
from initiatives.models import Initiative, Responsibility
from people.models import Department, User
from plans.models import FocusItem


@transaction.atomic
def carry_responsibilities_over(
    descents: Iterable[tuple[FocusItem, FocusItem]], *, on: date, reason: str, by: User
) -> None:
    """Let items that were split off or merged into be led, from a day on, by who led what they came from.

    Of several leads the one of the first item (in the order of codes) leads and the others support. An item that
    somebody is responsible for already keeps its departments.
    """
    origins: dict[FocusItem, list[FocusItem]] = defaultdict(list)
    for before, after in descents:
        origins[after].append(before)
    for item, came_from in sorted(origins.items(), key=lambda pair: pair[0].code):
        initiative = Initiative.objects.for_item(item)
        held = _held(came_from, on)
        leads = [one.department for one in held if one.kind == ResponsibilityKind.LEAD]
        if initiative.responsibilities.exists() or not held:
            continue
        lead = leads[0] if leads else None
        supporting: dict[int, Department] = {
            one.department_id: one.department for one in held if one.department != lead
        }
        assign_departments(
            focus_item=item,
            lead=lead,
            supporting=supporting.values(),
            from_date=on,
            reason=reason,
            opened_revision=initiative.revision,
            by=by,
        )


def _held(items: list[FocusItem], on: date) -> list[Responsibility]:
    valid = Responsibility.objects.valid_on(on).filter(initiative__focus_item__in=items)
    in_order = valid.select_related("department").order_by(
        "initiative__focus_item__code", "kind", "department__order"
    )
    return list(in_order)
