"""How much text a slide of the meeting room takes: measured here, so that nothing is cut off on any screen.

Lengths are in hundredths of the width of the picture (1920 pixels: 19.2 each), the unit --u of present.css; the
numbers here and there go together. A picture is 100 wide and 56.25 high. Full-width letters are one em wide; others
are taken for wider than most fonts draw them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from unicodedata import east_asian_width

HEIGHT = 56.25
TEXT_WIDTH, LABEL_WIDTH = 92.0, 15.0
CHROME = 14.5
"""What stands on each slide besides its title, its facts and its words: margins, the section, the bar below."""
LEADING, TITLE_LEADING, FACT_HEIGHT, GAP = 1.5, 1.3, 4.2, 0.6
BAR_HEIGHT, BAR_GAP, BAR_LABEL = 5.4, 0.8, 2.5
"""A bar, what lies between two, and a line of the label beside it, of twelve letters."""
SIZES = (("huge", 3.1), ("large", 2.5), ("medium", 2.1), ("small", 1.9))
"""Sizes of the words. The smallest is 36 pixels high on a screen of 1920: what can be read from six metres."""
TITLE_SIZES = (("large", 3.3, 2), ("medium", 2.4, 3), ("small", 2.0, 99))
"""Sizes of a title, and up to how many lines each is used."""
_NARROW = 0.65
_SLACK = 2
"""Letters a line may lack: a comma or bracket may not begin or end it."""
_TOKEN = re.compile(r"\n|[!-~]+|.", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """A labelled text of a slide; `lead` stands above it in bold. `is_continued` where it began on a slide before."""

    label: str
    text: str
    lead: str = ""
    is_continued: bool = False


@dataclass(frozen=True)
class Setting:
    """Words as they are set: in which size, and how they share out over slides."""

    size: str
    slides: tuple[tuple[Words, ...], ...]


def title_setting(title: str) -> tuple[str, float]:
    """Return in which size a title is set, and how high it stands."""
    settings = (
        (name, em, most, len(lines_of(title, floor(TEXT_WIDTH / em) - _SLACK)))
        for name, em, most in TITLE_SIZES
    )
    return next(
        (name, lines * em * TITLE_LEADING) for name, em, most, lines in settings if lines <= most
    )


def set_words(words: Sequence[Words], *, title: str, facts: Sequence[str] = ()) -> Setting:
    """Set words below a title and its facts: as large as they fit on one slide, else small on several."""
    room = HEIGHT - CHROME - title_setting(title)[1] - _fact_rows(facts) * FACT_HEIGHT
    settings = [
        Setting(name, tuple(_share_out(words, floor(room / (em * LEADING)), _columns(em))))
        for name, em in SIZES
    ]
    return next((setting for setting in settings if len(setting.slides) <= 1), settings[-1])


def share_rows(
    labels: Sequence[str], *, title: str, facts: Sequence[str] = ()
) -> Iterator[list[int]]:
    """Yield which bars stand on each slide, by their places; a bar is as high as itself or its label."""
    room = HEIGHT - CHROME - title_setting(title)[1] - _fact_rows(facts) * FACT_HEIGHT
    held, free = list[int](), room
    for place, label in enumerate(labels):
        height = max(BAR_HEIGHT, len(lines_of(label, 12)) * BAR_LABEL) + BAR_GAP
        if held and height > free:
            yield held
            held, free = [], room
        held.append(place)
        free -= height
    if held:
        yield held


def _columns(em: float) -> int:
    return floor((TEXT_WIDTH - LABEL_WIDTH) / em) - _SLACK


def _share_out(words: Sequence[Words], capacity: int, columns: int) -> Iterator[tuple[Words, ...]]:
    """Yield the words of each slide; a text longer than a slide goes on on the next."""
    held: list[Words] = []
    free = float(capacity)
    for one in words:
        for piece, height in _pieces(one, capacity, columns):
            if held and height > free:
                yield tuple(held)
                held, free = [], float(capacity)
            held.append(piece)
            free -= height + GAP
    if held:
        yield tuple(held)


def _pieces(words: Words, capacity: int, columns: int) -> Iterator[tuple[Words, float]]:
    """Yield a text in parts that fit on a slide each, with their heights in lines."""
    lead = len(lines_of(words.lead, columns)) if words.lead else 0
    lines = lines_of(words.text, columns)
    room = max(1, capacity - lead)
    if len(lines) <= room:
        yield words, lead + max(len(lines), _label_lines(words.label))
        return
    for start in range(0, len(lines), room):
        part = lines[start : start + room]
        text = "".join(part).strip("\n")
        yield replace(words, text=text, is_continued=start > 0), lead + len(part)


def _label_lines(label: str) -> int:
    return len(lines_of(label, 7)) if label else 1


def lines_of(text: str, columns: int) -> list[str]:
    """Break a text into lines as a browser does; together they are the text again."""
    lines, line, filled = [], "", 0.0
    for piece in _tokens(text, columns):
        width = 0.0 if piece == "\n" else _width(piece)
        if line and filled + width > columns:
            lines.append(line)
            line, filled = "", 0.0
        line, filled = line + piece, filled + width
        if piece == "\n":
            lines.append(line)
            line, filled = "", 0.0
    return [*lines, line] if line else lines


def _tokens(text: str, columns: int) -> Iterator[str]:
    """Yield what is not broken: a letter of Japanese, a word of Latin; one longer than a line is broken."""
    longest = floor(columns / _NARROW)
    for token in _TOKEN.findall(text):
        for start in range(0, len(token), longest):
            yield token[start : start + longest]


def _width(token: str) -> float:
    return sum(1.0 if east_asian_width(one) in "WFA" else _NARROW for one in token)


def _fact_rows(texts: Sequence[str]) -> int:
    """Return in how many rows short facts stand, side by side."""
    return ceil(sum(_width(text) + 5 for text in texts) / 38) if texts else 0
