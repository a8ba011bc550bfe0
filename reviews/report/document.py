"""What a report shows, as plain words and whole numbers: the one form in which it is shown, sealed and digested.

A draft's document is compiled from the live records, a sealed report's is read from its own rows; page and workbook
take either and cannot tell them apart. So a later rename, a new column or a changed label cannot reach a sealed report
(rule R1), and its pages and cells come out the same for ever.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

CellValue = str | int | None


@dataclass(frozen=True)
class Passage:
    """A labelled text."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Column:
    """A column: `key` is lasting and chooses the look, `label` is what people read."""

    key: str
    label: str


@dataclass(frozen=True)
class Table:
    """A table of strings and whole numbers; every row has one cell a column."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]

    def column(self, key: str) -> list[CellValue]:
        """Return the cells of one column, top to bottom. Raises KeyError."""
        for position, column in enumerate(self.columns):
            if column.key == key:
                return [row[position] for row in self.rows]
        raise KeyError(key)

    @property
    def records(self) -> list[dict[str, CellValue]]:
        """Return the rows, each as its cells by the keys of their columns."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class ReportDocument:
    """A report whole: its passages and its tables, in the order in which they are shown."""

    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]

    def passage(self, key: str) -> str:
        return next((passage.text for passage in self.passages if passage.key == key), "")

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)

    def canonical(self) -> bytes:
        """Return the one byte sequence of this document: JSON in UTF-8, keys sorted, no blanks."""
        return json.dumps(
            asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    def digest(self) -> str:
        """Return the SHA-256 of the canonical form, in hexadecimal."""
        return hashlib.sha256(self.canonical()).hexdigest()


@dataclass(frozen=True)
class Seal:
    """When a document was sealed, and its digest."""

    sealed_at: datetime
    digest: str
