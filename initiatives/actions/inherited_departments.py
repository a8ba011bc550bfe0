"""Items that others went over into begin with the departments of those."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from initiatives.actions.departments import assign_departments
from initiatives.models import Initiative
from initiatives.queries.inherited_departments import carried_over
from people.models import User
from plans.models import FocusItem


@transaction.atomic
def carry_responsibilities_over(
    descents: Iterable[tuple[FocusItem, FocusItem]], *, on: date, reason: str, by: User
) -> None:
    """Let items that were split off or merged into be led, from a day on, by who led what they came from (see
    carried_over)."""
    for taken in carried_over(descents, on):
        assign_departments(
            focus_item=taken.item,
            lead=taken.lead,
            supporting=taken.supporting,
            from_date=on,
            reason=reason,
            opened_revision=Initiative.objects.for_item(taken.item).revision,
            by=by,
        )
