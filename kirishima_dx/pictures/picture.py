"""A picture with all that belongs to it: its question, what it shows in a sentence, its numbers and where they lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Drawing(Protocol):
    """What is drawn, and the template that draws it."""

    @property
    def template(self) -> str: ...


@dataclass(frozen=True)
class Number:
    """What stands in a cell; `url` leads to the rows that it counts."""

    value: int | str
    url: str = ""


@dataclass(frozen=True)
class Numbers:
    """The numbers of a picture as a table; the first cell of a row is its head, a cell may hold several numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Number | Sequence[Number]]]

    @property
    def body(self) -> SafeString:
        """Return the rows as HTML; a function, for a template takes ten times as long."""
        return format_html_join("", "<tr>{}</tr>", ((self._row(row),) for row in self.rows))

    def _row(self, row: Sequence[Number | Sequence[Number]]) -> SafeString:
        head, *cells = row
        told = zip(self.heads[1:], cells, strict=True)
        return format_html('<th scope="row">{}</th>', _cell(head)) + format_html_join(
            "", '<td data-label="{}"{}>{}</td>', (_td(label, cell) for label, cell in told)
        )


def _td(label: str, cell: Number | Sequence[Number]) -> tuple[str, SafeString, SafeString]:
    is_number = isinstance(cell, Number) and isinstance(cell.value, int)
    return label, SafeString(' class="num"' if is_number else ""), _cell(cell)


def _cell(cell: Number | Sequence[Number]) -> SafeString:
    if isinstance(cell, Number):
        return _one(cell)
    return format_html_join(
        " ", '<span class="picture__row">{}</span>', ((_one(one),) for one in cell)
    )


def _one(number: Number) -> SafeString:
    if number.url:
        return format_html('<a href="{}">{}</a>', number.url, number.value)
    return format_html("{}", number.value)


@dataclass(frozen=True)
class Picture:
    """One picture of a page. `drawing` is None where there is nothing to draw: the sentence says so.

    `key` names its place on the page. `links` lead to all its rows, `note` says what its numbers do not hold.
    """

    key: str
    question: str
    sentence: str
    day: str
    drawing: Drawing | None = None
    numbers: Numbers | None = None
    links: Sequence[tuple[str, str]] = ()
    note: str = ""
    is_for_staff: bool = False


def joined(parts: Iterable[str]) -> str:
    """Join what is told, without what says nothing."""
    return "".join(part for part in parts if part)
