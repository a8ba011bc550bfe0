"""Rows over the same years: bands, lines and marks with words that never lie upon each other."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kirishima_dx.fiscal_year import fiscal_year_short
from kirishima_dx.pictures.labels import GAP, LINE, SIZE, Label, placed, width_of
from kirishima_dx.pictures.scale import NARROW, Days, share

HEIGHT = 28
"""How high a row is without the words below it, in pixels."""
_FEW = 2
"""Of how many years the quarters are drawn as well."""


class Shape(StrEnum):
    """How a mark is drawn; the drawings stand in templates/components/pictures/_patterns.html."""

    OPEN = "open"
    FULL = "full"
    POINT = "point"
    RING = "ring"


@dataclass(frozen=True)
class Band:
    place: str
    width: str
    look: str
    words: str


@dataclass(frozen=True)
class Line:
    begin: str
    end: str


@dataclass(frozen=True)
class Mark:
    place: str
    shape: str


@dataclass
class TimeRow:
    """One row: bands and lines first, marks above them, words below. `words` tell the whole of it."""

    label: str
    words: str
    url: str = ""
    note: str = ""
    bands: list[Band] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    @property
    def height(self) -> int:
        return max([HEIGHT, *(label.y + 6 for label in self.labels)])


@dataclass(frozen=True)
class Rule:
    """A line through all rows."""

    place: str
    kind: str


@dataclass(frozen=True)
class TimeRows:
    """All rows with the years above them. `rules` go through every row, `heads` are the words over them."""

    rows: Sequence[TimeRow]
    rules: Sequence[Rule]
    heads: Sequence[Label]

    template = "components/pictures/_time_rows.html"

    @property
    def height(self) -> int:
        """Return how high the words above the rows stand."""
        return max((label.y for label in self.heads), default=0) + 6


def time_rows(
    rows: Sequence[TimeRow], days: Days, today: date, named: Iterable[tuple[date, str]] = ()
) -> TimeRows:
    """Put rows that were laid out on `days` below the years, today and other days with a name."""
    others = [(days.on(day), words, "named") for day, words in named if days.holds(day)]
    if days.holds(today):
        others.append((days.on(today), "この日", "today"))
    years = placed(_told(days))
    below = LINE + max(label.y for label in years) - SIZE
    return TimeRows(
        rows,
        [
            *(Rule(share(x), "year") for x, _ in _years(days)),
            *(Rule(share(x), kind) for x, _, kind in others),
        ],
        [*years, *placed(((x, words) for x, words, _ in others), top=below)],
    )


def _years(days: Days) -> list[tuple[float, str]]:
    """Return where each year begins; its quarters too, where the years are few."""
    if len(days.years) > _FEW:
        return [(days.at(year), fiscal_year_short(year)) for year in days.years]
    return [
        (days.at(year) + (days.at(year + 1) - days.at(year)) * place / 4, words)
        for year in days.years
        for place, words in enumerate((f"{fiscal_year_short(year)}.4月", "7月", "10月", "1月"))
    ]


def _told(days: Days) -> list[tuple[float, str]]:
    """Return the years that are named: all of them, or every second, third, … where there is no room for all."""
    years = _years(days)
    room = NARROW // max(width_of(words) + GAP for _, words in years)
    return years[:: math.ceil(len(years) / room)]


def band(days: Days, begin: date, end: date, look: str, words: str) -> Band:
    left, right = days.on(begin), days.on(end)
    return Band(share(left), share(max(right - left, 1)), look, words)


def line(days: Days, begin: date, end: date) -> Line:
    return Line(share(days.on(begin)), share(days.on(end)))


def mark(days: Days, day: date, shape: Shape) -> Mark:
    return Mark(share(days.on(day)), shape.value)


def labels(days: Days, wanted: Iterable[tuple[date, str]]) -> list[Label]:
    return placed(((days.on(day), words) for day, words in wanted), top=HEIGHT)


def signs(days: Days, wanted: Iterable[tuple[date, str]]) -> list[Label]:
    """Return signs that stand in the row itself, and below it where there are many."""
    return placed(((days.on(day), sign) for day, sign in wanted), top=5)
