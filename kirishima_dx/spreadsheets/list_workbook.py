"""A reference list as the workbook that goes out: what stands, and a guide beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.cell_kinds import BODY, Day
from kirishima_dx.spreadsheets.day_cells import days_there_are
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    SUM_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    set_for_print,
    write_row,
    write_table,
)
from kirishima_dx.spreadsheets.reference_list import ReferenceList

GUIDE = "記入要領"
HEAD = Look(bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
GIVEN = replace(BODY, fill=SUM_FILL)


@dataclass(frozen=True)
class Layout:
    """How the sheets of one list look. `frozen` is the first cell that scrolls."""

    frozen: str
    guide: Mapping[str, str]
    """What to know of a column, or else, by its name."""
    guide_head: Sequence[str] = ("列", "書き方")
    """The head of the guide; none where this is empty."""
    guide_width: float = 16
    """Of its first column."""
    empty_rows: int = 0
    """Rows to fill in below the list."""
    is_filtered: bool = True


def list_workbook(
    of: ReferenceList,
    layout: Layout,
    *,
    title: str,
    owner: str,
    made_at: datetime,
    add: Callable[[Workbook, Dresser], None] | None = None,
) -> bytes:
    """Return the list and its guide; `add` puts sheets between them. `title` heads the printed pages.

    `owner` is the city.
    """
    book = new_book(owner)
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = of.sheet
    _fill_list(sheet, of, layout, dresser)
    if add:
        add(book, dresser)
    _fill_guide(book.create_sheet(GUIDE), layout, dresser)
    for each in book.worksheets:
        has_head = each.title != GUIDE or layout.guide_head
        head = title if each.title == title else f"{title}　{each.title}"
        frame = PrintFrame(title=head, number="", foot="")
        set_for_print(each, frame, title_rows="1:1" if has_head else "")
    return workbook_bytes(book, moment=made_at)


def _fill_list(sheet: Worksheet, of: ReferenceList, layout: Layout, dresser: Dresser) -> None:
    widths = {column.label: column.width for column in of.columns}
    looks = [GIVEN if column.is_given else column.kind.look for column in of.columns]
    rows = [*of.written(), *[[None] * len(widths)] * layout.empty_rows]
    write_table(sheet, widths, rows, head=HEAD, looks=looks, dresser=dresser)
    for place, column in enumerate(of.columns, start=1):
        if isinstance(column.kind, Day) and rows:
            letter = get_column_letter(place)
            asked = days_there_are(column.label)
            asked.add(f"{letter}2:{letter}{len(rows) + 1}")
            sheet.add_data_validation(asked)
    sheet.freeze_panes = layout.frozen
    if layout.is_filtered:
        sheet.auto_filter.ref = sheet.dimensions


def _fill_guide(sheet: Worksheet, layout: Layout, dresser: Dresser) -> None:
    looks = [replace(HEAD, horizontal="left", vertical="top"), Look()]
    rows, widths = list(layout.guide.items()), [layout.guide_width, 90]
    if layout.guide_head:
        heads = dict(zip(layout.guide_head, widths, strict=True))
        write_table(sheet, heads, rows, head=HEAD, looks=looks, dresser=dresser)
        sheet.freeze_panes = "A2"
        return
    fit_columns(sheet, widths)
    for place, row in enumerate(rows, start=1):
        write_row(sheet, place, row, looks=looks, widths=widths, dresser=dresser, one_row=True)
