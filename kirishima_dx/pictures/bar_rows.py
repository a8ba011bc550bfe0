"""Bars below each other on one scale of whole numbers: how long each is says how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from kirishima_dx.pictures.bars import Kind, Segment, Sign, in_words, kinds, segments
from kirishima_dx.pictures.scale import NARROW, share, whole_ticks


@dataclass(frozen=True)
class BarRow:
    """One bar with the word beside it; `url` is where the word leads."""

    label: str
    url: str
    count: int
    segments: tuple[Segment, ...]

    @property
    def summary(self) -> str:
        return in_words(self.segments)


@dataclass(frozen=True)
class Tick:
    """A number of the scale, where it stands, and which part of it stands there."""

    number: int
    place: str
    anchor: str


@dataclass(frozen=True)
class Bars:
    """Bars with their scale, which counts in `unit`; `kinds` are what is counted, without what does not occur."""

    unit: str
    rows: tuple[BarRow, ...]
    ticks: tuple[Tick, ...]
    kinds: tuple[Kind, ...]

    template = "components/pictures/_bar_rows.html"


def bars(
    signs: Sequence[Sign], counted: Sequence[tuple[str, str, Sequence[int]]], *, unit: str = "項目"
) -> Bars:
    """Lay out bars: of each its word, where that leads, and how many there are of each sign."""
    ticks = whole_ticks(max((sum(counts) for _, _, counts in counted), default=0))
    top = ticks[-1]
    rows = [
        BarRow(label, url, sum(counts), tuple(segments(signs, counts, whole=top)))
        for label, url, counts in counted
    ]
    sums = [sum(counts[place] for *_, counts in counted) for place in range(len(signs))]
    return Bars(
        unit,
        tuple(rows),
        tuple(Tick(one, share(NARROW * one / top), _anchor(one, top)) for one in ticks),
        tuple(kind for kind in kinds(signs, sums) if kind.count),
    )


def _anchor(number: int, top: int) -> str:
    if number == 0:
        return "start"
    return "end" if number == top else "middle"
