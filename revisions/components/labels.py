"""What a draft does to an item or a part, as labels. Every value is escaped."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

from django.utils.safestring import SafeString

from kirishima_dx.safe_html import fill, joined
from revisions.enums import AmendmentKind

LABEL = '<span class="label label--{}">{}</span> '


class Amended(Protocol):
    """An AmendedItem, an AmendedPart, or Remarks."""

    @property
    def kinds(self) -> Iterable[AmendmentKind]: ...
    @property
    def unexplained(self) -> Sequence[AmendmentKind]: ...
    @property
    def lacks_decision(self) -> bool: ...


def amended_labels(item: Amended) -> SafeString:
    """Draw the kinds of the changes, and what is still to be given for them, each word once."""
    kinds = [(str(kind), str(kind.label)) for kind in item.kinds]
    lacking = [("unexplained", word) for word, _ in groupby(_lacking(item))]
    return joined(fill(LABEL, look, word) for look, word in [*kinds, *lacking])


def _lacking(item: Amended) -> list[str]:
    concretises = AmendmentKind.CONCRETISE
    return [
        "決定なし" if kind == concretises and item.lacks_decision else "理由なし"
        for kind in item.unexplained
    ]
