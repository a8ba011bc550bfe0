"""Which dates were promised of items, in the order in which they were."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

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
    """A date that an entry promised (新たな期限)."""

    entry: int
    as_of: date
    day: date


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
    return [Promised(one.entry, one.as_of, one.due) for one in said if one.due is not None]


def promised_dates(initiatives: Collection[int], at: When) -> dict[int, list[Promised]]:
    """Return the dates promised of each initiative up to a moment, in the order in which they were, in one query.

    One of which none was promised has an empty list; a date that was only said again stands again.
    """
    said = said_of(initiatives, at)
    return {initiative: promises_in(said.get(initiative, [])) for initiative in initiatives}
