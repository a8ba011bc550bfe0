"""What rounds add to the page of an item (decision 0014), and what the words of their own pages mean."""

from collections.abc import Iterable

from django import template
from django.template import Context

from initiatives.models import ProgressEntry
from kirishima_dx.closed_set import Meaning
from plans.models import FocusItem
from rounds.enums import AnswerState
from rounds.models import Answer
from rounds.queries import open_answers as queries

register = template.Library()


@register.simple_tag(takes_context=True)
def open_answers(context: Context, focus_item: FocusItem) -> Iterable[Answer]:
    """Return for staff where an item stands in the rounds that are under way, newest first."""
    return queries.open_answers(focus_item) if context["user"].is_authenticated else []


@register.simple_tag(takes_context=True)
def answers_behind(context: Context, entries: Iterable[ProgressEntry]) -> dict[int, Answer]:
    """Return for staff the answers that became entries, by the key of the entry."""
    return queries.answers_behind(entries) if context["user"].is_authenticated else {}


@register.simple_tag
def answer_meanings() -> tuple[Meaning, ...]:
    """Return what each state of an answer says."""
    return AnswerState.meanings()
