"""A new workbook of the city: its measure of widths, its author, and how it becomes a file."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_APP, XPROPS_NS
from openpyxl.xml.functions import Element, SubElement, tostring

from kirishima_dx.spreadsheets.writing import cell_text

MEASURE = Font(name="Verdana", size=8, family=2, color="FF1A1A1A")
"""The digits of this font are the unit of every width: seven pixels in Excel. DejaVu Sans, which programs on Linux take
in its place, has digits of the same width; with Excel's own Calibri the columns come out a third wider there, and what
is fitted to a page a quarter smaller. No cell of ours is written in it."""

_archive = partial(ZipFile, mode="w", compression=ZIP_DEFLATED)


def new_book(owner: str) -> Workbook:
    """Return a workbook with one empty sheet, written by `owner`, the city."""
    book = Workbook()
    book._fonts = IndexedList([MEASURE])  # type: ignore[attr-defined]  # The stubs leave it out.
    book._named_styles["Normal"].font = MEASURE  # type: ignore[attr-defined]  # Likewise.
    name_owner(book, owner)
    return book


def name_owner(book: Workbook, owner: str) -> None:
    """Say whose file it is, in place of the name of a library."""
    book.properties.creator = book.properties.lastModifiedBy = cell_text(owner)


class _Owned:
    """The archive of a file, in which the author stands as the company too, and no name of a library."""

    def __init__(self, archive: ZipFile, owner: str | None) -> None:
        self._archive, self._owner = archive, owner

    def writestr(self, name: str, content: bytes | str) -> None:
        self._archive.writestr(name, self._properties() if name == ARC_APP else content)

    def _properties(self) -> str:
        told = Element("Properties", xmlns=XPROPS_NS)
        if self._owner:
            SubElement(told, "Company").text = self._owner
        return tostring(told)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)


def workbook_bytes(
    book: Workbook, *, moment: datetime, archive: Callable[[BinaryIO], ZipFile] = _archive
) -> bytes:
    """Return the file, dated `moment` (aware), written into what `archive` opens.

    openpyxl's own save would write the present time into it.
    """
    dated = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    book.properties.created = book.properties.modified = dated
    buffer = BytesIO()
    with archive(buffer) as opened:
        owned = _Owned(opened, book.properties.creator)
        ExcelWriter(book, owned).save()  # type: ignore[arg-type]  # It passes all else on.
    return buffer.getvalue()
