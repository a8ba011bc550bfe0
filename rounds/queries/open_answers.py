"""Where an item stands in the rounds that are under way, and which answers became its entries."""

from collections.abc import Iterable

from django.db.models import QuerySet

from initiatives.models import ProgressEntry
from plans.models import FocusItem
from rounds.models import Answer


def open_answers(focus_item: FocusItem) -> "QuerySet[Answer]":
    """Return the answers of an item in rounds that are not closed, and those reopened since; newest round first."""
    answers = Answer.objects.with_names().of_running_rounds()
    return answers.filter(initiative__focus_item=focus_item).order_by("-round__opened_at")


def answers_behind(entries: Iterable[ProgressEntry]) -> dict[int, Answer]:
    """Return the answers that became entries, by the key of the entry, in one query."""
    became = Answer.objects.select_related("round").filter(entry__in=[one.pk for one in entries])
    return {answer.entry_id: answer for answer in became if answer.entry_id is not None}
