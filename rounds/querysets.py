"""Filters over the answers of rounds."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from rounds.enums import OWED_STATES

if TYPE_CHECKING:
    from rounds.models import Answer  # noqa: F401 — in annotations


class AnswerQuerySet(QuerySet["Answer"]):
    def with_names(self) -> Self:
        """Fetch along what the name and the address of an answer are made from."""
        return self.select_related("round", "initiative__focus_item")

    def owed(self) -> Self:
        """Keep the answers for which the department still has to do something."""
        return self.filter(state__in=OWED_STATES)

    def of_running_rounds(self) -> Self:
        """Keep the answers that may still be written: of rounds that are not closed, and those reopened since."""
        return self.filter(Q(round__closed_at__isnull=True) | Q(own_due_on__isnull=False))
