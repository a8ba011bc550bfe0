"""How much room words take on paper, told by their letters: no font is asked, so that the same words always fit."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

NARROW = 0.65
"""Of a full-width letter: what a half-width one takes on the average of a line, in the widest of our fonts."""
_WORDS = re.compile(r"[!-~]+ ?|.", re.DOTALL)
_BROAD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&")


@dataclass(frozen=True)
class PaperText:
    """Words as the screen shows them, and as paper does; `short` ends in … where it is not the whole."""

    whole: str
    short: str

    @property
    def is_cut(self) -> bool:
        return self.short != self.whole


def ems(text: str) -> float:
    """Return how wide words stand in one line, in full-width letters; hardly ever less than what they take."""
    return sum(NARROW if _is_narrow(sign) else 1 for sign in text)


def _is_narrow(sign: str) -> bool:
    return sign not in _BROAD and east_asian_width(sign) in ("Na", "H")


def lines_for(width: float, *texts: str) -> int:
    """Return how many lines texts take that each begin a line of their own, in a column `width` letters wide.

    Latin words stay whole where a line can hold them.
    """
    return sum(_lines(text, width) for text in texts)


def _lines(text: str, width: float) -> int:
    lines, taken = 1, 0.0
    for word in _WORDS.findall(text):
        wide = ems(word)
        if taken and taken + ems(word.rstrip()) > width:
            lines, taken = lines + 1, 0.0
        further = max(0, ceil(wide / width) - 1)
        lines, taken = lines + further, taken + wide - further * width
    return lines


def fitted(text: str, width: float, lines: int, *, around: str = "") -> PaperText:
    """Return words cut so that they take at most so many lines, what stands `around` them in the same lines included.

    White space is told as one space, as a page shows it.
    """
    whole = " ".join(text.split())

    def fits(words: str) -> bool:
        return lines_for(width, f"{around}{words}") <= lines

    if len(whole) <= width * lines / NARROW and fits(whole):
        return PaperText(whole, whole)
    most = int(width * lines / NARROW)
    end = bisect_right(range(1, most), False, key=lambda end: not fits(f"{whole[:end]}…"))
    return PaperText(whole, f"{whole[:end].rstrip()}…")
