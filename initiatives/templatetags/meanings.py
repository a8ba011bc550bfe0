"""What the words of a statement mean, for the pages on which they are shown."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from initiatives.enums import shown_meanings
from initiatives.statement import BY_KEY

register = template.Library()


@register.simple_tag
@cache
def legend(*keys: str) -> SafeString:
    """Draw what the words of some columns mean now, folded up; with 未回答, where silence shows so.

    Drawn once: it tells of closed sets, which are code. A report has its own (reviews/report/meanings.py): what is
    sealed keeps the meanings of then (R1).
    """
    columns = [BY_KEY[key] for key in keys]
    context = {
        "names": "・".join(column.label for column in columns),
        "groups": [
            (column.label, column.meaning, shown_meanings(column.choices))
            for column in columns
            if column.choices is not None
        ],
    }
    return render_to_string("initiatives/_legend.html", context)
