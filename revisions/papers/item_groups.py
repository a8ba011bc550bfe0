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
from revisions.enums import AmendmentKind
from revisions.papers.explained import AmendedItem


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
class ChangeCount:
    """How many items were changed in a way, or in none (`kind` None)."""

    kind: AmendmentKind | None
    number: int

    @property
    def label(self) -> str:
        return str((self.kind or Fate.SAME).label)


def change_counts(items: Iterable[AmendedItem]) -> list[ChangeCount]:
    """Return how many items were changed in which way, as their labels say it, and last how many in none.

    An item that moved and was reworded counts as both. One whose number reads otherwise because its axis or policy was
    renumbered counts as renumbered.
    """
    counts: Counter[AmendmentKind | None] = Counter()
    for item in items:
        counts.update([AmendmentKind.RENUMBER] if item.is_carried_along else item.kinds)
        counts[None] += not item.is_changed
    return [ChangeCount(kind, counts[kind]) for kind in (*AmendmentKind, None) if counts[kind]]


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
