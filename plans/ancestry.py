"""From which other items an item came by 分割 and 統合, edition by edition."""

from collections.abc import Collection, Iterable

from plans.models import Descent, Edition


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
