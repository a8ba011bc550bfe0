"""Cells in which several facts stand below one another, each after a small label: what columns would be on a screen.

A row of such cells is parted where one of them is taller than a row can be. The first part holds what is short.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color

from kirishima_dx.spreadsheets.long_texts import AGAIN, pieces
from kirishima_dx.spreadsheets.look import (
    FONT,
    TALLEST_ROW,
    Look,
    height_of,
    lines_fitting,
    lines_in,
    stretch,
)
from kirishima_dx.spreadsheets.marked_cell import parted
from kirishima_dx.spreadsheets.page import Page
from kirishima_dx.spreadsheets.writing import cell_text, file_text, put

LABEL_SIZE = 9.0
LABEL_COLOR = "555555"


@dataclass(frozen=True)
class Ink:
    """How some words of a cell are written; None is as its cell is."""

    bold: bool | None = None
    size: float | None = None
    color: str | None = None


PLAIN, BOLD = Ink(), Ink(bold=True)
LABEL = Ink(bold=True, size=LABEL_SIZE, color=LABEL_COLOR)
Run = tuple[str, Ink]


@dataclass(frozen=True)
class Fact:
    """Something that is said: a label, which may be empty, and words. A long text begins on a line below its label."""

    label: str
    text: str
    ink: Ink = PLAIN
    is_long: bool = False


Stack = Sequence[Fact]


INLINE = 18
"""Letters; a longer text begins below its label."""


def fact(label: str, text: str, ink: Ink = PLAIN) -> Fact:
    """Return a fact of which a short text stands beside its label."""
    return Fact(label, text, ink, is_long=len(text) > INLINE or "\n" in text)


def facts(*given: Fact) -> list[Fact]:
    """Return the facts that say something."""
    return [fact for fact in given if fact.text]


def runs_of(stack: Stack) -> list[Run]:
    """Return the words of a stack, one after the other; each fact begins on a line of its own."""
    runs: list[Run] = []
    for fact in stack:
        begin = "\n" if runs else ""
        if fact.label:
            runs.append((f"{begin}{fact.label}{chr(10) if fact.is_long else '　'}", LABEL))
        elif begin:
            runs.append((begin, PLAIN))
        runs.append((fact.text, fact.ink))
    return [(cell_text(words), ink) for words, ink in runs if words]


def write_stacks(
    page: Page, stacks: Sequence[Stack], looks: Sequence[Look], *, again: str = ""
) -> None:
    """Write a row of stacks, over as many rows as the tallest needs; one that goes on begins with `again` （続き）."""
    cells = [
        _parts(runs_of(stack), width, look)
        for stack, look, width in zip(stacks, looks, page.widths, strict=True)
    ]
    rows = max(len(parts) for parts in cells)
    for row in range(rows):
        shown = [parts[row] if row < len(parts) else [] for parts in cells]
        if row and not shown[0]:
            shown[0] = [(f"{again}{AGAIN}", BOLD)]
        _write_row(page, shown, _looks_of_part(looks, row, rows))


def _looks_of_part(looks: Sequence[Look], row: int, rows: int) -> list[Look]:
    """Return the looks of one of the rows: a frame goes around all of them."""
    if rows == 1:
        return list(looks)
    gone = ("b" if row + 1 < rows else "") + ("t" if row else "")
    return [replace(look, frame="".join(s for s in look.frame if s not in gone)) for look in looks]


def _parts(runs: list[Run], width: float, look: Look) -> list[list[Run]]:
    """Part the words of a cell so that each part stands in one row."""
    room = lines_fitting(TALLEST_ROW, look.size)
    text = "".join(words for words, _ in runs)
    if lines_in(text, width, look.size) <= room:
        return [runs]
    return parted(runs, pieces(text, width, look.size, room))


def _write_row(page: Page, cells: Sequence[Sequence[Run]], looks: Sequence[Look]) -> None:
    height = 0.0
    for number, (runs, look) in enumerate(zip(cells, looks, strict=True), start=1):
        cell = page.sheet.cell(page.place, number)
        page.dresser.dress(cell, look)
        text = "".join(words for words, _ in runs)
        is_quoted = put(cell, text).quotePrefix
        if any(ink != PLAIN for _, ink in runs):
            cell.value, cell.quotePrefix = _rich(runs, look), is_quoted
        lines = lines_in(text, page.widths[number - 1], look.size)
        height = max(height, height_of(lines, look.size))
    stretch(page.sheet, page.place, min(height, TALLEST_ROW))
    page.place += 1


def _rich(runs: Sequence[Run], look: Look) -> CellRichText:
    return CellRichText([TextBlock(_font(ink, look), file_text(words)) for words, ink in runs])


@cache
def _font(ink: Ink, look: Look) -> InlineFont:
    """Return a font, made once for all words that are written in it: making one takes longer than writing them."""
    return InlineFont(
        rFont=FONT,
        charset=128,
        b=look.bold if ink.bold is None else ink.bold,
        color=Color(rgb=f"FF{ink.color or look.color}"),
        sz=ink.size or look.size,
    )


def write_band(page: Page, text: str, look: Look, *, first: int = 1) -> None:
    """Write what the rows below have in common across the whole page, in place of a column that repeats it."""
    columns = (first, page.width)
    page.place += page.write(columns, text, look)
