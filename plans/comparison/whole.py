"""Two editions, whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plans.comparison.items import FateRow, ItemChange, item_changes
from plans.comparison.parts import PartChange, part_changes
from plans.enums import Fate
from plans.models import Descent
from plans.queries import EditionOutline


@dataclass(frozen=True)
class Comparison:
    """All items of either edition, each with its fate, and the other parts that differ.

    Applied to the old edition it gives the new one.
    """

    items: list[ItemChange]
    parts: list[PartChange]

    @property
    def changed_items(self) -> list[ItemChange]:
        return [item for item in self.items if item.fate != Fate.SAME]

    @property
    def is_empty(self) -> bool:
        return not self.changed_items and not self.parts

    @property
    def fates(self) -> Iterator[FateRow]:
        """Return what is to be recorded at adoption: each old item and each new one in at least one row (T3)."""
        for item in self.items:
            yield from item.fates

    def count(self, fate: Fate) -> int:
        return sum(item.fate == fate for item in self.items)


def compare(
    old: EditionOutline, new: EditionOutline, descents: Iterable[Descent] = ()
) -> Comparison:
    """Return what leads from the old edition to the new one; comparing an edition with itself finds nothing.

    `descents` as `plans.queries.descents_between` returns them.
    """
    return Comparison(item_changes(old.items, new.items, descents), part_changes(old, new))
