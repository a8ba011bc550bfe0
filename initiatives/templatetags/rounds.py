"""What rounds add to the page of an item (decision 0014)."""

from collections.abc import Iterable

from django import template
from django.template import Context

from initiatives.models import Answer
from initiatives.queries import open_answers as queries
from plans.models import FocusItem

register = template.Library()


@register.simple_tag(takes_context=True)
def open_answers(context: Context, focus_item: FocusItem) -> Iterable[Answer]:
    """Return for staff where an item stands in the rounds that are under way, newest first."""
    return queries.open_answers(focus_item) if context["user"].is_authenticated else []
