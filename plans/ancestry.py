"""From which other items an item came by 分割 and 統合, edition by edition."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, QuerySet, Value

from plans.models import Descent, Edition, FocusItem, ItemFate


@dataclass(frozen=True)
class ItemLineage:
    """How items went over into others in some editions, the newest edition first, and how one item came into each."""

    descents: list[Descent]
    fates: list[ItemFate]


def lineage_of(focus_item: FocusItem, editions: Iterable[Edition]) -> ItemLineage:
    """Read it in one query."""
    by_key = {edition.pk: edition for edition in editions}
    rows = _rows(Descent.objects.filter(edition__in=by_key), "kind", is_fate=False).union(
        _rows(ItemFate.objects.filter(edition__in=by_key, after=focus_item), "fate", is_fate=True),
        all=True,
    )
    told = ItemLineage([], [])
    for is_fate, key, edition, before_id, code, after, word in sorted(rows, key=lambda row: row[1]):
        if is_fate:
            before = FocusItem(before_id, focus_item.plan_id, code) if before_id else None
            joined = {"before": before, "after": focus_item}
            told.fates.append(ItemFate(key, edition=by_key[edition], fate=word, **joined))
        else:
            joined = {"before_id": before_id, "after_id": after}
            told.descents.append(Descent(key, edition=by_key[edition], kind=word, **joined))
    told.descents.sort(key=lambda one: (one.edition.major, one.edition.minor), reverse=True)
    return told


def _rows(found: "QuerySet[Any]", word: str, *, is_fate: bool) -> "QuerySet[Any, tuple[Any, ...]]":
    told = found.order_by().annotate(
        is_fate=Value(is_fate, output_field=BooleanField()), code=F("before__code"), word=F(word)
    )
    return told.values_list("is_fate", "pk", "edition_id", "before_id", "code", "after_id", "word")


def descents_in(editions: Iterable[Edition]) -> list[Descent]:
    """Return how items went over into others in these editions, the newest edition first, in one query."""
    found = Descent.objects.filter(edition__in=[edition.pk for edition in editions])
    in_order = found.select_related("edition")
    return list(in_order.order_by("-edition__major", "-edition__minor", "pk"))


def ancestry(item: int, descents: Collection[Descent]) -> dict[int, Edition]:
    """Return the items that one came from, with the edition in which each went over; given and told by their keys.

    An ancestor's story belongs to the item up to that edition, and of its own ancestors only what went over before.
    Walked from the last act to the first, so that what was merged into an ancestor after it had been split is not told.
    """
    found: dict[int, Edition] = {}
    for descent in sorted(descents, key=_when, reverse=True):
        until = found.get(descent.after_id)
        leads_here = descent.after_id == item or (until is not None and descent.edition <= until)
        if leads_here and descent.before_id != item:
            found.setdefault(descent.before_id, descent.edition)
    return found


def _when(descent: Descent) -> tuple[int, int, int]:
    return (descent.edition.major, descent.edition.minor, descent.pk)
