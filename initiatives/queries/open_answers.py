"""Where an item stands in the rounds that are under way."""

from django.db.models import QuerySet

from initiatives.models import Answer
from plans.models import FocusItem


def open_answers(focus_item: FocusItem) -> "QuerySet[Answer]":
    """Return the answers of an item in rounds that are not closed, and those reopened since; newest round first."""
    answers = Answer.objects.with_names().of_running_rounds()
    return answers.filter(initiative__focus_item=focus_item).order_by("-round__opened_at")
