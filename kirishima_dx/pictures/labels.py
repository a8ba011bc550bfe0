"""Words along the width of a picture, of which no two lie upon each other, however wide it is drawn."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kirishima_dx.pictures.scale import NARROW, share

SIZE, GAP, LINE = 13, 6, 17
"""The height of letters, what stays free between two labels, how far one row of them lies below another; in pixels."""


@dataclass(frozen=True)
class Label:
    """Words at a place; `anchor` says which part of them stands there, `row` how many rows of labels are above.

    `top` is where the first row begins.
    """

    x: float
    words: str
    anchor: str
    row: int
    top: int = 0

    @property
    def y(self) -> int:
        return self.top + LINE * self.row + SIZE

    @property
    def place(self) -> str:
        return share(self.x)

    @property
    def width(self) -> float:
        return width_of(self.words)

    def span(self, stretch: float = 1) -> tuple[float, float]:
        """Return from where to where the words reach where the picture is drawn so many times as wide."""
        left = (
            self.x * stretch - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        )
        return left, left + self.width


@lru_cache(maxsize=1024)
def width_of(words: str) -> float:
    """Return how wide words are at most: a letter of full width is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(letter) in "FWA" for letter in words)
    return SIZE * (wide + 0.62 * (len(words) - wide))


def placed(wanted: Iterable[tuple[float, str]], *, top: int = 0) -> list[Label]:
    """Put words at their places, each in the first row that has room; none reaches beyond the picture."""
    ends: list[float] = []
    labels = []
    for x, words in sorted(wanted):
        anchored = Label(*_anchored(x, words), 0)
        left, right = anchored.span()
        row = next((n for n, end in enumerate(ends) if end + GAP <= left), len(ends))
        ends[row : row + 1] = [right]
        labels.append(Label(anchored.x, words, anchored.anchor, row, top))
    return labels


def _anchored(x: float, words: str) -> tuple[float, str, str]:
    """Centre words at a place, or let them begin or end there; where they have room on neither side, at the edge."""
    width = width_of(words)
    if width / 2 <= x <= NARROW - width / 2:
        return x, words, "middle"
    if x < width / 2:
        return (x, words, "start") if x + width <= NARROW else (0, words, "start")
    return (x, words, "end") if x >= width else (NARROW, words, "end")
