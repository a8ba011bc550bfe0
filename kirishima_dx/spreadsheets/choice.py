"""Choices as people write them in a cell."""

import re
from collections.abc import Mapping

from kirishima_dx.typed_text import name_key

_CIRCLED = re.compile("[①-⑳]")


def _choice_key(text: str) -> tuple[str, str]:
    """Return the circled digit in front of a choice, if any, and the rest of it."""
    stripped = text.strip()
    digit = stripped[:1] if _CIRCLED.match(stripped) else ""
    return digit, name_key(stripped.removeprefix(digit))


def choice(text: str, labels: Mapping[str, str]) -> str | None:
    """Return the value (the key of `labels`) whose label was written, or None: never a guess.

    Widths, spaces and line breaks do not matter, and a circled digit in front may be there or not; a wrong one may not.
    """
    digit, word = _choice_key(text)
    if not word:
        return None
    fitting = []
    for value, label in labels.items():
        own_digit, own_word = _choice_key(label)
        if own_word == word and (not digit or not own_digit or digit == own_digit):
            fitting.append(value)
    return fitting[0] if len(fitting) == 1 else None
