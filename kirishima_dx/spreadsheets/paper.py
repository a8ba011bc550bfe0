"""Sheets as paper: how wide columns may be, so that no letter is printed smaller than LEAST.

A program fits the columns of a sheet to its page by making everything smaller, letters too. So a sheet that is printed
keeps the sum of its widths within what its paper holds; what does not fit is stacked (`stacked`), stands as a band over
its rows, or goes to another sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

LEAST = 9
"""Points, on paper."""
UNIT = 5.25
"""Points that one unit of a column's width takes: seven pixels of 96 to the inch."""
MARGIN = 36
"""Points on either side of a page."""
ABOVE, BELOW = 54, 46.8
"""Points left to the head and the foot of a page."""
_SURE = 0.96
"""Of a row of pages: none is filled to its edge by whole columns."""
MACHINE_TAB = "7F7F7F"
"""The colour of the tab of a sheet that is read by machines, or sorted and filtered, and not printed."""

NOT_FOR_PAPER = "（画面で使うシートです。印刷しません）"


@dataclass(frozen=True)
class Paper:
    """A size of paper as it lies: Excel's code of it, which way round, and its measures in points."""

    code: str
    orientation: Literal["portrait", "landscape"]
    width: float
    height: float

    @property
    def room(self) -> float:
        """Return the widths of columns, summed up, that stand on it at full size."""
        return (self.width - 2 * MARGIN) / UNIT

    @property
    def depth(self) -> float:
        """Return the points between the head and the foot of a page."""
        return self.height - ABOVE - BELOW


A3 = Paper("8", "landscape", 1190.55, 841.89)
A3_UPRIGHT = Paper("8", "portrait", 841.89, 1190.55)
A4 = Paper("9", "landscape", 841.89, 595.28)


def keep_together(sheet: Worksheet, start: int, paper: Paper, *, size: float) -> None:
    """Keep the rows from `start` to the last off a page of their own, or at least on one.

    A sheet a little longer than its page becomes smaller, as far as letters of `size` allow; of a longer one these
    rows begin a new page where the end of a page would part them. To be called once the sheet is set for print.
    """
    heights = [sheet.row_dimensions[place].height or 15 for place in range(1, sheet.max_row + 1)]
    above, whole = sum(heights[: start - 1]), sum(heights)
    room = paper.depth * _SURE
    if room < whole <= room * size / (LEAST + 1):
        sheet.page_setup.fitToHeight = 1
    elif whole - above <= room and above // room < whole // room:
        sheet.row_breaks.append(Break(id=start - 1))


def pages_across(widths: Sequence[float], size: float, *, repeated: int = 0) -> int:
    """Return on how many pages of A3 beside one another letters of a size stay as tall as LEAST.

    Each page begins with the first `repeated` columns.
    """
    again = sum(widths[:repeated])
    return max(1, ceil((sum(widths) - again) / (A3.room * _SURE * size / LEAST - again)))


def set_apart(sheet: Worksheet) -> None:
    """Mark a sheet as not for paper by its tab, and leave nothing of it to a print of the whole file.

    Excel knows no sheet that is shown and never printed. A hidden one is not printed, but nobody finds it, and the
    rules for machine-readable files refuse it; several tabs selected at once would be written into together. So the
    area to print is an empty cell beside the table: LibreOffice leaves the sheet out, Excel gives at most one page,
    whose head says what the sheet is.
    """
    sheet.sheet_properties.tabColor = MACHINE_TAB
    beside = f"${get_column_letter(sheet.max_column + 2)}$1"
    sheet._print_rows = None  # type: ignore[attr-defined]  # Its setter takes no rows back.
    sheet.print_area = f"{beside}:{beside}"
