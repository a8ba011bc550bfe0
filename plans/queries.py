"""Page-shaped reads of the plan's text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest

from plans.models import Axis, Edition, Erratum, FocusItemText, Plan, Policy, Section
from plans.section_text import search_text


@dataclass
class PolicyOutline:
    policy: Policy
    items: list[FocusItemText] = field(default_factory=list)


@dataclass
class AxisOutline:
    axis: Axis
    policies: list[PolicyOutline] = field(default_factory=list)

    @property
    def items(self) -> list[FocusItemText]:
        return [item for policy in self.policies for item in policy.items]


@dataclass
class SectionOutline:
    """A section with those below it; `depth` is 1 at the top."""

    section: Section
    depth: int = 1
    children: "list[SectionOutline]" = field(default_factory=list)

    def walk(self) -> "Iterator[SectionOutline]":
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class EditionOutline:
    """One edition, whole: sections as a tree, axes → policies → items, everything in document order."""

    edition: Edition
    axes: list[AxisOutline]
    sections: list[SectionOutline]

    @cached_property
    def items(self) -> list[FocusItemText]:
        return [item for axis in self.axes for item in axis.items]

    @property
    def study_count(self) -> int:
        return sum(item.is_study for item in self.items)

    def walk_sections(self) -> Iterator[SectionOutline]:
        for section in self.sections:
            yield from section.walk()

    def headings(self) -> dict[str, str]:
        """Return the headings of all sections by their key."""
        return {node.section.key: node.section.heading for node in self.walk_sections()}

    def texts(self) -> dict[str, str]:
        """Return every text by its place, as `PlanFile.texts` does."""
        texts: dict[str, str] = {}
        for axis in self.axes:
            for name in ("name", "english", "tagline"):
                texts[f"axes/{axis.axis.number}/{name}"] = getattr(axis.axis, name)
            for policy in axis.policies:
                texts[f"policies/{policy.policy.code}/name"] = policy.policy.name
        for item in self.items:
            place = f"items/{item.place}"
            texts[f"{place}/title"] = item.title
            texts[f"{place}/overview"] = item.overview
            texts[f"{place}/is_study"] = "★" if item.is_study else ""
        keys = {node.section.pk: node.section.key for node in self.walk_sections()}
        for node in self.walk_sections():
            section, place = node.section, f"sections/{node.section.key}"
            for name in ("number", "title", "body", "kind"):
                texts[f"{place}/{name}"] = getattr(section, name)
            texts[f"{place}/is_supplied"] = "yes" if section.is_supplied else ""
            texts[f"{place}/parent"] = keys[section.parent_id] if section.parent_id else ""
        return texts


def served_plan(request: HttpRequest) -> Plan | None:
    """Return the plan that this installation shows, asked once a request."""
    if not hasattr(request, "_served_plan"):
        request._served_plan = Plan.objects.served()  # type: ignore[attr-defined]
    plan: Plan | None = request._served_plan  # type: ignore[attr-defined]
    return plan


def edition_outline(edition: Edition) -> EditionOutline:
    """Return one edition whole, in three queries whatever its size. (A plan file has no axis without a policy.)"""
    axes: dict[int, AxisOutline] = {}
    policies: dict[int, PolicyOutline] = {}
    for policy in edition.policies.select_related("axis").order_by("axis__number", "letter"):
        axis = axes.setdefault(policy.axis_id, AxisOutline(policy.axis))
        policy.axis = axis.axis
        policies[policy.pk] = PolicyOutline(policy)
        axis.policies.append(policies[policy.pk])
    for item in edition.item_texts.select_related("focus_item").order_by("number"):
        outline = policies[item.policy_id]
        item.policy, item.edition = outline.policy, edition
        outline.items.append(item)
    return EditionOutline(edition, list(axes.values()), section_tree(edition))


def section_tree(edition: Edition) -> list[SectionOutline]:
    """Return the top sections of an edition with all below them."""
    nodes = {section.pk: SectionOutline(section) for section in edition.sections.order_by("order")}
    tops = []
    for node in nodes.values():
        parent = nodes.get(node.section.parent_id) if node.section.parent_id else None
        if parent is None:
            tops.append(node)
        else:
            node.depth = parent.depth + 1
            parent.children.append(node)
    return tops


@dataclass
class Hit:
    """A place of the plan where the words were found: its anchor, its heading, and the words around."""

    anchor: str
    heading: str
    before: str
    match: str
    after: str


def search(outline: EditionOutline, words: str, *, around: int = 40) -> list[Hit]:
    """Return where the words stand in an edition, in document order, letter case aside; nothing for no words."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    hits = []
    for node in outline.walk_sections():
        section = node.section
        text = f"{section.heading}\n{search_text(section.body)}"
        hits += _hits(section.key, section.heading, text, wanted, around)
    for item in outline.items:
        heading = f"{item.place} {item.title}"
        hits += _hits(f"item-{item.place}", heading, f"{heading}\n{item.overview}", wanted, around)
    return hits


def _hits(anchor: str, heading: str, text: str, wanted: str, around: int) -> list[Hit]:
    position = text.casefold().find(wanted)
    if position < 0:
        return []
    end = position + len(wanted)
    return [
        Hit(
            anchor,
            heading,
            text[max(0, position - around) : position].split("\n")[-1],
            text[position:end],
            text[end : end + around].split("\n")[0],
        )
    ]


def errata_by_place(edition: Edition) -> dict[str, list[Erratum]]:
    """Return the errata of an edition by the place they name."""
    by_place: dict[str, list[Erratum]] = defaultdict(list)
    for erratum in edition.errata.order_by("order"):
        by_place[erratum.place].append(erratum)
    return by_place
