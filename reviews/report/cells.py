"""Cells of a report's tables as the page shows them: values with their labels, marks and links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reviews.report.document import CellValue, Column, Table
from reviews.report.looks import MARKS, RATING_LOOKS, STATUS_LOOKS


@dataclass(frozen=True)
class Way:
    """A way from a row of a report to where it comes from."""

    label: str
    url: str


@dataclass(frozen=True)
class Ways:
    """Ways out of a report for those who may walk them; they stand beside the document and are no part of it.

    `entries` holds, by the number of an item, the entry that is reported and its answer; `decisions` the addresses of
    decisions by their number and their sitting.
    """

    entries: Mapping[str, Sequence[Way]] = field(default_factory=dict)
    decisions: Mapping[tuple[str, str], str] = field(default_factory=dict)


NO_WAYS = Ways()


@dataclass(frozen=True)
class Part:
    """One value of a cell with the label of its column.

    `url` is where it leads, `ways` where its row comes from; a title also knows the number of its `item`, and
    `has_star` marks that of a 検討項目.
    """

    key: str
    label: str
    text: str
    url: str = ""
    ways: Sequence[Way] = ()
    item: str = ""
    has_star: bool = False

    @property
    def look(self) -> str:
        looks = STATUS_LOOKS if self.key.endswith("status") else RATING_LOOKS
        return looks.get(self.text, "other")

    @property
    def mark(self) -> str:
        return MARKS.get(self.text, "")

    @property
    def day(self) -> date | None:
        """Return the day that an ISO date names."""
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            return None

    @property
    def names(self) -> list[str]:
        """Return what a list of names holds."""
        return self.text.split("、") if self.text else []


Groups = tuple[tuple[str, ...], ...]
Record = Mapping[str, str]


def records_of(table: Table) -> list[Record]:
    """Return the rows of a table as words by the keys of its columns."""
    return [{key: as_text(cell) for key, cell in row.items()} for row in table.records]


def grouped(columns: Sequence[Column], groups: Groups, apart: Sequence[str]) -> list[list[Column]]:
    """Return which columns share a cell: those of a group, and each that no group names alone, at the end.

    Columns of `apart` stand elsewhere.
    """
    known = {column.key: column for column in columns}
    shared = [[known[key] for key in group if key in known] for group in groups]
    named = {*apart, *(key for group in groups for key in group)}
    alone = [[column] for key, column in known.items() if key not in named]
    return [cell for cell in [*shared, *alone] if cell]


def parts_of(record: Record, cell: Sequence[Column], ways: Ways = NO_WAYS) -> list[Part]:
    """Return one cell of a row as its parts."""
    keys = [column.key for column in cell]
    return [
        _part(record, column, ways)
        for column in cell
        if column.key != "is_study" or "title" not in keys
    ]


def _part(record: Record, column: Column, ways: Ways) -> Part:
    text = record[column.key]
    if column.key == "title":
        item = record.get("code", "")
        told, has_star = ways.entries.get(item, ()), bool(record.get("is_study"))
        return Part("title", column.label, text, ways=told, item=item, has_star=has_star)
    if column.key == "decision":
        url = ways.decisions.get((text, record.get("meeting", "")), "")
        return Part("decision", column.label, text, url)
    return Part(column.key, column.label, text)


def as_text(cell: CellValue) -> str:
    return "" if cell is None else str(cell)
