"""Which departments items begin with that others went over into."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from initiatives.enums import ResponsibilityKind
from initiatives.models import Responsibility
from initiatives.querysets import ResponsibilityQuerySet
from people.models import Department
from plans.models import FocusItem


@dataclass(frozen=True)
class CarriedOver:
    """An item with the departments that it takes over from those it came from."""

    item: FocusItem
    lead: Department | None
    supporting: list[Department]


def carried_over(descents: Iterable[tuple[FocusItem, FocusItem]], on: date) -> list[CarriedOver]:
    """Return what items that were split off or merged into take over on a day, in the order of codes, in two queries.

    Of several leads the one of the first item (in the order of codes) leads and the others support. An item that
    somebody is responsible for already keeps its departments, and is left out; one whose departments were taken back
    before they began takes them over anew.
    """
    origins: dict[FocusItem, list[FocusItem]] = defaultdict(list)
    for before, after in descents:
        origins[after].append(before)
    counted = Responsibility.objects.counted()
    given = counted.filter(initiative__focus_item__in=list(origins))
    assigned = set(given.values_list("initiative__focus_item", flat=True))
    held = _held({item for items in origins.values() for item in items}, on)
    taken = (
        _taken(item, [one for origin in came_from for one in held[origin.pk]])
        for item, came_from in origins.items()
        if item.pk not in assigned
    )
    in_order = sorted(taken, key=lambda one: one.item.code)
    return [one for one in in_order if one.lead is not None or one.supporting]


def begins_carried_over(
    descents: Iterable[tuple[FocusItem, FocusItem]], *, on: date, reason: str
) -> ResponsibilityQuerySet:
    """Return what carry_responsibilities_over let begin on a day, for that reason, and was not taken back."""
    after = {item.pk for _, item in descents}
    counted = Responsibility.objects.counted()
    return counted.filter(initiative__focus_item__in=after, valid_from=on, reason=reason)


def _held(items: set[FocusItem], on: date) -> dict[int, list[Responsibility]]:
    valid = Responsibility.objects.valid_on(on).filter(initiative__focus_item__in=items)
    held: dict[int, list[Responsibility]] = defaultdict(list)
    for one in valid.select_related("department", "initiative__focus_item"):
        held[one.initiative.focus_item_id].append(one)
    return held


def _taken(item: FocusItem, held: list[Responsibility]) -> CarriedOver:
    held.sort(key=lambda one: (one.initiative.focus_item.code, one.kind, one.department.order))
    leads = [one.department for one in held if one.kind == ResponsibilityKind.LEAD]
    lead = leads[0] if leads else None
    supporting = {one.department_id: one.department for one in held if one.department != lead}
    return CarriedOver(item, lead, list(supporting.values()))
