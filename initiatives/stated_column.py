"""What a column of a statement is: its words, its kind, and how a value of each kind is shown and stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from kirishima_dx.closed_set import ClosedSet
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.number import number_words


class Kind(Enum):
    """What the values of a column are. A whole number is an int, a decimal a Decimal, a choice its code."""

    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    FLAG = "flag"
    WHOLE = "whole"
    DECIMAL = "decimal"


class Asked(Enum):
    """When a column is asked for."""

    ALWAYS = "always"
    WHEN_LATE = "when_late"
    """Of an item that is late, and then it must be filled in (G3)."""


@dataclass(frozen=True, kw_only=True)
class Widths:
    """Widths in characters: of the answer workbook, of 進捗一覧 as a file, of the sheet 進捗一覧 of the 会議資料.

    Where a width is None, the column does not stand there by itself.
    """

    answer: float | None = None
    list: float | None = None
    paper: float | None = None


_EMPTY = {Kind.TEXT: "", Kind.CHOICE: "", Kind.FLAG: False}
"""What says nothing. A day or a number that was not stated is None: 0 is a number."""
_FROM_JSON: dict[Kind, Callable[[Any], Any]] = {
    Kind.DAY: date.fromisoformat,
    Kind.DECIMAL: Decimal,
}


@dataclass(frozen=True, kw_only=True)
class StatedColumn:
    """One column of a statement.

    `meaning` tells in データ what is observed. `help` stands at its field on the screen, which is `rows` high;
    `shares_row` puts that field beside the one before it. `guide` and `example` stand in 記入要領; a column without a
    guide shares the line of the one before it. `question` is the text at the box of a flag, `yes` how a flag that is
    set is shown, `yes_means` what that says. `unit` and `places` (digits after the point) belong to numbers.
    `short` is the label in a cell that several columns share.
    """

    key: str
    label: str
    kind: Kind
    meaning: str = ""
    widths: Widths = Widths()
    choices: type[ClosedSet] | None = None
    asked: Asked = Asked.ALWAYS
    is_required: bool = False
    help: str = ""
    rows: int = 3
    shares_row: bool = False
    guide: str = ""
    example: str = ""
    question: str = ""
    yes: str = ""
    yes_means: str = ""
    short: str = ""
    unit: str = ""
    places: int = 0

    @property
    def short_label(self) -> str:
        return self.short or self.label

    @property
    def empty(self) -> Any:
        """Return the value that says nothing."""
        return _EMPTY.get(self.kind)

    @property
    def is_prose(self) -> bool:
        """Whether it is searched, and compared word by word: 概ね順調 → 順調 is another word, not a shorter one."""
        return self.kind is Kind.TEXT

    @property
    def is_optional(self) -> bool:
        """Whether its field says 任意: nothing else makes it necessary, and it is no mere box."""
        return not self.is_required and self.asked is Asked.ALWAYS and self.kind is not Kind.FLAG

    @property
    def words(self) -> dict[str, str]:
        """Return the fixed words of the column, by value: of a flag, the one of `yes`."""
        if self.kind is Kind.FLAG:
            return {"yes": self.yes}
        return dict(self.choices.choices) if self.choices else {}

    @property
    def meanings(self) -> dict[str, str]:
        """Return what each of the fixed words says, by value."""
        if self.kind is Kind.FLAG:
            return {"yes": self.yes_means}
        return {member.value: member.meaning for member in self.choices or ()}

    def in_words(self, value: Any) -> str:
        """Return a value as people read it, empty where it says nothing."""
        if value is None or value == self.empty:
            return ""
        return _IN_WORDS[self.kind](self, value)

    def as_json(self, value: Any) -> Any:
        """Return a value as JSON keeps it: a day in ISO 8601, a decimal with all its digits."""
        if isinstance(value, date):
            return value.isoformat()
        return str(value) if isinstance(value, Decimal) else value

    def from_json(self, stored: Any) -> Any:
        """Undo as_json; what was not stored says nothing."""
        if stored is None:
            return self.empty
        return _FROM_JSON.get(self.kind, lambda value: value)(stored)


def _number_in_words(column: StatedColumn, value: Any) -> str:
    return number_words(value, unit=column.unit)


_IN_WORDS: dict[Kind, Callable[[StatedColumn, Any], str]] = {
    Kind.TEXT: lambda column, value: str(value),
    Kind.CHOICE: lambda column, value: column.words.get(value, ""),
    Kind.DAY: lambda column, value: wareki_date(value),
    Kind.FLAG: lambda column, value: column.yes,
    Kind.WHOLE: _number_in_words,
    Kind.DECIMAL: _number_in_words,
}
