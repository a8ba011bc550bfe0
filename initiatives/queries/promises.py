"""Which dates were promised of items, in the order in which they were."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from initiatives.enums import LATE_RATINGS
from initiatives.models import ProgressEntry
from kirishima_dx.moment import Moment, When


@dataclass(frozen=True)
class Said:
    """What an entry that stands says of an item's schedule."""

    entry: int
    as_of: date
    rating: str
    due: date | None


@dataclass(frozen=True)
class Promised:
    """A date that an entry promised (新たな期限), in which delay of the item: one that recovered begins another."""

    entry: int
    as_of: date
    day: date
    delay: int


def said_of(initiatives: Collection[int], at: When) -> dict[int, list[Said]]:
    """Return what was said of each initiative up to a moment, oldest first, in one query; corrected entries do not
    count, nor those recorded later."""
    moment = Moment.of(at)
    entries = (
        ProgressEntry.objects.standing(moment)
        .filter(initiative__in=initiatives, as_of__lte=moment.day)
        .order_by("as_of", "recorded_at", "pk")
        .values_list("initiative_id", "pk", "as_of", "rating", "new_due_date")
    )
    said: dict[int, list[Said]] = defaultdict(list)
    for initiative, key, as_of, rating, due in entries:
        said[initiative].append(Said(key, as_of, rating, due))
    return said


def promises_in(said: Collection[Said]) -> list[Promised]:
    promises: list[Promised] = []
    delay, was_late = 1, False
    for one in said:
        is_late = one.rating in LATE_RATINGS
        delay += was_late and not is_late
        was_late = is_late
        if one.due is not None:
            promises.append(Promised(one.entry, one.as_of, one.due, delay))
    return promises


def promised_dates(initiatives: Collection[int], at: When) -> dict[int, list[Promised]]:
    """Return the dates promised of each initiative up to a moment, in the order in which they were, in one query.

    One of which none was promised has an empty list; a date that was only said again stands again.
    """
    said = said_of(initiatives, at)
    return {initiative: promises_in(said.get(initiative, [])) for initiative in initiatives}
