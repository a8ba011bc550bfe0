"""From the bytes of an uploaded workbook to plain sheets, no matter what the bytes are.

`read_sheets` raises nothing but WorkbookRefused. openpyxl can hang for a minute, or take gigabytes, on files of a few
kilobytes, and does not know the date formats of a Japanese Excel; so the parts that matter are read here, within
bounds, and everything else in the file (pictures, comments, links) is left alone.
"""

from collections.abc import Container

from kirishima_dx.workbook_guard.book import read_book
from kirishima_dx.workbook_guard.limits import (
    MAX_BYTES,
    MAX_CELL_TEXT,
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_MARKUP,
    MAX_ROWS,
    MAX_TEXT,
    MAX_UNPACKED,
    WorkbookRefused,
)
from kirishima_dx.workbook_guard.package import Package
from kirishima_dx.workbook_guard.sheet import RawSheet, SheetReader, without_empties
from kirishima_dx.workbook_guard.values import RawCell, Value
from kirishima_dx.workbook_guard.xml_stream import Budget, read_xml

__all__ = [
    "MAX_BYTES",
    "MAX_CELL_TEXT",
    "MAX_COLUMNS",
    "MAX_ENTRIES",
    "MAX_MARKUP",
    "MAX_ROWS",
    "MAX_TEXT",
    "MAX_UNPACKED",
    "RawCell",
    "RawSheet",
    "Value",
    "WorkbookRefused",
    "read_sheets",
]


def read_sheets(content: bytes, *, only: Container[str] | None = None) -> list[RawSheet]:
    """Return the sheets in the order of their tabs, or those alone whose names are in `only`.

    Raises WorkbookRefused, with a message for the person who sent the file, and nothing else.
    """
    package = Package(content)
    budget = Budget()
    book = read_book(package, budget)
    sheets = []
    for entry in book.sheets:
        if only is None or entry.name in only:
            reader = SheetReader(entry, book, budget)
            read_xml(package.chunks(entry.part), reader, budget, shrink=without_empties)
            sheets.append(reader.sheet())
    return sheets
