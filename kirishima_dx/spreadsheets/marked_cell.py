"""Cells of which some words are underlined, as the file of a workbook holds them; text whatever it begins with (F3).

They are written as XML at once. By way of openpyxl's cells the same words take several times as long, and its rich text
drops stretches of nothing but spaces.
"""

from collections.abc import Sequence
from typing import TypeVar
from xml.sax.saxutils import escape

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.look import FONT, Dresser, Look
from kirishima_dx.spreadsheets.writing import file_text, put

Marked = tuple[str, bool]
"""Words, and whether they are underlined."""
Sign = TypeVar("Sign")
"""What is told of a stretch of words: that it is underlined, or in which ink it is written."""
_JAPANESE = "128"
"""The character set of the font, so that a program without it takes a Japanese one."""
_KEPT = ' xml:space="preserve"'


class CellWriter:
    """Writes the cells of one sheet, in the looks that a dresser gives them."""

    def __init__(self, sheet: Worksheet, dresser: Dresser) -> None:
        self._sheet = sheet
        self._dresser = dresser
        self._styles: dict[tuple[Look, bool], int] = {}
        self._quoted: dict[str, bool] = {"": False}
        self._fonts: dict[Look, str] = {}

    def cell(self, place: int, column: int, stretches: Sequence[Marked], look: Look) -> str:
        """Return a cell that holds words, of which some are underlined, exactly as they are."""
        texts = _as_files_hold([words for words, _ in stretches])
        whole = "".join(texts)
        begins = f'<c r="{get_column_letter(column)}{place}" s="{self._style(look, whole[:1])}"'
        if not whole:
            return f'{begins} t="n" />'
        marks = [is_marked for _, is_marked in stretches]
        if any(marks):
            font = self._underlined(look)
            inside = "".join(
                f"<r>{font if is_marked else ''}<t{_KEPT}>{escape(text)}</t></r>"
                for text, is_marked in zip(texts, marks, strict=True)
            )
        else:
            inside = f"<t{_KEPT if whole != whole.strip() else ''}>{escape(whole)}</t>"
        return f'{begins} t="inlineStr"><is>{inside}</is></c>'

    def _style(self, look: Look, first: str) -> int:
        """Return the number of a style; that a text is quoted, by the sign it begins with, is part of it."""
        quoted = self._quoted.get(first)
        if quoted is None:
            quoted = self._quoted[first] = bool(put(self._sample(), first).quotePrefix)
        number = self._styles.get((look, quoted))
        if number is None:
            sample = self._sample()
            self._dresser.dress(sample, look)
            sample.quotePrefix = quoted
            number = self._styles[look, quoted] = sample.style_id
        return number

    def _sample(self) -> Cell:
        return Cell(self._sheet, row=1, column=1)

    def _underlined(self, look: Look) -> str:
        """Return the font of marked words: that of the cell, underlined."""
        font = self._fonts.get(look)
        if font is None:
            font = self._fonts[look] = (
                f'<rPr><rFont val="{FONT}" /><charset val="{_JAPANESE}" />'
                f'{"<b />" if look.bold else ""}<color rgb="FF{look.color}" />'
                f'<sz val="{look.size:g}" /><u /></rPr>'
            )
        return font


def _as_files_hold(texts: list[str]) -> list[str]:
    """Return the texts of one cell as a file says them; looked through at once, since next to none needs a change."""
    whole = "".join(texts)
    return texts if file_text(whole) == whole else [file_text(text) for text in texts]


def parted(
    stretches: Sequence[tuple[str, Sign]], parts: Sequence[str]
) -> list[list[tuple[str, Sign]]]:
    """Return the stretches of each part of their text; parts stand in order, with nothing but lost breaks between."""
    text = "".join(words for words, _ in stretches)
    found, start = [], 0
    for part in parts:
        start = text.index(part, start)
        found.append(_between(stretches, start, start + len(part)))
        start += len(part)
    return found


def _between(stretches: Sequence[tuple[str, Sign]], start: int, end: int) -> list[tuple[str, Sign]]:
    found, at = [], 0
    for words, is_marked in stretches:
        cut = words[max(0, start - at) : max(0, end - at)]
        if cut:
            found.append((cut, is_marked))
        at += len(words)
    return found
