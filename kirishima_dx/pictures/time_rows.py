"""Rows over the same years: bands, lines and marks with words that never lie upon each other."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kirishima_dx.fiscal_year import fiscal_year_short
from kirishima_dx.pictures.labels import GAP, LINE, SIZE, Label, placed, width_of
from kirishima_dx.pictures.scale import NARROW, Days, share

HEIGHT = 28
"""How high a row is without the words below it, in pixels."""
MIDDLE = HEIGHT // 2
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

    def drawn(self) -> SafeString:
        """Return the parts of the row as SVG; a function, for a template takes ten times as long."""
        parts = [
            *(
                f'<rect class="picture-bar__part" x="{one.place}" y="4" width="{one.width}" height="20"'
                f' fill="url(#fill-{one.look})"/>'
                for one in self.bands
            ),
            *(
                f'<line class="picture-line" x1="{one.begin}" x2="{one.end}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
                for one in self.lines
            ),
            *(
                f'<use class="picture-mark--{one.shape}" href="#mark-{one.shape}" x="{one.place}" y="{MIDDLE}"/>'
                for one in self.marks
            ),
            *(drawn_label(one) for one in self.labels),
        ]
        return SafeString("".join(parts))  # Shares, looks and shapes are ours; drawn_label escapes.


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

    def drawn_heads(self) -> SafeString:
        return SafeString("".join(map(drawn_label, self.heads)))

    def drawn_rules(self) -> SafeString:
        """Return the lines through a row; they are as long as any row is high."""
        return SafeString(
            "".join(
                f'<line class="picture-rule picture-rule--{one.kind}" x1="{one.place}" x2="{one.place}"'
                ' y1="0" y2="100%"/>'
                for one in self.rules
            )
        )

    @property
    def height(self) -> int:
        """Return how high the words above the rows stand."""
        return max((label.y for label in self.heads), default=0) + 6


def drawn_label(label: Label) -> SafeString:
    return format_html(
        '<text class="picture-label picture-label--{}" x="{}" y="{}">{}</text>',
        label.anchor,
        label.place,
        label.y,
        label.words,
    )


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
