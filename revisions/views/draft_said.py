"""What was saved of a draft, said on its page beside the text: whoever changes twenty texts in a row sees it there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from revisions.queries.draft_document import DraftDocument
from revisions.views.draft_loading import item_anchor


@dataclass(frozen=True)
class Said:
    """Messages by the anchor of the text that they are shown at, and those that stand at the top of the page.

    `chapters` are the keys of those with a message in them.
    """

    beside: dict[str, list[Message]]
    on_top: list[Message]
    chapters: set[str]


def say_at(
    request: HttpRequest, anchor: str, message: str, *, level: int = messages.SUCCESS
) -> None:
    """Say something of the text at an anchor of the page of the draft, e.g. item-1-A-1."""
    messages.add_message(request, level, message, extra_tags=anchor)


def said_beside(request: HttpRequest, document: DraftDocument) -> Said:
    """Take the messages that wait; one about a text that is drawn no more stands at the top."""
    said = Said(defaultdict(list), [], set())
    drawn = set(_anchors(document))
    for message in messages.get_messages(request):
        at = said.beside[message.extra_tags] if message.extra_tags in drawn else said.on_top
        at.append(message)
    for top in document.sections:
        if any(node.anchor in said.beside for node in top.walk()):
            said.chapters.add(top.key)
    return said


def _anchors(document: DraftDocument) -> Iterator[str]:
    yield document.cover.anchor
    for top in document.sections:
        yield from (node.anchor for node in top.walk())
    for axis in document.axes:
        yield axis.anchor
        for policy in axis.policies:
            yield policy.anchor
            yield from (item_anchor(row.item.code) for row in policy.items)
    yield from (node.anchor for node in document.gone)
