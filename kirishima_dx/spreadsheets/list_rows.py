"""What a reference list is made of: its columns, a row as the file tells it, and what a row would do."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kirishima_dx.spreadsheets.cell_kinds import Kind
from kirishima_dx.spreadsheets.table import CellFault, TableCell


@dataclass(frozen=True)
class Column:
    """A column of a list, `width` characters wide.

    A file without a column that `is_needed` is refused. One that `is_given` is written for the reader, not taken in.
    """

    key: str
    label: str
    kind: Kind
    width: float
    is_needed: bool = False
    is_given: bool = False


@dataclass(frozen=True)
class Told:
    """A row of the file: its number in Excel, its cells by key of their column, and the key that names what it means.

    `named_by` is the column of that key, which is empty where `fault` says why it cannot be read.
    `is_struck_out`: the whole row is.
    """

    number: int
    cells: dict[str, TableCell]
    named_by: str
    key: str
    fault: str
    is_struck_out: bool = False

    def text(self, column: str) -> str:
        return self.cells[column].text() if column in self.cells else ""


class Entry:
    """The values of one row, as attributes named after the keys of the columns.

    `record` is what stands now (None for a new row), `told` the row of the file.
    """

    told: Told

    def __init__(self, record: Any, values: Mapping[str, Any]) -> None:
        self.record = record
        vars(self).update(values)

    def __getattr__(self, key: str) -> Any:
        raise AttributeError(key)

    def __deepcopy__(self, memo: Any) -> "Entry":
        """Copy the values alone: what the engine keeps as the state of before."""
        return copy(self)


class CellChange(NamedTuple):
    """One column of one row: what stands and what the file says; `old` is empty for a new row."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ListRow:
    """What one row of the file would do; `old` is None where nothing stands yet."""

    old: Entry | None
    new: Entry
    changes: list[CellChange]
    notes: list[str]
    warnings: list[str]


@dataclass
class ListCheck:
    """A list beside what stands. `state` says how that stood; `absent` counts what is not in the list."""

    state: str
    absent: int
    unknown: list[str]
    """Headers of columns that are not read."""
    notes: list[str] = field(default_factory=list)
    """What else is not read, in words."""
    new: list[ListRow] = field(default_factory=list)
    changed: list[ListRow] = field(default_factory=list)
    unchanged: list[ListRow] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    @property
    def can_be_applied(self) -> bool:
        return not self.faults and bool(self.new or self.changed)


class ListOutdated(Exception):
    """What the list is compared with is no longer as the preview showed it, or the list was applied already."""


class ListWrong(ValueError):
    """The list has errors, found by reading or by the action of a row; nothing was applied. `check` tells them."""

    def __init__(self, check: ListCheck) -> None:
        self.check = check
        super().__init__(check.faults)
