"""The draft edition on its way to adoption."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from plans.comparison.items import FateRow
from plans.draft_changes import items_since_loading
from plans.models import Edition, FocusItemText, Policy
from plans.queries import EditionOutline, draft_outline
from revisions.models import DraftComment
from revisions.obstacles import Obstacle
from revisions.papers.explained import AmendedItem, AmendedPart
from revisions.papers.item_groups import AxisGroup, ChangeCount, change_counts, grouped_by_policy
from revisions.papers.revision import Revision
from revisions.queries.amendments import Amendments
from revisions.queries.draft_obstacles import (
    TextNames,
    empty_places,
    nothing_changed,
    open_questions,
    same_numbers,
    text_names,
    unexplained,
)
from revisions.queries.revisions import revision


@dataclass
class DraftReview:
    """A draft on its way to adoption: what became of everything and why, what is being asked, what stands in the way.

    The first 案 has no base; its items are compared with the wording it was loaded with.
    """

    outline: EditionOutline
    items: list[AmendedItem]
    parts: list[AmendedPart]
    comments: list[DraftComment]
    amendment_keys: list[int]
    revised: Revision | None

    @property
    def draft(self) -> Edition:
        return self.outline.edition

    @cached_property
    def axes(self) -> list[AxisGroup]:
        return grouped_by_policy(self.items, self.outline)

    @property
    def change_counts(self) -> list[ChangeCount]:
        return change_counts(self.items)

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

    @property
    def open_questions(self) -> list[DraftComment]:
        return [comment for comment in self.comments if comment.is_open]

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """Return what stands in the way of adoption, in the order of the plan."""
        return [
            *empty_places(self.outline),
            *same_numbers(self.outline),
            *unexplained(self.items, self.parts),
            *open_questions(self.open_questions, self.names),
            *nothing_changed(self.revised),
        ]

    @cached_property
    def names(self) -> TextNames:
        return text_names(self.outline, self.items, self.parts)

    @property
    def fates(self) -> list[FateRow]:
        """Return the fates to be recorded at adoption; none for the first edition, which nothing came before."""
        return list(self.revised.comparison.fates) if self.revised else []

    def item(self, code: str) -> AmendedItem | None:
        return next((item for item in self.items if item.code == code), None)

    def part(self, place: str) -> AmendedPart | None:
        return next((part for part in self.parts if part.change.place == place), None)

    def digest(self) -> str:
        """Return a digest of all that adoption would fix: every text, place, descent and reason; and of how often an
        adoption was called off, so that a form opened before that adopts nothing."""
        fates = [
            (row.fate, row.before and row.before.code, row.after and row.after.code)
            for row in self.fates
        ]
        recalls = self.draft.recalls.count()
        cover = [self.draft.pk, self.draft.period, self.draft.issuer, recalls]
        words = json.dumps(
            [cover, self.outline.texts(), fates, self.amendment_keys], ensure_ascii=False
        )
        return hashlib.sha256(words.encode()).hexdigest()


def draft_review(draft: Edition) -> DraftReview:
    """Return a draft with all that became of its text, in a fixed number of queries."""
    comments = list(draft.comments.select_related("focus_item").order_by("said_at", "pk"))
    if draft.base is None:
        outline, amendments = draft_outline(draft), Amendments([draft])
        items = amendments.items(items_since_loading(outline))
        return DraftReview(outline, items, [], comments, amendments.keys(), None)
    revised = revision(draft.base, draft)
    return DraftReview(
        revised.new, revised.items, revised.parts, comments, revised.amendment_keys, revised
    )


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


def draft_policy(draft: Edition, key: str) -> Policy | None:
    """Return a policy of a draft by its lasting key or, where none has it, by the place it stands at, e.g. 1-A."""
    policies = list(draft.policies.select_related("axis", "edition"))
    by_place = (policy for policy in policies if policy.code == key)
    return next((policy for policy in policies if policy.key == key), next(by_place, None))
