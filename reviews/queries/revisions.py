"""What a revision changed, with the reasons given: the matter of the three papers of a revision."""

from dataclasses import dataclass

from plans.comparison import Comparison, compare
from plans.models import Edition
from plans.queries import EditionOutline, descents_between, draft_outline, edition_outline
from reviews.queries.explained import AmendedItem, AmendedPart, Amendments
from reviews.queries.item_groups import AxisGroup, ChangeCount, change_counts, grouped_by_policy


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


def revision(old: Edition, new: Edition) -> Revision:
    """Compare two editions, with the reasons given in all editions after the old up to the new.

    In a fixed number of queries, however many editions lie between them.
    """
    old_outline, new_outline = _outline(old), _outline(new)
    comparison = compare(old_outline, new_outline, descents_between(old, new))
    between = [edition for edition in new.plan.editions.all() if edition.leads(old, new)]
    amendments = Amendments(between)
    return Revision(
        old_outline,
        new_outline,
        comparison,
        amendments.items(comparison.items),
        amendments.parts(comparison.parts),
        amendments.keys(),
    )


def _outline(edition: Edition) -> EditionOutline:
    return edition_outline(edition) if edition.is_adopted else draft_outline(edition)
