"""Finding words in an edition; letter case and full or half width make no difference."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from plans.enums import SectionKind
from plans.queries import EditionOutline
from plans.section_text import search_text

AROUND = 40
"""How many letters are shown on each side of a hit."""


@dataclass(frozen=True)
class Hit:
    """A place where the words were found, with what stands around the first of them.

    `where` is the chapter or policy it belongs to, if any.
    """

    anchor: str
    heading: str
    where: str
    before: str
    match: str
    after: str


@dataclass(frozen=True)
class _Passage:
    anchor: str
    heading: str
    where: str
    text: str


def search(outline: EditionOutline, words: str) -> list[Hit]:
    """Return the passages that hold all of the words, in document order; none for no words."""
    wanted = _folded(words).split()
    if not wanted:
        return []
    hits = (_hit(passage, wanted) for passage in _passages(outline))
    return [hit for hit in hits if hit is not None]


def _passages(outline: EditionOutline) -> Iterator[_Passage]:
    for chapter in outline.sections:
        for node in chapter.walk():
            section = node.section
            where = "" if node is chapter else chapter.section.heading
            yield _Passage(section.key, section.heading, where, search_text(section.body))
            if section.kind == SectionKind.ITEMS:
                yield from _item_passages(outline)
    if not outline.has_place_for_items:
        yield from _item_passages(outline)


def _item_passages(outline: EditionOutline) -> Iterator[_Passage]:
    for axis_outline in outline.axes:
        axis = axis_outline.axis
        about = f"{axis.english} {axis.tagline}".strip()
        yield _Passage(f"axis-{axis.number}", f"軸{axis.number} {axis.name}", "", about)
        for policy_outline in axis_outline.policies:
            policy = policy_outline.policy
            yield _Passage(f"policy-{policy.code}", str(policy), axis.name, "")
            for item in policy_outline.items:
                heading = f"{item.place} {item.title}"
                yield _Passage(f"item-{item.place}", heading, str(policy), item.overview)


def _hit(passage: _Passage, wanted: list[str]) -> Hit | None:
    text = f"{passage.heading}\n{passage.text}"
    folded = _folded(text)
    if not all(word in folded for word in wanted):
        return None
    start = folded.find(wanted[0])
    end = start + len(wanted[0])
    before = text[max(0, start - AROUND) : start].split("\n")[-1]
    after = text[end : end + AROUND].split("\n")[0]
    return Hit(passage.anchor, passage.heading, passage.where, before, text[start:end], after)


def _folded(text: str) -> str:
    """Return the text in one case and width, letter for letter, so that positions stay."""
    return "".join(_folded_letter(letter) for letter in text)


def _folded_letter(letter: str) -> str:
    folded = unicodedata.normalize("NFKC", letter).casefold()
    return folded if len(folded) == 1 else letter
