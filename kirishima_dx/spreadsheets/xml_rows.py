"""Rows written as XML, put between those that openpyxl writes into the file of a workbook."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

_SHEET = "xl/worksheets/sheet1.xml"


def row(place: int, height: float, cells: Iterable[str]) -> str:
    """Return a row of a height in points; `cells` stand in the order of their columns."""
    return f'<row r="{place}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


class GrowingArchive(ZipFile):
    """The file of a workbook whose first sheet gets further rows, before the row `before` that openpyxl wrote."""

    def __init__(self, file: BinaryIO, *, rows: Iterable[str], before: int) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self._rows = rows
        self._before = f'<row r="{before}"'.encode()

    def write(self, filename: Any, arcname: Any = None, *others: Any) -> None:
        """Take a part over from a file, as openpyxl hands its sheets over."""
        if arcname != _SHEET:
            super().write(filename, arcname, *others)
            return
        above, mark, below = Path(filename).read_bytes().partition(self._before)
        if not mark:
            raise ValueError("the sheet has no such row to write others before")
        self.writestr(_SHEET, above + "".join(self._rows).encode() + mark + below)
