"""The floor of a workbook: openpyxl writing the cells of finished ones again."""

import io
from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl import Workbook, load_workbook

from bench.timing import Row, Work, in_turn, row


class BareWriter:
    """openpyxl writing the cells of finished workbooks again, with their looks or without."""

    def __init__(self, *contents: bytes, rich_text: bool = False) -> None:
        books = [load_workbook(io.BytesIO(content), rich_text=rich_text) for content in contents]
        self.books: Sequence[dict[str, list[Any]]] = [
            {
                sheet.title: [
                    cell
                    for cells in sheet.iter_rows()
                    for cell in cells
                    if cell.has_style or cell.value is not None
                ]
                for sheet in book.worksheets
            }
            for book in books
        ]

    def write(self, *, styled: bool) -> None:
        for sheets in self.books:
            plain = Workbook()
            plain.remove(plain.worksheets[0])  # Only the sheets that are written again count.
            for title, cells in sheets.items():
                sheet = plain.create_sheet(title)
                for source in cells:
                    cell = sheet.cell(source.row, source.column, source.value)
                    if styled and source.has_style:
                        cell.font, cell.border = copy(source.font), copy(source.border)
                        cell.fill, cell.alignment = copy(source.fill), copy(source.alignment)
                        cell.number_format = source.number_format
            plain.save(io.BytesIO())

    def rows(self, what: str, asked: int, work: Work, runs: int) -> list[Row]:
        """Measure what writes the same workbooks against both ways of writing them; dressing takes long, so once."""
        return [
            self.row(what, asked, work, runs),
            row(
                what,
                "同じセルを書いて飾るだけの openpyxl",
                asked,
                in_turn(work, lambda: self.write(styled=True), 1),
            ),
        ]

    def row(self, what: str, asked: int, work: Work, runs: int) -> Row:
        """Measure against writing the cells without their looks."""
        spent = in_turn(work, lambda: self.write(styled=False), runs)
        return row(what, "同じセルを書くだけの openpyxl", asked, spent)
