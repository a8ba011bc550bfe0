"""What became of focus items from one edition to another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kirishima_dx.text_diff import Run, diff, replacement
from plans.enums import Fate
from plans.models import Descent, FocusItem, FocusItemText


@dataclass(frozen=True)
class Kin:
    """Another item that one went over into or came from, as its own edition words it, and by what."""

    text: FocusItemText
    kind: Fate


@dataclass(frozen=True)
class FateRow:
    """One row of T3: an old item and what it is in the new edition; a side is None for 新設 and 終了."""

    fate: Fate
    before: FocusItem | None
    after: FocusItem | None


@dataclass(frozen=True)
class ItemChange:
    """One focus item in both editions; a side is None where the item does not stand.

    `went_into` are other items of the new edition that it was split or merged into, `came_from` those of the old one
    that went over into it.
    """

    old: FocusItemText | None
    new: FocusItemText | None
    went_into: tuple[Kin, ...] = ()
    came_from: tuple[Kin, ...] = ()

    @property
    def fate(self) -> Fate:
        """Return what became of the item; having been split or merged is told before moving and rewording."""
        for kin in (*self.went_into, *self.came_from):
            return kin.kind
        return fate_of(self.old, self.new)

    @property
    def fate_label(self) -> str:
        return self.fate.told(moves=self.moves)

    @property
    def fates(self) -> Iterator[FateRow]:
        """Return the rows to be recorded of the item; what it came from is told by those items."""
        old = self.old.focus_item if self.old else None
        new = self.new.focus_item if self.new else None
        if old and new:
            yield FateRow(self.fate, old, new)
        elif old and not self.went_into:
            yield FateRow(Fate.ENDED, old, None)
        elif new and not self.came_from:
            yield FateRow(Fate.NEW, None, new)
        for kin in self.went_into:
            yield FateRow(kin.kind, old, kin.text.focus_item)

    @property
    def either(self) -> FocusItemText:
        """Return the new wording, the old one where there is none."""
        text = self.new or self.old
        if text is None:
            raise ValueError("an item stands in neither edition")
        return text

    @property
    def focus_item(self) -> FocusItem:
        return self.either.focus_item

    @property
    def loses_star(self) -> bool:
        return bool(self.old and self.new and self.old.is_study and not self.new.is_study)

    @property
    def gains_star(self) -> bool:
        return bool(self.old and self.new and self.new.is_study and not self.old.is_study)

    @property
    def rewords(self) -> bool:
        return bool(
            self.old
            and self.new
            and (self.old.title, self.old.overview) != (self.new.title, self.new.overview)
        )

    @property
    def moves(self) -> bool:
        """Whether it stands in another policy now."""
        return bool(self.old and self.new and self.old.policy.key != self.new.policy.key)

    @property
    def is_renumbered(self) -> bool:
        """Whether it has another number within the same policy."""
        same = self.old and self.new and not self.moves
        return bool(same and self.old and self.new and self.old.number != self.new.number)

    @property
    def place_runs(self) -> list[Run]:
        """Return the number that people see (1-A-3), marked whole where it is another one."""
        old, new = self.old.place if self.old else "", self.new.place if self.new else ""
        if old and new and old == new:
            return [Run("same", new)]
        return replacement(old, new)

    @property
    def title_runs(self) -> list[Run]:
        return diff(self.old.title if self.old else "", self.new.title if self.new else "")

    @property
    def overview_runs(self) -> list[Run]:
        return diff(self.old.overview if self.old else "", self.new.overview if self.new else "")


def fate_of(old: FocusItemText | None, new: FocusItemText | None) -> Fate:
    """Return what became of one item by itself. Losing or gaining ★ is a change of wording; another number a move."""
    if old is None:
        return Fate.NEW
    if new is None:
        return Fate.ENDED
    if old.place != new.place:
        return Fate.MOVED
    if (old.title, old.overview, old.is_study) != (new.title, new.overview, new.is_study):
        return Fate.REWORDED
    return Fate.SAME


def item_changes(
    old: Iterable[FocusItemText], new: Iterable[FocusItemText], descents: Iterable[Descent]
) -> list[ItemChange]:
    """Return all items of either edition, in the order of the new one and then the ended ones.

    `descents` are those of the editions after the old one up to the new one, the earliest edition first.
    """
    before = {text.focus_item_id: text for text in old}
    after = {text.focus_item_id: text for text in new}
    into: dict[int, list[Kin]] = defaultdict(list)
    origins: dict[int, list[Kin]] = defaultdict(list)
    for (first, last), first_step in _lineage(descents).items():
        if first in before and last in after:
            # What was split off and then merged into an item that stood before was merged into that one.
            kind = Fate.MERGED if last in before else first_step
            into[first].append(Kin(after[last], kind))
            origins[last].append(Kin(before[first], kind))
    keys = [*after, *(key for key in before if key not in after)]
    return [
        ItemChange(before.get(key), after.get(key), tuple(into[key]), tuple(origins[key]))
        for key in keys
    ]


def _lineage(descents: Iterable[Descent]) -> dict[tuple[int, int], Fate]:
    """Return which items lead to which others, also over several editions, and by what the first step was."""
    ways: dict[tuple[int, int], Fate] = {}
    for descent in descents:
        kind = Fate(descent.kind)
        earlier = [
            (first, known) for (first, last), known in ways.items() if last == descent.before_id
        ]
        for first, first_kind in [(descent.before_id, kind), *earlier]:
            if first != descent.after_id:
                ways.setdefault((first, descent.after_id), first_kind)
    return ways
