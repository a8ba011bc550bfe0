"""Scales: where a day or a number stands along the width of a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from kirishima_dx.fiscal_year import first_day, fiscal_year_of

NARROW = 300
"""How wide a picture is at least, in its units and, on a phone, in pixels. Where it is drawn wider, everything moves
apart in proportion while letters keep their size: what does not touch here touches nowhere."""
EDGE = 8
"""What stays free at both ends of a scale of days, so that a mark there is whole."""
_STEPS = (1, 2, 5)


def share(x: float) -> str:
    """Return a place or a width as part of the whole: 12.5%."""
    return f"{x / NARROW * 100:.2f}%"


@dataclass(frozen=True)
class Days:
    """Whole fiscal years from left to right."""

    first: int
    last: int
    left: float = EDGE
    right: float = NARROW - EDGE

    @classmethod
    def around(cls, days: Iterable[date]) -> Self:
        """Return the years in which these days lie. Raises ValueError where there is none."""
        years = [fiscal_year_of(day) for day in days]
        return cls(min(years), max(years))

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    def at(self, fiscal_year: int) -> float:
        """Return where a fiscal year begins."""
        year = (self.right - self.left) / (self.last - self.first + 1)
        return self.left + (fiscal_year - self.first) * year

    def on(self, day: date) -> float:
        """Return where a day stands; one outside stands at the nearer end."""
        return _place(self, day)

    def holds(self, day: date) -> bool:
        return self.first <= fiscal_year_of(day) <= self.last


@lru_cache(maxsize=1024)
def _place(days: Days, day: date) -> float:
    """Return where a day stands; kept, for days come again from row to row."""
    year = fiscal_year_of(day)
    begin, length = days.at(year), (first_day(year + 1) - first_day(year)).days
    x = begin + (days.at(year + 1) - begin) * (day - first_day(year)).days / length
    return min(max(x, days.left), days.right)


def whole_ticks(top: int, most: int = 6) -> list[int]:
    """Return whole numbers for a scale from 0, evenly spaced, at most so many, of which the last is not below `top`."""
    size = 1
    while True:
        for step in (unit * size for unit in _STEPS):
            steps = max(1, -(-top // step))
            if steps < most:
                return [step * one for one in range(steps + 1)]
        size *= 10
