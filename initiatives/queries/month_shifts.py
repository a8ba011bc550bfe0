"""How many items stand otherwise than at the end of the month before, for a sentence on the first look."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from initiatives.enums import EntryKind
from initiatives.models import ProgressEntry
from initiatives.queries.shifts import Lineage, Shift, rating_shift, status_shift
from initiatives.queries.states import ItemState, LivingPlan
from kirishima_dx.moment import Moment
from plans.models import Edition
from plans.querysets import living_of


@dataclass(frozen=True)
class ItemShift:
    """An item whose status or rating is another one."""

    state: ItemState
    status: Shift | None
    rating: Shift | None


def shifted_since(plan: LivingPlan, since: Moment) -> list[ItemShift]:
    """Return the items of a living plan whose status or rating is another than at an earlier moment, as `plan_changes`
    tells them; in one query, in one more each where another edition was in force then, and where something was
    corrected more than once."""
    items = {state.text.focus_item_id for state in plan.items}
    standing = ProgressEntry.objects.current(since, items=items).order_by()
    columns = ("initiative__focus_item_id", "pk", "status", "rating")
    then = {item: entry for item, *entry in standing.values_list(*columns)}
    stood = _stood_in(living_of([one.edition for one in plan.shelf.editions], since), plan)
    pairs = [
        (_then(state, entry), state)
        for state in plan.items
        if _is_other(state, entry := then.get(state.text.focus_item_id))
        and (stood is None or state.text.focus_item_id in stood)
    ]
    lineage = _lineage(pairs)
    found = (
        ItemShift(new, status_shift(old, new, lineage), rating_shift(old, new, lineage))
        for old, new in pairs
    )
    return [one for one in found if one.status or one.rating]


def _is_other(state: ItemState, entry: list[Any] | None) -> bool:
    """Whether another entry than the one of then (its key, status and rating) holds of an item, or one alone."""
    return (state.entry.pk if state.entry else None) != (entry[0] if entry else None)


def _then(state: ItemState, entry: list[Any] | None) -> ItemState:
    """Return how an item stood, of its entry no more than was asked for."""
    if entry is None:
        return ItemState(state.text)
    return ItemState(state.text, ProgressEntry.from_db(None, ("id", "status", "rating"), entry))


def ways(shifts: Iterable[ItemShift]) -> dict[str, int]:
    """Return how many items went which way, in words; one may go two ways."""
    words = (
        word
        for one in shifts
        for word in dict.fromkeys(shift.word for shift in (one.status, one.rating) if shift)
    )
    return dict(Counter(words))


def _stood_in(edition: Edition | None, plan: LivingPlan) -> set[int] | None:
    """Return which items an edition had; None where it is the one of the plan, which has all that are asked about."""
    if edition is None or edition == plan.outline.edition:
        return None
    return set(edition.item_texts.order_by().values_list("focus_item_id", flat=True))


def _lineage(pairs: Iterable[tuple[ItemState, ItemState]]) -> Lineage:
    """Return which entries only set right what others said: as the entries at hand tell it, where that is enough."""
    steps: dict[int, tuple[int, bool]] = {}
    is_enough = True
    for old, new in pairs:
        entry = new.entry
        if entry is None or old.entry is None or entry.kind == EntryKind.UPDATE:
            continue
        before = entry.corrects_id or entry.repeats_id
        if before is not None:
            steps[entry.pk] = (before, bool(entry.corrects_id))
        is_enough = is_enough and before == old.entry.pk
    if is_enough:
        return Lineage(steps)
    return Lineage.of({new.entry.initiative_id for _, new in pairs if new.entry})
