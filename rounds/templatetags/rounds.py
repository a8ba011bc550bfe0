"""What rounds add to the pages of the plan and of an item (decision 0014), and what the words of their own mean."""

from collections.abc import Iterable

from django import template
from django.template import Context

from initiatives.models import ProgressEntry
from kirishima_dx import clock
from kirishima_dx.closed_set import Meaning
from plans.models import FocusItem, Plan
from rounds.enums import AnswerState
from rounds.models import Answer
from rounds.queries import open_answers as queries
from rounds.queries.running import RunningRound, running_rounds

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
def rounds_under_way(plan: Plan) -> list[RunningRound]:
    """Return the rounds in which departments answer today, the one that ends first before the others, in one query."""
    return running_rounds(plan, clock.today())


@register.simple_tag
def answer_meanings() -> tuple[Meaning, ...]:
    """Return what each state of an answer says."""
    return AnswerState.meanings()
