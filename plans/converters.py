"""Parts of an address that name something of a plan.

None of them matches a word by which another address goes on, so that no address depends on which of two patterns stands
first (tests/test_addresses.py).
"""

from django.urls import register_converter
from django.urls.converters import SlugConverter, StringConverter


class EditionNumber(StringConverter):
    """The number of an edition, e.g. 2.1, or what somebody takes for one; `editions/draft/` and its like are words."""

    regex = "[^/a-z][^/]*"


class LastingKey(SlugConverter):
    """What an axis, a policy or a section keeps through all editions; `add` is where a new one is written."""

    regex = f"(?!add/){SlugConverter.regex}"


class TextPlace(StringConverter):
    """A lasting place in the text, e.g. items/1-A-3 (plans/places.py)."""

    regex = "(?:items|axes|policies|sections)/[^/]+"


def register() -> None:
    """Let the patterns of every app use them."""
    register_converter(EditionNumber, "edition")
    register_converter(LastingKey, "key")
    register_converter(TextPlace, "place")
