"""A sheet that is filled like a page of text, from the top down."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.long_texts import pieces, rows_of
from kirishima_dx.spreadsheets.look import (
    TALLEST_ROW,
    Dresser,
    Look,
    Value,
    lines_fitting,
    stretch,
    write_block,
    write_row,
)


@dataclass
class Page:
    """The sheet being filled, from `place` downwards."""

    sheet: Worksheet
    dresser: Dresser
    widths: Sequence[float]
    place: int = 1

    @property
    def width(self) -> int:
        return len(self.widths)

    def write(self, columns: tuple[int, int], text: str, look: Look, *, rows: int = 0) -> int:
        """Write a text across columns at the place, which stays; return how many rows it takes."""
        return write_block(
            self.sheet,
            self.place,
            columns,
            text,
            look=look,
            widths=self.widths,
            dresser=self.dresser,
            rows=rows,
        )

    def parts(self, text: str, columns: tuple[int, int], look: Look) -> list[str]:
        """Part a text so that each part stands in one row across the columns."""
        first, last = columns
        width = sum(self.widths[first - 1 : last])
        return pieces(text, width, look.size, lines_fitting(TALLEST_ROW, look.size))

    def line(self, text: str, look: Look, *, first: int = 1) -> None:
        """Write a text across all columns from one on, and go on below it."""
        columns = (first, self.width)
        for part in self.parts(text, columns, look):
            self.place += self.write(columns, part, look)

    def labelled(self, label: str, text: str, *, head: Look, body: Look) -> None:
        """Write a label and, beside it, a text."""
        for number, part in enumerate(self.parts(text, (2, self.width), body)):
            rows = self.write((2, self.width), part, body)
            self.write((1, 1), "" if number else label, head, rows=rows)
            self.place += rows

    def row(self, values: Sequence[Value], looks: Sequence[Look]) -> None:
        """Write a row of cells, parted where it is too tall."""
        for parts in rows_of(values, looks, self.widths):
            self.place += write_row(
                self.sheet,
                self.place,
                parts,
                looks=looks,
                widths=self.widths,
                dresser=self.dresser,
            )

    def gap(self, height: float) -> None:
        stretch(self.sheet, self.place, height)
        self.place += 1
