"""Page-shaped reads of the plan's text."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from kirishima_dx.text_diff import Run, diff
from plans.enums import SectionKind
from plans.models import (
    Axis,
    Descent,
    Edition,
    Erratum,
    FocusItem,
    FocusItemText,
    Plan,
    Policy,
    Section,
)
from plans.places import Place, locate


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
    """A section with those below it; `depth` is 1 at the top. `axis` is the one whose name it bears."""

    section: Section
    depth: int = 1
    axis: Axis | None = None
    children: "list[SectionOutline]" = field(default_factory=list)

    def walk(self) -> "Iterator[SectionOutline]":
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class EditionOutline:
    """One edition, whole: sections as a tree, axes → policies → items, in document order."""

    edition: Edition
    axes: list[AxisOutline]
    sections: list[SectionOutline]

    @cached_property
    def items(self) -> list[FocusItemText]:
        return [item for axis in self.axes for item in axis.items]

    @property
    def study_count(self) -> int:
        return sum(item.is_study for item in self.items)

    @cached_property
    def has_place_for_items(self) -> bool:
        """Whether a section says where the items stand; otherwise they come last."""
        return any(node.section.kind == SectionKind.ITEMS for node in self.walk_sections())

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


def edition_outline(edition: Edition) -> EditionOutline:
    """Return one edition whole, in three queries whatever its size (no axis of it is without a policy)."""
    return _outline(edition, {})


def draft_outline(draft: Edition) -> EditionOutline:
    """Return a draft whole, with the axes that are still empty, in four queries."""
    return _outline(draft, {axis.pk: AxisOutline(axis) for axis in draft.axes.order_by("number")})


def _outline(edition: Edition, axes: dict[int, AxisOutline]) -> EditionOutline:
    policies: dict[int, PolicyOutline] = {}
    for policy in edition.policies.select_related("axis").order_by("axis__number", "letter"):
        axis = axes.setdefault(policy.axis_id, AxisOutline(policy.axis))
        policy.axis, policy.edition = axis.axis, edition
        policies[policy.pk] = PolicyOutline(policy)
        axis.policies.append(policies[policy.pk])
    for item in edition.item_texts.select_related("focus_item").order_by("number"):
        outline = policies[item.policy_id]
        item.policy, item.edition = outline.policy, edition
        outline.items.append(item)
    return EditionOutline(
        edition, list(axes.values()), section_tree(edition, [a.axis for a in axes.values()])
    )


def section_tree(edition: Edition, axes: list[Axis]) -> list[SectionOutline]:
    """Return the top sections of an edition with all below them."""
    by_name = {axis.name: axis for axis in axes}
    nodes = {
        section.pk: SectionOutline(section, axis=by_name.get(section.title))
        for section in edition.sections.order_by("order")
    }
    tops = []
    for node in nodes.values():
        parent = nodes.get(node.section.parent_id) if node.section.parent_id else None
        if parent is None:
            tops.append(node)
        else:
            node.section.parent = parent.section
            node.depth = parent.depth + 1
            parent.children.append(node)
    return tops


def descents_between(old: Edition, new: Edition) -> list[Descent]:
    """Return how items went over into others in the editions after the old one up to the new one, earliest first."""
    descents = (
        Descent.objects.filter(edition__plan=new.plan_id)
        .select_related("edition")
        .order_by("edition__major", "edition__minor", "pk")
    )
    return [descent for descent in descents if descent.edition.leads(old, new)]


def errata_by_anchor(edition: Edition) -> dict[str, list[Erratum]]:
    """Return the errata of an edition by the anchor of the text that they speak of."""
    by_anchor: dict[str, list[Erratum]] = defaultdict(list)
    for erratum in edition.errata.order_by("order"):
        by_anchor[locate(erratum.place).anchor].append(erratum)
    return dict(by_anchor)


@dataclass(frozen=True)
class ErratumRow:
    """One erratum with its words compared, and where the text stands on the page of its edition."""

    erratum: Erratum
    place: Place
    runs: list[Run]

    @property
    def url(self) -> str:
        page = self.erratum.edition.get_absolute_url()
        return f"{page}#{self.place.anchor}" if self.place.anchor else page


@dataclass(frozen=True)
class ErratumList:
    """The errata of one edition."""

    edition: Edition
    rows: list[ErratumRow]


def edition_errata(editions: list[Edition]) -> list[ErratumList]:
    """Return the errata of editions, in two queries; a draft that has none is left out."""
    headings: dict[int, dict[str, str]] = defaultdict(dict)
    for section in Section.objects.filter(edition__in=editions).defer("body"):
        headings[section.edition_id][section.key] = section.heading
    rows: dict[int, list[ErratumRow]] = defaultdict(list)
    by_pk = {edition.pk: edition for edition in editions}
    for erratum in Erratum.objects.filter(edition__in=editions).order_by("order"):
        erratum.edition = by_pk[erratum.edition_id]
        place = locate(erratum.place, headings[erratum.edition_id])
        rows[erratum.edition_id].append(
            ErratumRow(erratum, place, diff(erratum.wrong, erratum.right))
        )
    lists = (ErratumList(edition, rows[edition.pk]) for edition in editions)
    return [one for one in lists if one.rows or not one.edition.is_draft]


def item_in_editions(plan: Plan, code: str, editions: list[Edition]) -> list[FocusItemText]:
    """Return what the editions say of an item, oldest first."""
    texts = FocusItemText.objects.filter(
        focus_item__plan=plan, focus_item__code=code, edition__in=editions
    ).select_related("edition__plan", "policy__axis", "focus_item")
    return sorted(texts, key=lambda text: text.edition)


def latest_titles(items: Collection[FocusItem]) -> dict[int, str]:
    """Return what items are called, by their keys: as the newest adopted edition that has them words it."""
    texts = FocusItemText.objects.filter(
        focus_item__in=items, edition__in=Edition.objects.adopted()
    )
    in_order = texts.order_by("edition__major", "edition__minor")
    return dict(in_order.values_list("focus_item_id", "title"))


def dropped_wording(draft: Edition, focus_item: FocusItem) -> FocusItemText | None:
    """Return with which words an item that a draft dropped would come back: its base's, else the draft's last ones."""
    records = FocusItemText.history.filter(edition_id=draft.pk, focus_item_id=focus_item.pk)
    last = records.order_by("-history_id").first()
    base = draft.base.item_texts.filter(focus_item=focus_item).first() if draft.base else None
    if last is None:
        return base
    dropped: FocusItemText = last.instance
    if base is not None:
        # A form opened on the dropped text must not pass for one opened on the restored text (G4).
        base.version = dropped.version
        return base
    if not Policy.objects.filter(pk=dropped.policy_id).exists():
        dropped.policy = former_policy(dropped.policy_id)
    return dropped


def former_policy(key: int) -> Policy:
    """Return a policy that a draft dropped as it was first recorded, and its axis likewise where that is gone too."""
    policy: Policy = _first_record(Policy, key).instance
    axis = Axis.objects.filter(pk=policy.axis_id).first()
    policy.axis = axis or _first_record(Axis, policy.axis_id).instance
    return policy


def _first_record(kind: type[Axis] | type[Policy], key: int) -> Any:
    return kind.history.filter(id=key).order_by("history_id")[0]


@dataclass(frozen=True)
class WordingReason:
    """Why somebody changed what a draft says of an item, and when."""

    reason: str
    by: str
    at: datetime


def wording_reasons(focus_item: FocusItem) -> dict[int, list[WordingReason]]:
    """Return why an item's wording was changed, by edition (its pk), oldest first; what was loaded has no reason."""
    records = FocusItemText.history.filter(
        focus_item_id=focus_item.pk, history_user__isnull=False
    ).exclude(history_change_reason="")
    user = ("history_user__name", "history_user__username")
    told = records.order_by("history_id").values_list(
        "edition_id", "history_change_reason", "history_date", *user
    )
    reasons: dict[int, list[WordingReason]] = defaultdict(list)
    for edition, reason, at, name, username in told:
        by = name or username  # As User.display_name has it.
        reasons[edition].append(WordingReason(reason, by, at))
    return reasons
