"""The way back from an act that is easily done by mistake: what was done is told together with it."""

import json
from dataclasses import asdict, dataclass, field

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_MARK = "way-back:"


@dataclass(frozen=True)
class WayBack:
    """How an act is taken back: at once by a form that sends `fields`, or on a page that asks for more.

    `label` is the name that the act has everywhere; 「取り消す」 is said of what is taken back at once.
    """

    url: str
    label: str = "取り消す"
    fields: dict[str, int | str] = field(default_factory=dict)


def tell_done(request: HttpRequest, text: str, way_back: WayBack) -> None:
    """Tell that something was done, and carry the way back to the page that shows it."""
    messages.success(request, text, extra_tags=_MARK + json.dumps(asdict(way_back)))


def way_back_of(message: Message) -> WayBack | None:
    """Return the way back that a message carries."""
    tags = message.extra_tags or ""
    return WayBack(**json.loads(tags.removeprefix(_MARK))) if tags.startswith(_MARK) else None
