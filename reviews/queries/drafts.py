"""The draft edition on its way to adoption."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from plans.comparison import ItemChange, TextChange, fate_of
from plans.enums import EditionStatus, Fate
from plans.models import Edition, FocusItemText, Plan, Policy
from plans.queries import EditionOutline, edition_outline
from reviews.enums import AmendmentKind
from reviews.models import Amendment
from reviews.queries.amended_items import (
    AmendedItem,
    AxisGroup,
    fate_counts,
    grouped_by_policy,
)
from reviews.queries.revisions import Revision, revision


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of adoption, and the item (code) where it is mended."""

    message: str
    code: str = ""


@dataclass
class DraftReview:
    """A draft on its way to adoption: what became of every item and why, what stands in the way.

    The first 案 has no base; its items are compared with the wording it was loaded with.
    """

    outline: EditionOutline
    items: list[AmendedItem]
    texts: list[TextChange]
    obstacles: list[Obstacle]

    @property
    def draft(self) -> Edition:
        return self.outline.edition

    @cached_property
    def axes(self) -> list[AxisGroup]:
        return grouped_by_policy(self.items, self.outline)

    @property
    def fate_counts(self) -> list[tuple[Fate, int]]:
        return fate_counts(self.items)

    @property
    def changed_items(self) -> list[AmendedItem]:
        items = (item for axis in self.axes for policy in axis.policies for item in policy.items)
        return [item for item in items if item.is_changed]

    @property
    def study_lost(self) -> int:
        return sum(item.change.loses_star for item in self.items)

    @property
    def study_gained(self) -> int:
        return sum(item.change.gains_star for item in self.items)

    def item(self, code: str) -> AmendedItem | None:
        return next((item for item in self.items if item.code == code), None)

    def digest(self) -> str:
        """Return a digest of all that adoption would fix: every text and every reason."""
        reasons = [amendment.pk for item in self.items for amendment in item.amendments]
        words = json.dumps([self.draft.pk, self.outline.texts(), reasons], ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


def draft_of(plan: Plan | None) -> Edition | None:
    """Return the draft edition that is open, with its base."""
    return (
        Edition.objects.filter(plan=plan, status=EditionStatus.DRAFT)
        .select_related("plan", "base")
        .first()
    )


def draft_review(draft: Edition) -> DraftReview:
    """Return a draft with all that became of its items, in a fixed number of queries."""
    if draft.base is None:
        outline = edition_outline(draft)
        items = _items_since_loading(outline)
        return DraftReview(outline, items, [], _obstacles(outline, items, None))
    revised = revision(draft.base, draft)
    return DraftReview(
        revised.new,
        revised.items,
        revised.comparison.texts,
        _obstacles(revised.new, revised.items, revised),
    )


def _items_since_loading(outline: EditionOutline) -> list[AmendedItem]:
    amendments: dict[int, list[Amendment]] = defaultdict(list)
    for amendment in outline.edition.amendments.select_related("edition"):
        amendments[amendment.focus_item_id].append(amendment)
    added = {
        key
        for key, acts in amendments.items()
        if any(act.kind == AmendmentKind.NEW for act in acts)
    }
    before = _loaded_texts(outline)
    items = []
    for text in outline.items:
        key = text.focus_item_id
        old = before.pop(key, None if key in added else text)
        items.append(AmendedItem(ItemChange(fate_of(old, text), old, text), amendments[key]))
    for key, old in before.items():
        items.append(AmendedItem(ItemChange(Fate.ENDED, old, None), amendments[key]))
    return items


def _loaded_texts(outline: EditionOutline) -> dict[int, FocusItemText]:
    """Return the wordings an edition was loaded with: those that nobody signed."""
    policies = {
        policy.policy.pk: policy.policy for axis in outline.axes for policy in axis.policies
    }
    texts: dict[int, FocusItemText] = {}
    records = FocusItemText.history.filter(
        edition_id=outline.edition.pk, history_type="+", history_user=None
    )
    for record in records.select_related("focus_item"):
        text = record.instance
        text.edition, text.policy, text.focus_item = (
            outline.edition,
            policies[record.policy_id],
            record.focus_item,
        )
        texts[text.focus_item_id] = text
    return texts


def _obstacles(
    outline: EditionOutline, items: list[AmendedItem], revised: Revision | None
) -> list[Obstacle]:
    obstacles = [
        Obstacle(f"{item.place}「{item.title}」の取組の概要が空です。", item.focus_item.code)
        for item in outline.items
        if not item.overview.strip()
    ]
    if not outline.items:
        obstacles.append(Obstacle("重点項目が一つもありません。"))
    for item in items:
        text = item.change.either
        obstacles += [
            Obstacle(f"{text.place}「{text.title}」の{kind.label}に理由がありません。", item.code)
            for kind in item.unexplained
        ]
    if revised is not None and revised.comparison.is_empty:
        obstacles.append(Obstacle(f"{revised.old.edition.name}から何も変わっていません。"))
    return obstacles


@dataclass(frozen=True)
class Wording:
    """What a draft said of an item at some moment, and who left it so."""

    title: str
    overview: str
    is_study: bool
    by_name: str = ""
    at: datetime | None = None


def wording_at(text: FocusItemText, version: int) -> Wording | None:
    """Return the wording of a draft text in one of its versions; None where no record tells it."""
    record = (
        FocusItemText.history.filter(id=text.pk, version=version)
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
        .first()
    )
    if record is not None:
        user = record.history_user
        name = user.display_name if user else ""
        return Wording(record.title, record.overview, record.is_study, name, record.history_date)
    base = text.edition.base
    if base is None or version != 1:
        return None
    first = base.item_texts.filter(focus_item_id=text.focus_item_id).first()
    if first is None:
        return None
    return Wording(first.title, first.overview, first.is_study)


def draft_text(draft: Edition, code: str) -> FocusItemText | None:
    """Return what a draft says of an item; None where it does not hold it."""
    texts = draft.item_texts.select_related("policy__axis", "edition__base", "focus_item")
    return texts.filter(focus_item__code=code).first()


def draft_policy(draft: Edition, code: str) -> Policy | None:
    """Return the policy of a draft called e.g. 1-A."""
    policies = draft.policies.select_related("axis", "edition")
    return next((policy for policy in policies if policy.code == code), None)
