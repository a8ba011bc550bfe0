"""How the changed words of a text are drawn: a function that returns safe HTML, every value escaped."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from kirishima_dx.safe_html import fill, joined
from kirishima_dx.text_diff import Run

DIFF = '<span class="diff">{}</span>'
SIDE = '<span class="diff diff--sides">{}</span>'
MARKS = {"same": "{}", "new": "<ins>{}</ins>", "old": "<del>{}</del>"}
OTHER = {"new": "old", "old": "new"}


def changed_words(runs: Iterable[Run], side: str = "") -> SafeString:
    """Draw both texts at once, additions underlined and omissions struck out.

    With a `side` ("new" or "old"), as in a table of two columns, only the words of that side, the changed ones marked.
    """
    left_out = OTHER.get(side)
    words = joined(fill(MARKS[run.kind], run.text) for run in runs if run.kind != left_out)
    return fill(SIDE if side else DIFF, words)
