"""Pieces of HTML that are drawn by functions: each comes from format_html, and stays safe when they are joined."""

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString


def joined(pieces: Iterable[str], between: str = "") -> SafeString:
    """Put pieces one behind the other; one that is not known to be safe is escaped."""
    return format_html_join(between, "{}", ((piece,) for piece in pieces))
