"""What the words of a statement mean, for the pages on which they are shown."""

from typing import Any

from django import template

from initiatives.enums import shown_meanings
from initiatives.statement import BY_KEY

register = template.Library()


@register.inclusion_tag("initiatives/_legend.html")
def legend(*keys: str) -> dict[str, Any]:
    """Draw what the words of some columns mean now, folded up; with 未回答, where silence shows so.

    A report has its own (reviews/report/meanings.py): what is sealed keeps the meanings of then (R1).
    """
    columns = [BY_KEY[key] for key in keys]
    return {
        "names": "・".join(column.label for column in columns),
        "groups": [
            (column.label, column.meaning, shown_meanings(column.choices))
            for column in columns
            if column.choices is not None
        ],
    }
