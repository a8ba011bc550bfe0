"""Texts of which some words are underlined, as rich text of a workbook: text whatever it begins with (rule F3)."""

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.xml.constants import XML_NS
from openpyxl.xml.functions import Element, SubElement

from kirishima_dx.spreadsheet import file_text, put
from kirishima_dx.workbook_look import FONT, Look

Marked = tuple[str, bool]
"""Words, and whether they are underlined."""
_JAPANESE = "128"
"""The character set of the font, so that a program without it takes a Japanese one."""


class MarkedText(CellRichText):
    """Rich text that writes itself: openpyxl's own drops stretches of nothing but spaces, and takes thrice the time."""

    def __init__(self, stretches: Iterable[Marked], look: Look) -> None:
        super().__init__([file_text(text) for text, _ in stretches])
        self._marks = [is_marked for _, is_marked in stretches]
        self._look = look

    def to_tree(self) -> Any:
        """Return the element of the cell's text."""
        container = Element("is")
        for text, is_marked in zip(self, self._marks, strict=True):
            run = SubElement(container, "r")
            if is_marked:
                run.append(self._underlined())
            words = SubElement(run, "t", {f"{{{XML_NS}}}space": "preserve"})
            words.text = text
        return container

    def _underlined(self) -> Any:
        """Return the font of marked words: that of the cell, underlined."""
        look = self._look
        font = Element("rPr")
        SubElement(font, "rFont", {"val": FONT})
        SubElement(font, "charset", {"val": _JAPANESE})
        if look.bold:
            SubElement(font, "b")
        SubElement(font, "color", {"rgb": f"FF{look.color}"})
        SubElement(font, "sz", {"val": f"{look.size:g}"})
        SubElement(font, "u")
        return font


def put_marked(cell: Cell | MergedCell, stretches: Sequence[Marked], look: Look) -> None:
    """Write words of which some are underlined, exactly as they are; `look` is that of the cell."""
    written = put(cell, "".join(text for text, _ in stretches))
    if any(is_marked for _, is_marked in stretches):
        written.value = MarkedText(stretches, look)


def parted(stretches: Sequence[Marked], parts: Sequence[str]) -> list[list[Marked]]:
    """Return the stretches of each part of their text; parts stand in order, with nothing but lost breaks between."""
    text = "".join(words for words, _ in stretches)
    found, start = [], 0
    for part in parts:
        start = text.index(part, start)
        found.append(_between(stretches, start, start + len(part)))
        start += len(part)
    return found


def _between(stretches: Sequence[Marked], start: int, end: int) -> list[Marked]:
    found, at = [], 0
    for words, is_marked in stretches:
        cut = words[max(0, start - at) : max(0, end - at)]
        if cut:
            found.append((cut, is_marked))
        at += len(words)
    return found
