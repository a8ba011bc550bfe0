"""Texts taller than a row of a workbook, parted over several rows so that no page break cuts a line.

Excel makes no row taller than 409 points and breaks pages between rows only; cells merged over several rows are cut
wherever the page ends, in the middle of a line too.
"""

from bisect import bisect_right
from collections.abc import Sequence

from kirishima_dx.spreadsheets.look import (
    TALLEST_ROW,
    Look,
    Value,
    lines_fitting,
    lines_in,
    units_fitting,
)
from kirishima_dx.spreadsheets.writing import cell_text

AGAIN = "（続き）"
"""Stands after the name of a row that goes on from the one above."""
_ENDS = "\n。"
"""After these a text is parted rather than elsewhere."""
_LOOK_BACK = 0.7
"""Of a piece: no such sign before that, and it ends where its row does."""


def pieces(text: str, width: float, size: float, room: int) -> list[str]:
    """Part a text into pieces of at most `room` lines; nothing is lost but line breaks where it is parted."""
    found, rest = [], cell_text(text)
    while end := _end(rest, width, size, room):
        found.append(rest[:end].rstrip("\n"))
        rest = rest[end:].removeprefix("\n")
    return [*found, rest]


def _end(text: str, width: float, size: float, room: int) -> int:
    """Return where the first piece of a text ends, 0 where all of it fits."""
    # A sign is at least one unit wide, so that no more than this can fit.
    ahead = text[: (units_fitting(width, size) + 1) * room + 1]
    longest = bisect_right(
        range(1, len(ahead) + 1), room, key=lambda end: lines_in(ahead[:end], width, size)
    )
    if longest == len(text):
        return 0
    sentence = max(text.rfind(sign, int(longest * _LOOK_BACK), longest) for sign in _ENDS) + 1
    return sentence or max(1, longest)


def rows_of(
    values: Sequence[Value], looks: Sequence[Look], widths: Sequence[float]
) -> list[list[Value]]:
    """Part a row where one of its texts is taller than a row can be; the values that are short stand in the first."""
    parted = [_parts(*one) for one in zip(values, looks, widths, strict=True)]
    longest = max(len(parts) for parts in parted)
    return [
        [parts[place] if place < len(parts) else None for parts in parted]
        for place in range(longest)
    ]


def _parts(value: Value, look: Look, width: float) -> Sequence[Value]:
    room = lines_fitting(TALLEST_ROW, look.size)
    # Each line holds a sign or the break before it, so that a short text needs no measuring.
    if not isinstance(value, str) or len(value) < room:
        return [value]
    return pieces(value, width, look.size, room)
