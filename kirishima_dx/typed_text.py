"""What people type, without the differences that mean nothing: width, spaces, capital letters."""

import re
import unicodedata

SEPARATORS = re.compile(r"[、，,；;\n]")
"""Between several names in one field."""


def narrow(text: str) -> str:
    """Return a text in narrow letters and digits, without spaces and line breaks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def name_key(text: str) -> str:
    """Return what is the same of all ways in which a name is written."""
    return narrow(text).casefold()


def parts_of(text: str) -> list[str]:
    """Return the names that stand in one field, without those that are empty."""
    return [part.strip() for part in SEPARATORS.split(text) if part.strip()]
