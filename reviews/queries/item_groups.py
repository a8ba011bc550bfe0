"""The items of a revision in the order of a plan: rows of 新旧対照表 and of a draft's page.

Pure: takes outlines and items that were read already.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from plans.enums import Fate
from plans.models import Axis, Policy
from plans.queries import EditionOutline
from reviews.queries.explained import AmendedItem


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


@dataclass(frozen=True)
class FateCount:
    fate: Fate
    label: str
    number: int


def fate_counts(items: Iterable[AmendedItem]) -> list[FateCount]:
    """Return how many items there are of each fate, leaving out fates that no item has.

    Those that only have another number are counted apart from those that moved, as their labels tell them apart.
    """
    counts = Counter((item.change.fate, item.change.fate_label) for item in items)
    fates = list(Fate)
    in_order = sorted(counts, key=lambda key: (fates.index(key[0]), key[1] != key[0].label))
    return [FateCount(fate, label, counts[fate, label]) for fate, label in in_order]


def grouped_by_policy(items: Iterable[AmendedItem], outline: EditionOutline) -> list[AxisGroup]:
    """Return the items by axis and policy as an outline names them, ended ones in the policy they stood in.

    Policies and axes are told by their lasting keys: what is 1-A now may be another policy than the one that was.
    """
    axes: dict[str, AxisGroup] = {}
    policies: dict[str, PolicyGroup] = {}
    for axis in outline.axes:
        group = axes.setdefault(axis.axis.key, AxisGroup(axis.axis))
        for policy in (policy_outline.policy for policy_outline in axis.policies):
            policies[policy.key] = PolicyGroup(policy)
            group.policies.append(policies[policy.key])
    for item in items:
        own = item.change.either.policy
        if own.key not in policies:
            policies[own.key] = PolicyGroup(own)
            axes.setdefault(own.axis.key, AxisGroup(own.axis)).policies.append(policies[own.key])
        policies[own.key].items.append(item)
    for found in policies.values():
        found.items.sort(key=lambda item: item.change.either.number)
    for axis_group in axes.values():
        axis_group.policies.sort(key=lambda found: found.policy.letter)
    return sorted(axes.values(), key=lambda group: group.axis.number)
