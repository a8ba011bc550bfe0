"""Cells of a report's tables as the page shows them: values with their labels, marks and links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from initiatives.stated_column import Kind
from reviews.report.document import NOTHING, Cell, Column, Record
from reviews.report.looks import mark_of, traits_of


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
    """One value of a cell with its column.

    `url` is where it leads, `ways` where its row comes from; a title also knows the number of its `item`, and
    `has_star` marks that of a 検討項目.
    """

    column: Column
    cell: Cell
    url: str = ""
    ways: Sequence[Way] = ()
    item: str = ""
    has_star: bool = False

    @property
    def key(self) -> str:
        return self.column.key

    @property
    def label(self) -> str:
        return self.column.label

    @property
    def text(self) -> str:
        return self.cell.words

    @property
    def look(self) -> str:
        return traits_of(self.column.scale, self.cell.value).look

    @property
    def mark(self) -> str:
        return mark_of(self.column.scale, self.cell.value)

    @property
    def day(self) -> date | None:
        """Return the day of a column of days."""
        return self.cell.day if self.column.kind is Kind.DAY else None

    @property
    def names(self) -> list[str]:
        """Return what a list of names holds."""
        return self.text.split("、") if self.text else []


Groups = tuple[tuple[str, ...], ...]


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
    cell = record[column.key]
    if column.key == "title":
        item = words_of(record, "code")
        told = ways.entries.get(item, ())
        has_star = bool(record.get("is_study", NOTHING).value)
        return Part(column, cell, ways=told, item=item, has_star=has_star)
    if column.key == "decision":
        url = ways.decisions.get((cell.words, words_of(record, "meeting")), "")
        return Part(column, cell, url)
    return Part(column, cell)


def words_of(record: Record, key: str) -> str:
    """Return the words of a row in a column, which it may lack."""
    return record.get(key, NOTHING).words
