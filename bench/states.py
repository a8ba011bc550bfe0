"""Measure where 52 items stand: among so many others as the plan has, beside reading their entries as bare rows."""

from bench.names import STATES
from bench.timing import Row, in_turn, queries_of, row
from initiatives.models import ProgressEntry
from initiatives.queries.states import item_states
from kirishima_dx.moment import Moment
from plans.models import Edition, FocusItemText


def measure_states(edition: Edition, runs: int) -> list[Row]:
    texts = list(FocusItemText.objects.filter(edition=edition).select_related("focus_item")[:52])
    wanted = [text.focus_item_id for text in texts]

    def states() -> None:
        item_states(texts, Moment.today())

    def read() -> None:
        entries = ProgressEntry.objects.filter(initiative__focus_item__in=wanted)
        list(entries.values_list("initiative", "as_of", "status"))

    asked = queries_of(states)
    return [row(*STATES, asked, in_turn(states, read, runs))]
