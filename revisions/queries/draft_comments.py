"""What is said of a draft: opinions and questions, each under the text that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from plans.comparison.parts import Part, part_label
from plans.models import Edition, FocusItem, FocusItemText
from plans.places import COVER, lasting_anchor, lasting_place
from plans.queries import EditionOutline, draft_outline
from revisions.models import DraftComment

WHOLE = "whole"
"""What a form calls the draft as a whole."""
ITEMS = "items/"
Choice = tuple[str, str]


@dataclass(frozen=True)
class Topic:
    """A text of a draft that something may be said of: an item, another part by its place, or the whole."""

    value: str
    label: str
    focus_item: FocusItem | None = None

    @property
    def place(self) -> str:
        return "" if self.focus_item or self.value == WHOLE else self.value

    @property
    def anchor(self) -> str:
        """Return where it stands on the page of the draft."""
        if self.focus_item:
            return f"#item-{self.focus_item.code}"
        return f"#{lasting_anchor(self.place)}" if self.place else ""


@dataclass(frozen=True)
class TopicGroup:
    heading: str
    topics: list[Topic]


class Topics:
    """All texts of an edition and those of its base that it has no more, in the order of the plan."""

    def __init__(self, edition: Edition) -> None:
        self.groups = _groups(draft_outline(edition))
        self._by_value = {topic.value: topic for topic in _topics(self.groups)}
        if edition.base is not None:
            before = _topics(_groups(draft_outline(edition.base)))
            ended = [topic for topic in before if topic.value not in self._by_value]
            self.groups.append(TopicGroup(f"{edition.base.name}にだけあるもの", ended))
            self._by_value |= {topic.value: topic for topic in ended}

    def choices(self) -> list[tuple[str, list[Choice]]]:
        return [
            (group.heading, [(topic.value, topic.label) for topic in group.topics])
            for group in self.groups
            if group.topics
        ]

    def find(self, value: str) -> Topic:
        """Return the text that a form names. Raises KeyError where it was not offered."""
        return self._by_value[value]

    def of(self, comment: DraftComment) -> Topic:
        """Return what a comment is about; a text that is no more keeps the name of its place."""
        if comment.focus_item is not None:
            value, label = f"{ITEMS}{comment.focus_item.code}", comment.focus_item.code
        else:
            value = label = comment.place or WHOLE
        return self._by_value.get(value) or Topic(value, label, comment.focus_item)


@dataclass(frozen=True)
class CommentRow:
    comment: DraftComment
    topic: Topic

    @property
    def link(self) -> str:
        """Return the text on the page of the draft."""
        return f"{reverse('draft')}{self.topic.anchor}"


@dataclass(frozen=True)
class Discussion:
    """What was said of an edition while it was a draft, the latest last."""

    edition: Edition
    topics: Topics
    rows: list[CommentRow]

    @property
    def open_count(self) -> int:
        return sum(row.comment.is_open for row in self.rows)


def discussion(
    edition: Edition, *, topic: str = "", only_open: bool = False, topics: Topics | None = None
) -> Discussion:
    """Return what was said of an edition, or of one of its texts, in a fixed number of queries."""
    topics = topics or Topics(edition)
    found = edition.comments.select_related("focus_item").order_by("said_at", "pk")
    if topic == WHOLE:
        found = found.filter(focus_item=None, place="")
    elif topic:
        code = topic.removeprefix(ITEMS) if topic.startswith(ITEMS) else None
        found = found.filter(Q(focus_item__code=code) if code else Q(place=topic))
    if only_open:
        found = found.filter(is_question=True, settled_at=None)
    rows = [CommentRow(comment, topics.of(comment)) for comment in found]
    return Discussion(edition, topics, rows)


def _topics(groups: list[TopicGroup]) -> Iterator[Topic]:
    return (topic for group in groups for topic in group.topics)


def _groups(outline: EditionOutline) -> list[TopicGroup]:
    whole = [Topic(WHOLE, "案の全体"), Topic(COVER, part_label(outline.edition))]
    sections = [_part(node.section) for node in outline.walk_sections()]
    groups = [TopicGroup("全体", whole), TopicGroup("章・節", sections)]
    for axis in outline.axes:
        topics = [_part(axis.axis)]
        for policy in axis.policies:
            topics += [_part(policy.policy), *(_item(text) for text in policy.items)]
        groups.append(TopicGroup(part_label(axis.axis), topics))
    return groups


def _part(part: Part) -> Topic:
    return Topic(lasting_place(part), part_label(part))


def _item(text: FocusItemText) -> Topic:
    return Topic(f"{ITEMS}{text.focus_item.code}", str(text), text.focus_item)
