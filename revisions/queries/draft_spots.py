"""Where an axis, a policy or a section of a draft may stand: behind which neighbour, in which part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kirishima_dx.quoting import quoted
from plans.comparison.parts import part_label
from plans.models import Axis, Policy, Section
from plans.queries import EditionOutline, SectionOutline

FIRST = "最初に置く"
TOP = "いちばん上の階層（章）"


@dataclass(frozen=True)
class Spot:
    """A place to stand: in `holder`, None at the top, and behind `after`, None for the first place."""

    holder: Any
    after: Any

    @property
    def value(self) -> str:
        """Return what the form sends for it: both keys."""
        holder, after = (one.key if one else "" for one in (self.holder, self.after))
        return f"{holder}/{after}"

    @property
    def label(self) -> str:
        if self.after:
            return f"{part_label(self.after)} の後に置く"
        if self.holder is None:
            return FIRST
        inside = "の下の" if isinstance(self.holder, Section) else "の"
        return f"{part_label(self.holder)} {inside}{FIRST}"


@dataclass(frozen=True)
class SpotGroup:
    """The places in one part, under the name of that part."""

    heading: str
    spots: list[Spot]


@dataclass(frozen=True)
class Spots:
    """All places where something may stand; `current` is where it stands, if it does."""

    groups: list[SpotGroup] = field(default_factory=list)
    current: str = ""

    @property
    def by_value(self) -> dict[str, Spot]:
        return {spot.value: spot for group in self.groups for spot in group.spots}

    def last_in(self, key: str) -> str:
        """Return the last place in the part of that key, "" where nothing can stand in it."""
        within = [value for value in self.by_value if value.partition("/")[0] == key]
        return within[-1] if within else ""


def axis_spots(outline: EditionOutline, axis: Axis) -> Spots:
    axes = [one.axis for one in outline.axes]
    return Spots([_group("軸の並び", None, axes, axis)], _spot_of(None, axes, axis))


def policy_spots(outline: EditionOutline, policy: Policy) -> Spots:
    groups, current = [], ""
    for one in outline.axes:
        policies = [inside.policy for inside in one.policies]
        groups.append(_group(part_label(one.axis), one.axis, policies, policy))
        if policy in policies:
            current = _spot_of(one.axis, policies, policy)
    return Spots(groups, current)


def section_spots(outline: EditionOutline, section: Section | None = None) -> Spots:
    """Return the places for a section with all below it, or for a new one."""
    groups, current = [], ""
    for heading, holder, nodes in _holders(outline.sections, section):
        sections = [node.section for node in nodes]
        groups.append(_group(heading, holder, sections, section))
        if section in sections:
            current = _spot_of(holder, sections, section)
    return Spots(groups, current)


def _holders(
    tops: list[SectionOutline], moving: Section | None
) -> Iterator[tuple[str, Section | None, list[SectionOutline]]]:
    """Yield everything that sections may stand in, with its path and what stands in it; nothing of what moves."""
    yield TOP, None, tops
    paths = {top.section.pk: quoted(top.section.heading) for top in tops}
    waiting = list(reversed(tops))
    while waiting:
        node = waiting.pop()
        if node.section == moving:
            continue
        path = paths[node.section.pk]
        yield f"{path}の下", node.section, node.children
        for child in node.children:
            paths[child.section.pk] = f"{path} ＞ {quoted(child.section.heading)}"
        waiting += reversed(node.children)


def _group(heading: str, holder: Any, inside: Sequence[Any], moving: Any) -> SpotGroup:
    others = [one for one in inside if one != moving]
    return SpotGroup(heading, [Spot(holder, after) for after in (None, *others)])


def _spot_of(holder: Any, inside: Sequence[Any], part: Any) -> str:
    behind = inside.index(part)
    return Spot(holder, inside[behind - 1] if behind else None).value
