"""The draft as a document: all its text in order, with what changed, why, and what is said of it.

Pure: takes a review that was read already. What ended stands where it stood.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kirishima_dx.text_diff import Run, marks
from plans.comparison.parts import Part, part_label
from plans.enums import SectionKind
from plans.models import Axis, Edition, Policy, Section
from plans.places import lasting_anchor, lasting_place
from plans.queries import SectionOutline
from revisions.papers.explained import AmendedItem, AmendedPart
from revisions.queries.drafts import DraftReview
from revisions.queries.marked_text import PLAIN, MarkedBlock, marked_blocks


@dataclass(frozen=True)
class Talk:
    """How much was said of a text, and how many questions about it are open."""

    said: int = 0
    open: int = 0


@dataclass
class PartNode:
    """A text that is no item; `amended` where it differs from the base."""

    part: Part
    amended: AmendedPart | None
    talk: Talk

    @property
    def place(self) -> str:
        return lasting_place(self.part)

    @property
    def label(self) -> str:
        return part_label(self.part)

    @property
    def key(self) -> str:
        return self.place.partition("/")[2]

    @property
    def anchor(self) -> str:
        """Return where it stands on the page of the draft."""
        return lasting_anchor(self.place)

    @property
    def name_runs(self) -> list[Run]:
        """Return its name or heading, with what changed of it."""
        match self.part:
            case Section():
                return self._runs("見出し", self.part.heading)
            case Axis() | Policy():
                return self._runs("名称", self.part.name)
            case _:
                return self._runs("", self.label)

    @property
    def cover_runs(self) -> list[tuple[str, list[Run]]]:
        """Return who issued the edition and for which years, with what changed; of other parts nothing."""
        if not isinstance(self.part, Edition):
            return []
        issuer = self._runs("策定者", self.part.issuer)
        return [("", issuer), ("計画期間", self._runs("計画期間", self.part.period))]

    @property
    def english_runs(self) -> list[Run]:
        return self._runs("英語の語", self.part.english if isinstance(self.part, Axis) else "")

    @property
    def tagline_runs(self) -> list[Run]:
        return self._runs("標語", self.part.tagline if isinstance(self.part, Axis) else "")

    def _runs(self, label: str, text: str) -> list[Run]:
        lines = self.amended.change.lines if self.amended else []
        return next((line.runs for line in lines if line.label == label), marks(text, text))

    @property
    def is_ended(self) -> bool:
        return self.amended is not None and self.amended.change.new is None

    @property
    def is_new(self) -> bool:
        return self.amended is not None and self.amended.change.old is None

    @property
    def is_noted(self) -> bool:
        """Whether there is something to see: a change, or an open question."""
        return self.amended is not None or bool(self.talk.open)


@dataclass(eq=False)
class SectionNode(PartNode):
    """A section with those below it; `axis` as in SectionOutline."""

    part: Section
    depth: int = 1
    axis: Axis | None = None
    children: "list[SectionNode]" = field(default_factory=list)

    @property
    def section(self) -> Section:
        return self.part

    @property
    def blocks(self) -> list[MarkedBlock]:
        """Return the body with what changed of it; empty where nothing did."""
        return marked_blocks(self.amended.change.paragraphs) if self.amended else []

    @property
    def changed_blocks(self) -> list[MarkedBlock]:
        """Return what changed of the body, without what stayed."""
        return [block for block in self.blocks if block.kind != PLAIN]

    @property
    def holds_items(self) -> bool:
        return self.part.kind == SectionKind.ITEMS

    def walk(self) -> "Iterator[SectionNode]":
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def noted(self) -> "list[SectionNode]":
        """Return what there is to see of it and of those below it."""
        return [node for node in self.walk() if node.is_noted]

    @property
    def shows_open(self) -> bool:
        """Whether its chapter is unfolded: for what there is to see, and for the items."""
        return any(node.is_noted or node.holds_items for node in self.walk())


@dataclass
class ItemNode:
    item: AmendedItem
    talk: Talk


@dataclass
class PolicyNode(PartNode):
    items: list[ItemNode] = field(default_factory=list)

    @property
    def standing_numbers(self) -> list[int]:
        texts = (one.item.change.new for one in self.items)
        return sorted(text.number for text in texts if text is not None)

    @property
    def standing_count(self) -> int:
        return len(self.standing_numbers)

    @property
    def has_gaps(self) -> bool:
        """Whether the items that stand in it are not numbered from 1 on."""
        return self.standing_numbers != list(range(1, self.standing_count + 1))


@dataclass
class AxisNode(PartNode):
    policies: list[PolicyNode] = field(default_factory=list)

    @property
    def item_count(self) -> int:
        return sum(policy.standing_count for policy in self.policies)


@dataclass
class DraftDocument:
    """A draft in the order of the plan; `gone` are axes and policies that ended with nothing left in them."""

    review: DraftReview
    cover: PartNode
    sections: list[SectionNode]
    axes: list[AxisNode]
    gone: list[PartNode]
    whole: Talk

    @property
    def noted_sections(self) -> list[SectionNode]:
        return [node for top in self.sections for node in top.noted]

    @property
    def noted_parts(self) -> list[PartNode]:
        """Return cover, axes and policies with something to see."""
        shown = [self.cover, *self.gone]
        for axis in self.axes:
            shown += [axis, *axis.policies]
        return [node for node in shown if node.is_noted]

    @property
    def has_place_for_items(self) -> bool:
        return self.review.outline.has_place_for_items


class _Builder:
    """Knows, of each text of a draft, what changed and what was said."""

    def __init__(self, review: DraftReview) -> None:
        self.review = review
        self._parts = {part.change.place: part for part in review.parts}
        self._said = Counter(
            _key(comment.focus_item_id, comment.place) for comment in review.comments
        )
        self._open = Counter(
            _key(comment.focus_item_id, comment.place) for comment in review.open_questions
        )

    def talk(self, *, item: int | None = None, place: str = "") -> Talk:
        key = _key(item, place)
        return Talk(self._said[key], self._open[key])

    def about(self, part: Part) -> tuple[Part, AmendedPart | None, Talk]:
        place = lasting_place(part)
        return part, self._parts.get(place), self.talk(place=place)

    def axes(self) -> list[AxisNode]:
        return [
            AxisNode(
                *self.about(axis.axis),
                policies=[
                    PolicyNode(*self.about(policy.policy), items=self._items(policy.items))
                    for policy in axis.policies
                ],
            )
            for axis in self.review.axes
        ]

    def _items(self, items: list[AmendedItem]) -> list[ItemNode]:
        return [ItemNode(item, self.talk(item=item.change.focus_item.pk)) for item in items]

    def gone(self, axes: list[AxisNode]) -> list[PartNode]:
        """Return the axes and policies that ended and are not shown for the items that ended in them."""
        shown = {node.place for axis in axes for node in (axis, *axis.policies)}
        ended = (part for part in self.review.parts if part.change.new is None)
        return [
            PartNode(*self.about(part.change.either))
            for part in ended
            if part.change.group in ("axes", "policies") and part.change.place not in shown
        ]

    def sections(self) -> list[SectionNode]:
        tops = [self._section(node) for node in self.review.outline.sections]
        if self.review.revised is not None:
            self._put_back(self.review.revised.old.sections, tops)
        return tops

    def _section(self, outline: SectionOutline) -> SectionNode:
        return SectionNode(
            *self.about(outline.section),  # type: ignore[arg-type]  # A section's part is a section.
            depth=outline.depth,
            axis=outline.axis,
            children=[self._section(child) for child in outline.children],
        )

    def _put_back(self, before: list[SectionOutline], tops: list[SectionNode]) -> None:
        """Put the sections that ended behind the neighbours they had, in what they stood in."""
        standing = {node.section.key: node for top in tops for node in top.walk()}
        waiting: list[tuple[SectionNode | None, list[SectionOutline]]] = [(None, before)]
        while waiting:
            parent, siblings = waiting.pop()
            beside = parent.children if parent else tops
            behind = 0
            for outline in siblings:
                node = standing.get(outline.section.key)
                if node is None:
                    node = SectionNode(*self.about(outline.section), depth=outline.depth)  # type: ignore[arg-type]  # As above.
                    beside.insert(behind, node)
                if node in beside:
                    behind = beside.index(node) + 1
                waiting.append((node, outline.children))


def _key(item: int | None, place: str) -> int | str:
    return item if item is not None else place


def draft_document(review: DraftReview) -> DraftDocument:
    """Return a draft in the order of the plan. Asks no database."""
    build = _Builder(review)
    axes = build.axes()
    return DraftDocument(
        review=review,
        cover=PartNode(*build.about(review.draft)),
        sections=build.sections(),
        axes=axes,
        gone=build.gone(axes),
        whole=build.talk(),
    )
