"""A bar of counts cut into parts, each told apart by its pattern, its mark and its number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kirishima_dx.closed_set import Bar, Traits

BAR_WIDTH, BAR_HEIGHT = 300, 24
PLAIN_BAR = Bar("", "B3B3B3")
"""How a workbook fills what has no pattern of its own."""
_ROOM_FOR_MARK_AND_COUNT, _ROOM_FOR_COUNT = 40, 14


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
    """One part of a bar, in the units of a viewBox BAR_WIDTH wide; `caption` is empty where there is no room."""

    look: str
    label: str
    count: int
    x: float
    width: float
    caption: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


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
    signs: Sequence[Sign], counts: Sequence[int], *, width: int = BAR_WIDTH
) -> Iterator[Segment]:
    """Return the parts of a bar that are not empty, side by side, together as wide as told."""
    whole, before = sum(counts), 0
    for sign, count in zip(signs, counts, strict=True):
        if not count:
            continue
        part = width * count / whole
        caption = f"{sign.mark} {count}".strip()
        if part < _ROOM_FOR_MARK_AND_COUNT:
            caption = str(count) if part >= _ROOM_FOR_COUNT else ""
        x = width * before / whole
        yield Segment(sign.look, sign.label, count, round(x, 2), round(part, 2), caption)
        before += count


def in_words(parts: Sequence[Segment]) -> str:
    """Return a bar in words: 順調3、遅れている1."""
    return "、".join(f"{part.label}{part.count}" for part in parts) or "なし"
