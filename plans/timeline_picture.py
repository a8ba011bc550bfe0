"""Where the parts of the timeline stand in its picture: an SVG in whole units, drawn by the template. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kirishima_dx.fiscal_year import first_day, fiscal_year_of, fiscal_year_short, wareki_date
from plans.models import Edition
from plans.timeline import Lane, Span, Timeline

LEFT, RIGHT, TOP = 150, 992, 34
ROW, BAR, GAP = 34, 26, 14
"""Heights: a row of bars, a bar, the space between two plans."""


@dataclass(frozen=True)
class Bar:
    """A span as a bar; `edition` is the one of the database that it is, if any."""

    span: Span
    x: int
    y: int
    width: int
    edition: Edition | None


@dataclass(frozen=True)
class Point:
    """The day on which an edition takes effect, in a row of its own."""

    edition: Edition
    day: date
    x: int
    y: int

    @property
    def label(self) -> str:
        return f"{self.edition.name}（{wareki_date(self.day)}）"


@dataclass(frozen=True)
class Mark:
    """A line across the picture with a word above it."""

    x: int
    label: str


@dataclass
class LanePicture:
    """A plan with its bars; `y` is where its name stands."""

    plan: str
    y: int
    bars: list[Bar]
    is_own: bool


@dataclass
class Picture:
    """The whole picture, `height` units high and RIGHT wide."""

    height: int
    years: list[Mark]
    lanes: list[LanePicture]
    points: list[Point] = field(default_factory=list)
    points_y: int = 0
    today: Mark | None = None

    @property
    def width(self) -> int:
        return RIGHT + 8

    @property
    def names_width(self) -> int:
        """Return how wide the names of the plans stand, which stay in view while the years are scrolled."""
        return LEFT - 2

    @property
    def years_width(self) -> int:
        return self.width - self.names_width

    @property
    def names_share(self) -> str:
        return self._share(self.names_width)

    @property
    def years_share(self) -> str:
        return self._share(self.years_width)

    @property
    def today_share(self) -> str:
        """Return which part of the width lies before today, empty where today lies outside."""
        return self._share(self.today.x) if self.today else ""

    def _share(self, units: int) -> str:
        return f"{units / self.width:.1%}"

    @property
    def bar(self) -> int:
        return BAR


class _Scale:
    def __init__(self, timeline: Timeline) -> None:
        self.first, self.last = timeline.first, timeline.last
        self.year = (RIGHT - LEFT) / (self.last - self.first + 1)

    def at(self, fiscal_year: int) -> int:
        """Return where a fiscal year begins."""
        return round(LEFT + (fiscal_year - self.first) * self.year)

    def on(self, day: date) -> int:
        """Return where a day stands within its fiscal year."""
        year = fiscal_year_of(day)
        length = (first_day(year + 1) - first_day(year)).days
        return round(LEFT + (year - self.first + (day - first_day(year)).days / length) * self.year)

    def holds(self, day: date) -> bool:
        return self.first <= fiscal_year_of(day) <= self.last


def draw(timeline: Timeline, editions: Iterable[Edition], today: date) -> Picture:
    """Lay out a timeline with the editions that were adopted and today."""
    scale, y = _Scale(timeline), TOP
    by_name = {edition.name: edition for edition in editions}
    lanes = []
    for lane in timeline.lanes:
        bars = list(_bars(lane, scale, y, by_name))
        lanes.append(LanePicture(lane.plan, y, bars, any(bar.edition for bar in bars)))
        y += len(lane.rows) * ROW + GAP
    adopted = [
        (edition, edition.effective_from)
        for edition in sorted(by_name.values())
        if edition.effective_from and scale.holds(edition.effective_from)
    ]
    points = [
        Point(edition, day, scale.on(day), y + ROW * place)
        for place, (edition, day) in enumerate(adopted)
    ]
    years = range(timeline.first, timeline.last + 1)
    return Picture(
        height=y + ROW * len(points) + GAP,
        years=[Mark(scale.at(year), fiscal_year_short(year)) for year in years],
        lanes=lanes,
        points=points,
        points_y=y,
        today=Mark(scale.on(today), "今日") if scale.holds(today) else None,
    )


def _bars(lane: Lane, scale: _Scale, top: int, by_name: dict[str, Edition]) -> Iterator[Bar]:
    for place, row in enumerate(lane.rows):
        for span in row:
            x, end = scale.at(span.first), scale.at(span.last + 1)
            yield Bar(span, x, top + place * ROW, end - x - 2, by_name.get(span.name))
