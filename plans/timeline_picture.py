"""Where the parts of the timeline stand in its picture: an SVG in whole units, drawn by the template. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kirishima_dx.fiscal_year import fiscal_year_short, wareki_date
from kirishima_dx.pictures.labels import width_of
from kirishima_dx.pictures.scale import Days
from plans.models import Edition
from plans.timeline import Lane, Span, Timeline

LEFT, RIGHT, TOP = 150, 992, 34
ROW, BAR, GAP = 34, 26, 14
"""Heights: a row of bars, a bar, the space between two plans."""
BESIDE = 14
"""How far from a point its words stand."""


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

    @property
    def ends_here(self) -> bool:
        """Whether its words end at the point, because they have no room behind it."""
        return self.x + BESIDE + width_of(self.label) > RIGHT

    @property
    def words_x(self) -> int:
        return self.x - BESIDE if self.ends_here else self.x + BESIDE


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


def draw(timeline: Timeline, editions: Iterable[Edition], today: date) -> Picture:
    """Lay out a timeline with the editions that were adopted and today."""
    days, y = Days(timeline.first, timeline.last, LEFT, RIGHT), TOP
    by_name = {edition.name: edition for edition in editions}
    lanes = []
    for lane in timeline.lanes:
        bars = list(_bars(lane, days, y, by_name))
        lanes.append(LanePicture(lane.plan, y, bars, any(bar.edition for bar in bars)))
        y += len(lane.rows) * ROW + GAP
    adopted = [
        (edition, edition.effective_from)
        for edition in sorted(by_name.values())
        if edition.effective_from and days.holds(edition.effective_from)
    ]
    points = [
        Point(edition, day, round(days.on(day)), y + ROW * place)
        for place, (edition, day) in enumerate(adopted)
    ]
    return Picture(
        height=y + ROW * len(points) + GAP,
        years=[Mark(round(days.at(year)), fiscal_year_short(year)) for year in days.years],
        lanes=lanes,
        points=points,
        points_y=y,
        today=Mark(round(days.on(today)), "今日") if days.holds(today) else None,
    )


def _bars(lane: Lane, days: Days, top: int, by_name: dict[str, Edition]) -> Iterator[Bar]:
    for place, row in enumerate(lane.rows):
        for span in row:
            x, end = round(days.at(span.first)), round(days.at(span.last + 1))
            yield Bar(span, x, top + place * ROW, end - x - 2, by_name.get(span.name))
