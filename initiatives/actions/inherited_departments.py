"""Items that others went over into begin with the departments of those."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from initiatives.actions.departments import assign_departments
from initiatives.actions.progress import taken as take
from initiatives.models import Initiative
from initiatives.queries.inherited_departments import begins_carried_over, carried_over
from kirishima_dx import clock
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


@transaction.atomic
def take_back_carried_responsibilities(
    descents: Iterable[tuple[FocusItem, FocusItem]], *, on: date, reason: str, by: User
) -> None:
    """Take back what carry_responsibilities_over let begin on a day that has not come, for that reason.

    A period that ends before it begins never counted. What people have assigned or ended themselves since stays.
    """
    carried = begins_carried_over(descents, on=on, reason=reason)
    items = FocusItem.objects.filter(initiative__responsibilities__in=carried)
    for item in items.distinct().order_by("pk"):
        initiative = take(item, Initiative.objects.for_item(item).revision)
        for held in carried.filter(initiative=initiative):
            held.valid_until = on - timedelta(days=1)
            held.ended_at, held.ended_by = clock.now(), by
            held.save(update_fields=["valid_until", "ended_at", "ended_by"])
