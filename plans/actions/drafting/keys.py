"""Lasting keys, of which none is used a second time."""

from plans.models import Axis, Policy, Section


def used_keys(kind: type[Axis] | type[Policy] | type[Section], plan: int) -> set[str]:
    """Return all keys that a plan (its pk) ever used for this kind of part, also those of drafts that dropped them."""
    standing = kind._default_manager.filter(edition__plan=plan)
    ever = kind.history.filter(edition__plan=plan)
    return {*standing.values_list("key", flat=True), *ever.values_list("key", flat=True)}
