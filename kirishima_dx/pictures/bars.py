"""A bar of counts cut into parts, each told apart by its pattern, its mark and its number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kirishima_dx.closed_set import Bar, Traits
from kirishima_dx.pictures.scale import NARROW, share

BAR_WIDTH = NARROW
PLAIN_BAR = Bar("", "B3B3B3")
"""How a workbook fills what has no pattern of its own."""
_ROOM_FOR_MARK_AND_COUNT, _ROOM_FOR_DIGIT = 40, 8


@dataclass(frozen=True)
class Sign:
    """How a word of a scale is drawn.

    `look` ends the name of its pattern in templates/components/pictures/_patterns.html. `mark` is empty where the
    scale goes without marks, `bar` is for charts of a workbook.
    """

    code: str
    label: str
    look: str
    mark: str
    bar: Bar

    @classmethod
    def of(cls, code: str, label: str, traits: Traits) -> "Sign":
        return cls(code, label, traits.look, traits.mark, traits.bar or PLAIN_BAR)


@dataclass(frozen=True)
class Segment:
    """One part of a bar, in the units of a viewBox BAR_WIDTH wide; `caption` is empty where there is no room.

    `place`, `centre` and `share` are the same as parts of the whole width, for bars that grow with their page.
    """

    look: str
    label: str
    count: int
    x: float
    width: float
    caption: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def place(self) -> str:
        return share(self.x)

    @property
    def centre(self) -> str:
        return share(self.x + self.width / 2)

    @property
    def share(self) -> str:
        return share(self.width)


@dataclass(frozen=True)
class Kind:
    """One thing that is counted: its look, its mark, its word, and how many there are in all."""

    look: str
    mark: str
    label: str
    count: int


def kinds(signs: Sequence[Sign], counts: Sequence[int]) -> list[Kind]:
    """Return words that are counted, each with its look, its mark and its count."""
    return [
        Kind(sign.look, sign.mark, sign.label, count)
        for sign, count in zip(signs, counts, strict=True)
    ]


def segments(
    signs: Sequence[Sign], counts: Sequence[int], *, whole: int | None = None
) -> Iterator[Segment]:
    """Return the parts of a bar that are not empty, side by side; `whole` is the number that is BAR_WIDTH wide, by
    default all of them together."""
    whole, before = whole or sum(counts), 0
    for sign, count in zip(signs, counts, strict=True):
        if not count:
            continue
        part = BAR_WIDTH * count / whole
        caption = f"{sign.mark} {count}".strip()
        if part < _ROOM_FOR_MARK_AND_COUNT:
            caption = str(count) if part >= _ROOM_FOR_DIGIT * len(str(count)) + 2 else ""
        x = BAR_WIDTH * before / whole
        yield Segment(sign.look, sign.label, count, round(x, 2), round(part, 2), caption)
        before += count


def in_words(parts: Sequence[Segment]) -> str:
    """Return a bar in words: 順調3、遅れている1."""
    return "、".join(f"{part.label}{part.count}" for part in parts) or "なし"
