"""What a revision changed, with the reasons given and the decisions it rests on: the matter of its papers."""

from dataclasses import dataclass

from plans.comparison.whole import Comparison
from plans.models import Edition
from plans.queries import EditionOutline
from reviews.models import Decision
from revisions.papers.explained import AmendedItem, AmendedPart
from revisions.papers.item_groups import AxisGroup, ChangeCount, change_counts, grouped_by_policy


@dataclass
class Revision:
    """From one edition to another: what changed and why."""

    old: EditionOutline
    new: EditionOutline
    comparison: Comparison
    items: list[AmendedItem]
    parts: list[AmendedPart]
    amendment_keys: list[int]

    @property
    def changed_items(self) -> list[AmendedItem]:
        return [item for item in self.items if item.is_changed]

    @property
    def change_counts(self) -> list[ChangeCount]:
        return change_counts(self.items)

    @property
    def axes(self) -> list[AxisGroup]:
        return grouped_by_policy(self.items, self.new)


@dataclass(frozen=True)
class AdoptedStep:
    """An edition that came into force; without a decision its `adoption_basis` says why there is none."""

    edition: Edition
    decision: Decision | None
