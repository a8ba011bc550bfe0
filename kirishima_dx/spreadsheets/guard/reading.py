"""From the bytes of an uploaded workbook to plain sheets, no matter what the bytes are."""

from collections.abc import Container

from kirishima_dx.spreadsheets.guard.book import read_book
from kirishima_dx.spreadsheets.guard.package import Package
from kirishima_dx.spreadsheets.guard.sheet import RawSheet, SheetReader, without_empties
from kirishima_dx.spreadsheets.guard.xml_stream import Budget, read_xml


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
