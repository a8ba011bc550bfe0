"""Which items are late at a moment, and how that came, from the live entries."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from initiatives.enums import LATE_RATINGS, NO_ANSWER_CODE, Rating
from initiatives.late_items import NO_RECORD, LateItem, Lateness, rating_counts
from initiatives.models import ProgressEntry
from initiatives.queries.promises import Said, promises_in, said_of
from initiatives.queries.states import ItemState
from initiatives.silence import Silence
from kirishima_dx.moment import Moment, When


def late_items(states: Iterable[ItemState], at: When, *, query: str = "") -> list[LateItem]:
    """Return the late ones among the states of a moment, the worst first, then in the order given; one query more.

    `query` (?on=…) is put behind the address of each item.
    """
    late = [(state, state.entry) for state in states if state.entry and state.entry.is_late]
    if not late:
        return []
    said = said_of([entry.initiative_id for _, entry in late], at)
    found = [
        _late_item(state, entry, said.get(entry.initiative_id, []), query) for state, entry in late
    ]
    return sorted(found, key=lambda item: Rating(item.rating).rank or 0)


def lateness(states: Sequence[ItemState], at: When, *, query: str = "") -> Lateness:
    """Return how the states of a moment stand against their schedules; one query more where one is late.

    A zero of 未回答 is left out: who has not answered in the year is told beside the counts, and may be others.
    """
    ratings = (
        (state.entry.rating if state.entry else NO_ANSWER_CODE, state.rating_label)
        for state in states
    )
    day, found = Moment.of(at).day, late_items(states, at, query=query)
    silence = Silence.of((state.entry.as_of if state.entry else None for state in states), day)
    counts = rating_counts(ratings, silent_as=NO_RECORD)
    shown = [one for one in counts if one.count or one.label != NO_RECORD]
    return Lateness(day, found, shown, silence)


def _late_item(
    state: ItemState, entry: ProgressEntry, said: Sequence[Said], query: str
) -> LateItem:
    text, rating, run = state.text, Rating(entry.rating), late_run(said)
    return LateItem(
        code=text.focus_item.code,
        place=text.place,
        title=text.title,
        is_study=text.is_study,
        rating=rating.code,
        rating_label=str(rating.label),
        rating_mark=rating.mark,
        department=state.lead_name,
        since=run[0].as_of if run else None,
        promises=tuple(one.day for one in promises_in(run)),
        cause=entry.delay_cause,
        countermeasure=entry.countermeasure,
        url=f"{state.url}{query}",
    )


def late_run(said: Sequence[Said]) -> list[Said]:
    """Return the unbroken run of late ratings that goes on to the last; nothing where the last is not late.

    An item that recovered and is late again is late anew: what was promised before has been kept or forgotten.
    """
    return list(takewhile(lambda one: one.rating in LATE_RATINGS, reversed(said)))[::-1]
