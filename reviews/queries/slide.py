"""One picture on the screen of the meeting room, and how words become pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kirishima_dx.pictures.bars import Kind
from reviews.papers import PaperKind
from reviews.queries.papers import MeetingPapers
from reviews.queries.slide_texts import Words, set_words, title_setting
from reviews.report.bars import TotalsRow


@dataclass(frozen=True)
class Fact:
    """A short value with its label; `look` and `mark` draw it as a chip of 進捗評価, `url` is where it leads."""

    label: str
    text: str
    look: str = ""
    mark: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar of a slide: what it is of, and the parts that it is made of."""

    label: str
    row: TotalsRow


@dataclass(frozen=True)
class Figure:
    """A large number and what it counts."""

    label: str
    number: int


@dataclass(frozen=True)
class Slide:
    """One picture. `part` of `parts`: where a text does not fit on one, the same title stands on several."""

    section: str
    title: str
    title_size: str = "large"
    size: str = "large"
    facts: tuple[Fact, ...] = ()
    words: tuple[Words, ...] = ()
    bars: tuple[Bar, ...] = ()
    kinds: tuple[Kind, ...] = ()
    figures: tuple[Figure, ...] = ()
    part: int = 1
    parts: int = 1


def slides_of(
    section: str, title: str, words: Sequence[Words], facts: Sequence[Fact] = ()
) -> Iterator[Slide]:
    """Yield one slide, or as many as the words take."""
    setting = set_words(words, title=title, facts=[one.label + one.text for one in facts])
    size = title_setting(title)[0]
    pages = setting.slides or ((),)
    for part, page in enumerate(pages, start=1):
        yield Slide(
            section=section,
            title=title,
            title_size=size,
            size=setting.size,
            facts=tuple(facts),
            words=page,
            part=part,
            parts=len(pages),
        )


def numbered(papers: MeetingPapers, paper: PaperKind, place: int = 0) -> str:
    """Return a section of slides, by its place among those of a paper, with the 資料番号 where the same stands."""
    section = paper.sections[place]
    return f"{section}（{papers.numbers[paper]}）"
