"""What a report shows, as words with their values: the one form in which it is shown, sealed and digested.

A draft's document is compiled from the live records, a sealed report's is read from its own rows; page and workbook
take either and cannot tell them apart. So a later rename, a new column or a changed label cannot reach a sealed report
(rule R1), and its pages and cells come out the same for ever.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from initiatives.stated_column import Kind

Value = str | int | None
"""A code, a day in ISO 8601, a whole number, or a decimal number with all its digits."""


@dataclass(frozen=True)
class Passage:
    """A labelled text. `value` is what it says, where a machine asks for that."""

    key: str
    label: str
    text: str
    value: Value = None

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, "text": self.text, "value": self.value}


@dataclass(frozen=True)
class Column:
    """A column: `key` is lasting and chooses the look, `label` is what people read, `kind` tells what its values are.

    `scale` names the closed set that its codes belong to; `unit` and `places` belong to numbers.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    scale: str = ""
    unit: str = ""
    places: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON, a text without what is usual."""
        told = {"key": self.key, "label": self.label}
        if self.kind is Kind.TEXT:
            return told
        beside = {"scale": self.scale, "unit": self.unit, "places": self.places}
        return {**told, "kind": self.kind.value, **beside}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{**stored, "kind": Kind(stored.get("kind", Kind.TEXT.value))})


@dataclass(frozen=True)
class Cell:
    """The words that stand at a place, and the value that they say; a text says itself, and has no other value.

    `parts` are the columns that share the cell, each with what it says.
    """

    words: str = ""
    value: Value = None
    parts: "tuple[tuple[Column, Cell], ...]" = ()

    @property
    def is_empty(self) -> bool:
        return not self.words and self.value is None

    def as_json(self) -> Any:
        """Return it for JSON: a text as it is."""
        if self.value is None and not self.parts:
            return self.words
        told: dict[str, Any] = {"words": self.words, "value": self.value}
        if self.parts:
            told["parts"] = [[column.as_json(), cell.as_json()] for column, cell in self.parts]
        return told

    @classmethod
    def from_json(cls, stored: Any) -> "Cell":
        if isinstance(stored, str):
            return cls(stored)
        parts = stored.get("parts", ())
        return cls(
            stored["words"],
            stored["value"],
            tuple((Column.from_json(column), cls.from_json(cell)) for column, cell in parts),
        )

    @property
    def day(self) -> date | None:
        """Return the day that the value is; None where it is none."""
        try:
            return date.fromisoformat(str(self.value))
        except ValueError:
            return None


NOTHING = Cell()
Record = Mapping[str, Cell]
"""A row of a table by the keys of its columns."""


@dataclass(frozen=True)
class Table:
    """A table; every row has one cell a column."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(
        cls,
        key: str,
        title: str,
        columns: tuple[Column, ...],
        records: Iterable[Mapping[str, Cell | str | int]],
    ) -> Self:
        """Make a table of rows by the keys of its columns; what a row does not name is empty.

        A text and a whole number may be given as they are. Raises KeyError for a key that is no column.
        """
        keys = [column.key for column in columns]
        rows = []
        for record in records:
            if not record.keys() <= set(keys):
                raise KeyError(*(record.keys() - set(keys)))
            rows.append(tuple(_cell(record.get(key, NOTHING)) for key in keys))
        return cls(key, title, columns, tuple(rows))

    def column(self, key: str) -> list[Cell]:
        """Return the cells of one column, top to bottom. Raises KeyError."""
        for position, column in enumerate(self.columns):
            if column.key == key:
                return [row[position] for row in self.rows]
        raise KeyError(key)

    def values(self, key: str) -> list[Value]:
        """Return the values of one column, top to bottom. Raises KeyError."""
        return [cell.value for cell in self.column(key)]

    @property
    def records(self) -> list[Record]:
        """Return the rows, each as its cells by the keys of their columns."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "columns": [column.as_json() for column in self.columns],
            "rows": [[cell.as_json() for cell in row] for row in self.rows],
        }


def _cell(given: Cell | str | int) -> Cell:
    if isinstance(given, Cell):
        return given
    return Cell(given) if isinstance(given, str) else Cell(str(given), given)


@dataclass(frozen=True)
class ReportDocument:
    """A report whole: its passages and its tables, in the order in which they are shown."""

    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]

    def passage(self, key: str) -> str:
        return next((passage.text for passage in self.passages if passage.key == key), "")

    def value(self, key: str) -> Value:
        """Return the value of a passage."""
        return next((passage.value for passage in self.passages if passage.key == key), None)

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)

    def canonical(self) -> bytes:
        """Return the one byte sequence of this document: JSON in UTF-8, keys sorted, no blanks."""
        told = {
            "passages": [passage.as_json() for passage in self.passages],
            "tables": [table.as_json() for table in self.tables],
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def digest(self) -> str:
        """Return the SHA-256 of the canonical form, in hexadecimal."""
        return hashlib.sha256(self.canonical()).hexdigest()


@dataclass(frozen=True)
class Seal:
    """When a document was sealed, and its digest."""

    sealed_at: datetime
    digest: str
