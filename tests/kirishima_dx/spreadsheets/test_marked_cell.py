"""Rows written as XML hold what openpyxl's own would: words, marks, looks, and no text that runs as a formula."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.book import workbook_bytes
from kirishima_dx.spreadsheets.look import Dresser, Look
from kirishima_dx.spreadsheets.marked_cell import CellWriter, Marked
from kirishima_dx.spreadsheets.writing import put
from kirishima_dx.spreadsheets.xml_rows import GrowingArchive, row

MOMENT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
LOOK = Look(size=10.5, bold=True, fill="F2F2F2")
SIGNS = '語&<>"=+@＝ \n\t\x0b\ufffe_x000D'
texts = st.text(SIGNS, max_size=8)


def written(stretches: Sequence[Marked]) -> Worksheet:
    """Return a sheet of three rows: the second is written as XML in A2, and by openpyxl alone in A3."""
    book = Workbook()
    sheet = book.worksheets[0]
    dresser = Dresser(book)
    cell = CellWriter(sheet, dresser).cell(2, 1, stretches, LOOK)
    own = sheet.cell(3, 1)
    dresser.dress(own, LOOK)
    put(own, "".join(words for words, _ in stretches))
    sheet.row_dimensions[3].height = 33.5
    grown = partial(GrowingArchive, rows=[row(2, 33.5, [cell])], before=3)
    content = workbook_bytes(book, moment=MOMENT, archive=grown)
    return load_workbook(io.BytesIO(content), rich_text=True).worksheets[0]


def looks(cell: Cell) -> list[object]:
    return [
        cell.data_type,
        cell.quotePrefix,
        *map(repr, (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)),
    ]


@given(texts)
def test_a_text_is_the_cell_that_openpyxl_writes(text: str) -> None:
    sheet = written([(text, False)])
    ours, own = sheet.cell(2, 1), sheet.cell(3, 1)
    assert (ours.value, looks(ours)) == (own.value, looks(own))
    assert sheet.row_dimensions[2].height == sheet.row_dimensions[3].height


@given(st.lists(st.tuples(texts.filter(bool), st.booleans()), min_size=1, max_size=5))
def test_marks_change_no_word_and_no_look(stretches: list[Marked]) -> None:
    sheet = written([*stretches, ("語", True)])
    ours, own = sheet.cell(2, 1), sheet.cell(3, 1)
    assert looks(ours) == looks(own)
    assert isinstance(ours.value, CellRichText)
    marked = [isinstance(part, TextBlock) for part in ours.value]
    assert marked == [is_marked for _, is_marked in stretches] + [True]


def test_marked_words_have_the_font_of_their_cell_and_a_line() -> None:
    value = written([("甲", True), (" ", False), ("乙", True)]).cell(2, 1).value
    assert isinstance(value, CellRichText)
    assert [str(part) for part in value] == ["甲", " ", "乙"]
    first = value[0]
    assert isinstance(first, TextBlock)
    assert (first.font.rFont, first.font.sz, first.font.b, first.font.u) == (
        "BIZ UDPGothic",
        10.5,
        True,
        "single",
    )


def test_an_empty_cell_keeps_its_look() -> None:
    sheet = written([])
    assert sheet.cell(2, 1).value is None
    assert looks(sheet.cell(2, 1)) == looks(sheet.cell(3, 1))


def test_rows_are_written_before_a_row_that_stands() -> None:
    grown = partial(GrowingArchive, rows=[], before=2)
    with pytest.raises(ValueError, match="no such row"):
        workbook_bytes(Workbook(), moment=MOMENT, archive=grown)
