"""The rows and the counts of 進捗一覧."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Choices, Count, QuerySet

from initiatives.enums import NO_ANSWER, Rating, Status
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState, add_departments
from kirishima_dx.moment import Moment, When
from plans.models import FocusItemText

UNANSWERED = "none"
"""Stands in an address where nothing was stated."""


@dataclass(frozen=True)
class Tally:
    """How many rows of a list carry one value; `value` is empty for those that carry none."""

    value: str
    label: str
    count: int

    @property
    def key(self) -> str:
        return self.value or UNANSWERED


def listed_states(texts: Iterable[FocusItemText], at: When) -> list[ItemState]:
    """Return the state of each text that querysets.with_latest_entry gave, in two queries for all."""
    states = [ItemState(text) for text in texts]
    keys = [state.text.latest_pk for state in states if state.text.latest_pk]  # type: ignore[attr-defined]  # Annotated.
    entries = {entry.pk: entry for entry in ProgressEntry.objects.filter(pk__in=keys)}
    for state in states:
        state.entry = entries.get(state.text.latest_pk)  # type: ignore[attr-defined]  # Annotated.
    add_departments(states, Moment.of(at))
    return states


def tally(texts: QuerySet[FocusItemText], column: str, choices: type[Choices]) -> list[Tally]:
    """Count the rows by a column of their latest entry, in the order of the choices, 未回答 last."""
    counted = texts.order_by().values_list(f"latest__{column}").annotate(n=Count("pk"))
    found = {value or "": count for value, count in counted}
    labels = [*choices.choices, ("", NO_ANSWER)]
    return [Tally(value, label, found[value]) for value, label in labels if value in found]


def tallies(texts: QuerySet[FocusItemText]) -> dict[str, list[Tally]]:
    return {
        "statuses": tally(texts, "status", Status),
        "ratings": tally(texts, "rating", Rating),
    }
