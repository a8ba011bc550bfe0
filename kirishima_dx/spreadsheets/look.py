"""The look of every workbook that people read and print: font, fills, lines, page, and heights that fit Japanese text.

Excel does not fit the height of a row to wrapped text by itself when a file is opened, and a printed sheet is cut where
the row ends. So heights are computed here from the number of full-width characters that a column holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.paper import A3, ABOVE, BELOW, LEAST, MARGIN, Paper
from kirishima_dx.spreadsheets.writing import cell_text, put

FONT = "BIZ UDPGothic"
"""On every Windows since 2018; elsewhere the program takes its own Japanese font, which the heights allow for."""
TALLEST_ROW = 409
"""Points; Excel refuses more."""
_LINE_HEIGHT = 1.45
"""Of the font size. Generous: fonts that stand in for ours are taller."""
_ROOM = 0.94
"""Of a column's width: Latin words and the rule that no line begins with 。 leave ends of lines empty."""
_BOLD_ROOM = 0.95  # of a text that wraps: bold Latin letters are wider
_NARROW = 24
"""Half-width characters."""
_RULE = Side(style="thin", color="FF949494")
_STRONG = Side(style="medium", color="FF333333")
_SIDES = {"l": "left", "r": "right", "t": "top", "b": "bottom"}

HEAD_FILL, SUM_FILL, TOTAL_FILL = "E6E6E6", "F2F2F2", "D9D9D9"
COUNT_FORMAT = '#,##0_ ;"▲"#,##0_ '
DATE_FORMAT = '[$-411]ggge"年"m"月"d"日"'


AnyCell = Cell | MergedCell
Value = str | int | float | date | None


@dataclass(frozen=True)
class Look:
    """How a cell looks. Equal looks share one style, which is also what makes writing fast."""

    size: float = 10
    bold: bool = False
    color: str = "1A1A1A"
    fill: str = ""
    boxed: bool = True
    frame: str = ""
    """The sides with a strong line: l, r, t, b."""
    horizontal: str = "left"
    vertical: str = "top"
    number_format: str = "General"
    wrap: bool = True
    locked: bool = True
    """Not to be written into, once the sheet is protected."""


def marked(look: Look, mark: str) -> Look:
    """Return a look that shows a mark before a word; the value of the cell stays the bare word."""
    return replace(look, number_format=f'"{mark} "@')


class Dresser:
    """Gives the cells of one workbook their looks."""

    def __init__(self, book: Workbook) -> None:
        self._sheet = book.worksheets[0]
        self._styles: dict[Look, object] = {}

    def dress(self, cell: AnyCell, look: Look) -> None:
        """Give a cell its look; before its value is written, since quoting a value is part of the style.

        Copying the finished style array takes a tenth of the time of setting font, fill, border and alignment anew.
        """
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = self._style(look)
        cell._style = copy(style)  # type: ignore[union-attr]  # The stubs leave it out.

    def _style(self, look: Look) -> object:
        sample = Cell(self._sheet, row=1, column=1)
        sample.font = Font(name=FONT, size=look.size, bold=look.bold, color=f"FF{look.color}")
        if look.fill:
            sample.fill = PatternFill("solid", fgColor=f"FF{look.fill}")
        if look.boxed:
            sample.border = _border(look.frame)
        sample.alignment = Alignment(
            horizontal=look.horizontal, vertical=look.vertical, wrap_text=look.wrap
        )
        sample.number_format = look.number_format
        sample.protection = Protection(locked=look.locked)
        return sample._style  # type: ignore[attr-defined]


def _border(frame: str) -> Border:
    border = Border()
    for sign, side in _SIDES.items():
        setattr(border, side, _STRONG if sign in frame else _RULE)
    return border


def framed(looks: Sequence[Look]) -> list[Look]:
    """Return the looks of a row with a strong line around it: what people have to look at, in grey too."""
    last = len(looks) - 1
    return [
        replace(look, frame=f"tb{'l' if place == 0 else ''}{'r' if place == last else ''}")
        for place, look in enumerate(looks)
    ]


def text_units(text: str) -> int:
    """Return how wide a line is, in half-width characters; what cp932 lacks counts more than it takes."""
    return len(text.encode("cp932", "backslashreplace"))


def units_fitting(width: float, size: float) -> int:
    """Return how many half-width characters a line of a column holds at a font size."""
    units = max(2, int((7 * width - 2) * _ROOM / (size * 96 / 72 / 2)))
    # Half a full-width character is left empty: of a narrow column that is much.
    return units - units % 2 if units < _NARROW else units


def lines_in(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a column `width` characters wide (Excel's unit) at a font size."""
    units = units_fitting(width, size)
    if "\n" not in text and len(text) * 2 <= units:
        return 1
    lines = sum(max(1, ceil(text_units(line) / units)) for line in text.split("\n"))
    return lines_in(text, width * _BOLD_ROOM, size) if bold and lines > 1 else lines


def width_for(text: str, size: float) -> float:
    """Return the width (Excel's unit) of a column in which a text stands in one line at a font size."""
    return ceil((text_units(text) + 1) * size * 96 / 72 / 2 / _ROOM + 2) / 7


def height_of(lines: int, size: float) -> float:
    """Return the height in points of a number of lines with a little air."""
    return round(lines * size * _LINE_HEIGHT + 5, 1)


def lines_fitting(height: float, size: float) -> int:
    """Return how many lines at most a height in points holds."""
    return int((height - 5) / (size * _LINE_HEIGHT))


def write_row(
    sheet: Worksheet,
    place: int,
    values: Sequence[Value],
    *,
    looks: Sequence[Look],
    widths: Sequence[float],
    dresser: Dresser,
    one_row: bool = False,
) -> int:
    """Write a row of cells, as tall as its longest text; return how many rows of the sheet it takes.

    It takes more than one only where no single row is tall enough: then each cell reaches over all of them, unless
    `one_row` keeps the sheet a plain table for sorting and filtering.
    """
    lines, size = 1, looks[0].size
    for number, (value, look, width) in enumerate(zip(values, looks, widths, strict=True), start=1):
        cell = sheet.cell(place, number)
        dresser.dress(cell, look)
        shown = put(cell, value).value
        if isinstance(shown, str):
            lines = max(lines, lines_in(shown, width, size, bold=look.bold))
    height = height_of(lines, size)
    rows = stretch(sheet, place, min(height, TALLEST_ROW) if one_row else height)
    if rows > 1:
        for number, look in enumerate(looks, start=1):
            join(sheet, (place, number), (place + rows - 1, number), look, dresser)
    return rows


def write_table(
    sheet: Worksheet,
    columns: Mapping[str, float],
    rows: Iterable[Sequence[Value]],
    *,
    head: Look,
    looks: Sequence[Look],
    dresser: Dresser,
) -> None:
    """Write a plain table for sorting and filtering, its head in row 1; `columns` are names with their widths."""
    widths = list(columns.values())
    fit_columns(sheet, widths)
    heads = [head] * len(columns)
    write_row(sheet, 1, list(columns), looks=heads, widths=widths, dresser=dresser, one_row=True)
    for place, row in enumerate(rows, start=2):
        write_row(sheet, place, row, looks=looks, widths=widths, dresser=dresser, one_row=True)


def write_block(
    sheet: Worksheet,
    place: int,
    columns: tuple[int, int],
    text: str,
    *,
    look: Look,
    widths: Sequence[float],
    dresser: Dresser,
    rows: int = 0,
) -> int:
    """Write a text across neighbouring columns; return how many rows it takes: `rows` if given, else what it needs."""
    first, last = columns
    cell = sheet.cell(place, first)
    dresser.dress(cell, look)
    put(cell, text)
    width = sum(widths[first - 1 : last])
    height = height_of(lines_in(cell_text(text), width, look.size), look.size)
    taken = stretch(sheet, place, min(height, rows * TALLEST_ROW) if rows else height, rows=rows)
    join(sheet, (place, first), (place + taken - 1, last), look, dresser)
    return taken


def stretch(sheet: Worksheet, place: int, height: float, *, rows: int = 0) -> int:
    """Make room for a height from a row on, never lowering one; return how many rows that takes, at least `rows`."""
    taken = max(rows, ceil(height / TALLEST_ROW))
    for row in range(place, place + taken):
        dimension = sheet.row_dimensions[row]
        dimension.height = max(dimension.height or 0, round(height / taken, 1))
    return taken


def join(
    sheet: Worksheet, start: tuple[int, int], end: tuple[int, int], look: Look, dresser: Dresser
) -> None:
    """Merge a rectangle, its edges drawn all around."""
    if start == end:
        return
    for row in range(start[0], end[0] + 1):
        for column in range(start[1], end[1] + 1):
            if (row, column) != start:
                dresser.dress(sheet.cell(row, column), look)
    sheet.merge_cells(start_row=start[0], start_column=start[1], end_row=end[0], end_column=end[1])


def fit_columns(sheet: Worksheet, widths: Sequence[float]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


@dataclass(frozen=True)
class PrintFrame:
    """What stands around a printed sheet. `number` is its 資料番号; `warning` stands in the middle of the head."""

    title: str
    number: str
    foot: str
    mark: str = ""
    warning: str = ""


def set_for_print(
    sheet: Worksheet, frame: PrintFrame, *, title_rows: str = "", paper: Paper = A3
) -> None:
    """Set a sheet up for its paper, one page wide, its head rows repeated on each page."""
    sheet.page_setup.paperSize = paper.code
    sheet.page_setup.orientation = paper.orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = MARGIN / 72
    margins.top, margins.bottom = ABOVE / 72, BELOW / 72
    margins.header, margins.footer = 0.35, 0.3
    sheet.print_options.horizontalCentered = True
    if title_rows:
        sheet.print_title_rows = title_rows
    sheet.HeaderFooter.scaleWithDoc = False
    head, foot = sheet.oddHeader, sheet.oddFooter
    if head is None or foot is None:
        return
    parts = (
        (head.left, frame.title, 10),
        (head.center, frame.warning, 14),
        (head.right, frame.number, 14),
        (foot.left, frame.foot, 10),
        (foot.right, frame.mark, LEAST if len(frame.mark) > 40 else 10),
    )
    for part, text, size in parts:
        part.text = _one_line(text)
        part.font, part.size = f"{FONT},Regular", size
    foot.center.text, foot.center.font, foot.center.size = "&P／&N", f"{FONT},Regular", 10


def _one_line(text: str) -> str:
    """Return a text as a head or foot can hold it: an ampersand begins a code there, and all parts share 255 signs."""
    shown = " ".join(cell_text(text).split())
    return (f"{shown[:79]}…" if len(shown) > 80 else shown).replace("&", "&&")
