"""What the words of a statement mean, for the pages on which they are shown."""

from typing import Any

from django import template

from initiatives.enums import shown_meanings
from initiatives.statement import BY_KEY

register = template.Library()


@register.inclusion_tag("initiatives/_legend.html")
def legend(*keys: str, today: bool = False) -> dict[str, Any]:
    """Draw what the words of some columns mean, folded up; with 未回答, where silence shows so.

    `today` says that the page is older than these words: what a sealed report meant stands in its own workbook (R1).
    """
    columns = [BY_KEY[key] for key in keys]
    return {
        "names": "・".join(column.label for column in columns),
        "is_of_today": today,
        "groups": [
            (column.label, column.meaning, shown_meanings(column.choices))
            for column in columns
            if column.choices is not None
        ],
    }
