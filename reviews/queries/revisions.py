"""From one edition to another: what changed and why."""

from collections import defaultdict
from dataclasses import dataclass

from plans.comparison import Comparison, compare
from plans.enums import Fate
from plans.models import Edition
from plans.queries import EditionOutline, edition_outline
from reviews.models import Amendment
from reviews.queries.amended_items import (
    AmendedItem,
    AxisGroup,
    fate_counts,
    grouped_by_policy,
)


@dataclass
class Revision:
    """From one edition to another: what changed and why."""

    old: EditionOutline
    new: EditionOutline
    comparison: Comparison
    items: list[AmendedItem]

    @property
    def changed_items(self) -> list[AmendedItem]:
        return [item for item in self.items if item.is_changed]

    @property
    def fate_counts(self) -> list[tuple[Fate, int]]:
        return fate_counts(self.items)

    @property
    def axes(self) -> list[AxisGroup]:
        return grouped_by_policy(self.items, self.new)


def revision(old: Edition, new: Edition) -> Revision:
    """Compare two editions, with the reasons given in all editions after the old up to the new."""
    old_outline, new_outline = edition_outline(old), edition_outline(new)
    comparison = compare(old_outline, new_outline)
    amendments: dict[int, list[Amendment]] = defaultdict(list)
    for amendment in Amendment.objects.filter(edition__plan_id=new.plan_id).select_related(
        "edition"
    ):
        if old < amendment.edition <= new:
            amendments[amendment.focus_item_id].append(amendment)
    items = [AmendedItem(change, amendments[change.focus_item.pk]) for change in comparison.items]
    return Revision(old_outline, new_outline, comparison, items)
