"""What a revision does to each item, with the reasons given: rows of 新旧対照表 and of a draft's page.

Pure: takes outlines, changes and amendments that were read already.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from kirishima_dx.text_diff import Run, diff, replacement
from plans.comparison import ItemChange
from plans.enums import Fate
from plans.models import Axis, Policy
from plans.queries import EditionOutline
from reviews.enums import AmendmentKind
from reviews.models import Amendment


@dataclass(frozen=True)
class Reason:
    """One reason with the changes it was given for in one act, and the number of their edition."""

    kinds: str
    text: str
    at: datetime
    by_name: str
    edition: str


@dataclass
class AmendedItem:
    """An item of a comparison with the reasons given for its changes, oldest first."""

    change: ItemChange
    amendments: list[Amendment]

    @property
    def code(self) -> str:
        return self.change.focus_item.code

    @property
    def is_changed(self) -> bool:
        return self.change.fate != Fate.SAME

    @property
    def kinds(self) -> list[AmendmentKind]:
        return needed_reasons(self.change)

    @property
    def unexplained(self) -> list[AmendmentKind]:
        """Return the changes of this item that no reason was given for."""
        given = {amendment.kind for amendment in self.amendments}
        return [kind for kind in self.kinds if kind not in given]

    @property
    def reasons(self) -> list[Reason]:
        """Return the reasons, oldest first; what one act changed in two ways is told once."""
        return [
            Reason(
                "、".join(a.get_kind_display() for a in acts),
                text,
                at,
                name,
                acts[0].edition.number,
            )
            for (at, text, name), grouped in groupby(
                self.amendments, key=lambda a: (a.amended_at, a.reason, a.amended_by_name)
            )
            if (acts := list(grouped))
        ]

    @property
    def place_runs(self) -> list[Run]:
        """Return the number of the item, marked whole where it changed."""
        old, new = self.change.old, self.change.new
        if old and new and old.place != new.place:
            return replacement(old.place, new.place)
        return diff(old.place if old else "", new.place if new else "")


def needed_reasons(change: ItemChange) -> list[AmendmentKind]:
    """Return what must be explained of a change (rule T3; losing ★ is an event of its own)."""
    if change.fate == Fate.NEW:
        return [AmendmentKind.NEW]
    if change.fate == Fate.ENDED:
        return [AmendmentKind.END]
    needed = []
    if change.rewords or change.fate == Fate.MOVED:
        needed.append(AmendmentKind.REWORD)
    if change.loses_star:
        needed.append(AmendmentKind.CONCRETISE)
    if change.gains_star:
        needed.append(AmendmentKind.STUDY)
    return needed


@dataclass(frozen=True)
class TableRow:
    """A row of 新旧対照表: an item that changed, or how many unchanged ones are left out （略）."""

    item: AmendedItem | None
    omitted: int = 0


@dataclass
class PolicyGroup:
    policy: Policy
    items: list[AmendedItem] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return any(item.is_changed for item in self.items)

    @property
    def rows(self) -> list[TableRow]:
        rows: list[TableRow] = []
        for is_changed, items in groupby(self.items, key=lambda item: item.is_changed):
            if is_changed:
                rows += [TableRow(item) for item in items]
            else:
                rows.append(TableRow(None, len(list(items))))
        return rows


@dataclass
class AxisGroup:
    axis: Axis
    policies: list[PolicyGroup] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return any(policy.is_changed for policy in self.policies)

    @property
    def item_count(self) -> int:
        return sum(len(policy.items) for policy in self.policies)


def fate_counts(items: Iterable[AmendedItem]) -> list[tuple[Fate, int]]:
    """Return how many items there are of each fate, leaving out fates that no item has."""
    counts = Counter(item.change.fate for item in items)
    return [(fate, counts[fate]) for fate in Fate if counts[fate]]


def grouped_by_policy(items: Iterable[AmendedItem], outline: EditionOutline) -> list[AxisGroup]:
    """Return the items by axis and policy as an outline names them, ended ones where they stood."""
    axes: dict[int, AxisGroup] = {}
    policies: dict[str, PolicyGroup] = {}
    for axis in outline.axes:
        group = axes.setdefault(axis.axis.number, AxisGroup(axis.axis))
        for policy in (policy_outline.policy for policy_outline in axis.policies):
            policies[policy.code] = PolicyGroup(policy)
            group.policies.append(policies[policy.code])
    for item in items:
        own = item.change.either.policy
        if own.code not in policies:
            policies[own.code] = PolicyGroup(own)
            axes.setdefault(own.axis.number, AxisGroup(own.axis)).policies.append(
                policies[own.code]
            )
        policies[own.code].items.append(item)
    for found in policies.values():
        found.items.sort(key=lambda item: item.change.either.number)
    for axis_group in axes.values():
        axis_group.policies.sort(key=lambda found: found.policy.letter)
    return [axes[number] for number in sorted(axes)]
