"""遅れている取組: one item that is late, with since when, why, what is done about it, and how its date moved.

One form for the live records and for the tables of a sealed report: whoever draws it cannot tell them apart. What a
source does not tell is None or empty, and the page says so; nothing is guessed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from initiatives.enums import NO_ANSWER, NO_ANSWER_CODE, SILENCE, Rating
from initiatives.silence import Silence
from kirishima_dx.elapsed import months_later

GOOD = tuple(rating for rating in reversed(Rating.upwards()) if rating.is_good)


@dataclass(frozen=True, kw_only=True)
class LateItem:
    """A late item as it stood at a moment, or as a report tells it.

    `code` is the lasting number of the item, empty where a report tells only its `place`. `since` is the first day of
    the unbroken run of late ratings; `promises` are the dates that were promised, in the order in which they were.
    """

    code: str
    place: str
    title: str
    is_study: bool
    rating: str
    rating_label: str
    rating_mark: str
    department: str
    since: date | None = None
    promises: tuple[date, ...] = ()
    cause: str = ""
    countermeasure: str = ""
    url: str = ""

    @property
    def name(self) -> str:
        return f"{self.place} {self.title}"

    @property
    def dates(self) -> list[date]:
        """Return the promised dates, one that was only said again once."""
        return [day for day, _ in groupby(self.promises)]

    @property
    def first(self) -> date | None:
        return self.promises[0] if self.promises else None

    @property
    def present(self) -> date | None:
        return self.promises[-1] if self.promises else None

    @property
    def past_dates(self) -> list[date]:
        """Return the dates that do not hold any more."""
        return self.dates[:-1]

    @property
    def months_slipped(self) -> int:
        """Return by how many months, begun ones counted whole, the present date lies behind the first; 0 where it does
        not."""
        if self.first is None or self.present is None:
            return 0
        return months_later(self.first, self.present)


@dataclass(frozen=True)
class RatingCount:
    """How many items are rated so; `look` is that of the rating, and empty where several are counted as one."""

    label: str
    mark: str
    count: int
    look: str = ""


NO_RECORD = f"{NO_ANSWER}（記録なし）"
"""Of live items: one of which nothing was ever said. One that has yet to answer this year has its older record."""


def rating_counts(
    ratings: Iterable[tuple[str, str]], *, silent_as: str = NO_ANSWER
) -> list[RatingCount]:
    """Count ratings, given as codes with their words: what people have to look at first, the good ones together.

    Together they are all items (R3); 評価できない stands there only where an item is rated so.
    """
    told = list(ratings)
    counts, words = Counter(code for code, _ in told), dict(told)
    late = [rating for rating in Rating.upwards() if rating.is_late]
    beside = [rating for rating in Rating if rating.rank is None and counts[rating.code]]
    silent = RatingCount(silent_as, SILENCE.mark, counts[NO_ANSWER_CODE], SILENCE.look)
    good = "・".join(words.get(rating.code, str(rating.label)) for rating in GOOD)
    return [
        *(_count(rating, counts, words) for rating in late),
        silent,
        *(_count(rating, counts, words) for rating in beside),
        RatingCount(good, "", sum(counts[rating.code] for rating in GOOD)),
    ]


def _count(rating: Rating, counts: Counter[str], words: dict[str, str]) -> RatingCount:
    label = words.get(rating.code, str(rating.label))
    return RatingCount(label, rating.mark, counts[rating.code], rating.look)


@dataclass(frozen=True)
class Lateness:
    """How the items of a plan stand against their schedule: the late ones, and how many are rated how.

    `silence` is that of live items; None where a report tells, which counts silence as its year did.
    """

    at: date | None
    items: list[LateItem]
    counts: list[RatingCount]
    silence: Silence | None = None

    @property
    def total(self) -> int:
        return sum(one.count for one in self.counts)

    @property
    def told_counts(self) -> list[RatingCount]:
        """Return the counts for a line of words, at its end how many of all did not answer in the year."""
        if self.silence is None or not (self.silence.has_year_begun and self.silence.count):
            return self.counts
        return [*self.counts, RatingCount(f"うち{self.silence.words}", "", self.silence.count)]
