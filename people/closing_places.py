"""Where something stands that is to be closed: in a row, in its copies, and wherever else the same words are (A3)."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from kirishima_dx.closing import (
    BYTES,
    OBJECT,
    SHORTEST,
    WORDS,
    Columns,
    Emptied,
    Standing,
    as_bytes,
    closable_columns,
    closable_models,
    copies_of,
    digest_of,
    fixed_with,
    history_of,
    may_be_altered,
    parts_of,
)
from kirishima_dx.file_words import words_in

FEW = 5
"""Rows read at once while looking for words: some hold files of several megabytes."""
MOST = 10
"""Words that stand in more further places are ticked by people, one by one."""


@dataclass(frozen=True)
class Cell:
    """A column of a row, and what stood there when it was looked at."""

    model: type[Model]
    row: int
    column: str
    digest: str
    size: int

    @property
    def key(self) -> str:
        return f"{self.model._meta.db_table}:{self.row}:{self.column}"


@dataclass
class Choice:
    """What is closed in one go where it is ticked. `elsewhere` are further places of the same words."""

    label: str
    said: str
    cells: dict[str, Cell]
    is_ticked: bool
    elsewhere: "list[Choice]" = field(default_factory=list)

    @property
    def is_stock(self) -> bool:
        """Whether the words stand in so many places that they are rather a phrase that many use."""
        return len(self.elsewhere) > MOST

    @property
    def key(self) -> str:
        return next(iter(self.cells))

    @property
    def copies(self) -> int:
        return len(self.cells) - 1


@dataclass(frozen=True)
class ClosingPlan:
    """What may be closed, and what tells of it and can never be altered. `stamp` changes with all that is found."""

    choices: list[Choice]
    fixed: list[Standing]
    row: Model | None = None
    """What is closed; None where words were looked for."""

    @property
    def stamp(self) -> str:
        found = [f"{cell.key}:{cell.digest}" for cell in self._cells()]
        return hashlib.sha256("/".join(sorted(found)).encode()).hexdigest()[:32]

    def _cells(self) -> Iterator[Cell]:
        for choice in self.choices:
            for one in (choice, *choice.elsewhere):
                yield from one.cells.values()

    def ticked(self, keys: Collection[str]) -> "ClosingPlan":
        """Return the plan with the ticks that somebody set."""
        for choice in self.choices:
            for one in (choice, *choice.elsewhere):
                one.is_ticked = one.key in keys
        return self

    def fixed_of(self, keys: Collection[str]) -> list[Standing]:
        """Return what tells of what was ticked, or of the words that were looked for, and can never be altered."""
        if self.row is None:
            return self.fixed
        words = {choice.said for choice in self.choices if choice.key in keys and choice.said}
        return fixed_with([self.row], words, _long(words))

    def chosen(self, keys: Collection[str]) -> list[Cell]:
        """Return the cells of what was ticked; further places only together with what they repeat."""
        ticked = [choice for choice in self.choices if choice.key in keys]
        further = [one for choice in ticked for one in choice.elsewhere if one.key in keys]
        cells = {key: cell for one in (*ticked, *further) for key, cell in one.cells.items()}
        return list(cells.values())


def plan_of_row(row: Model) -> ClosingPlan:
    """Return what may be closed of a row and of what belongs to it."""
    choices = [*_own_choices(row), *_part_choices(row)]
    known = {key for choice in choices for key in choice.cells}
    texts = {choice.said for choice in choices if choice.said}
    for found in search(_long(texts)):
        for choice in choices:
            if choice.said in found.words and not found.choice.cells.keys() & known:
                choice.elsewhere.append(found.choice)
                break
    for choice in choices:
        for one in choice.elsewhere:
            one.is_ticked = not choice.is_stock
    fixed = fixed_with([row], texts, _long(texts)) if choices else []
    return ClosingPlan(choices, fixed, row)


def _long(words: Collection[str]) -> set[str]:
    return {one for one in words if len(one.strip()) >= SHORTEST}


def plan_of_words(words: str) -> ClosingPlan:
    """Return every place in which words stand, each of its own."""
    choices = [found.choice for found in search({words})]
    return ClosingPlan(choices, fixed_with([], {words}, {words}))


def _own_choices(row: Model) -> Iterator[Choice]:
    columns = [name for name, _, _ in filled(row)] if may_be_altered(row) else []
    if any(closable_columns(type(row))[name] is BYTES for name in columns):
        yield _choice(row, columns, is_ticked=True)
        return
    for name in columns:
        yield _choice(row, [name], is_ticked=len(columns) == 1)


def _part_choices(row: Model) -> Iterator[Choice]:
    for part in parts_of(row):
        there = {name for name, _, _ in filled(part.row)}
        columns = [name for name in part.columns if name in there]
        if columns:
            yield _choice(part.row, columns, is_ticked=part.is_ticked, said=part.said)


def filled(row: Model) -> Iterator[tuple[str, Emptied, Any]]:
    """Return the columns of a row that can be closed and hold something, with what they hold."""
    for name, empty in closable_columns(type(row)).items():
        value = getattr(row, name)
        if value and not empty.is_in(value):
            yield name, empty, value


def _choice(row: Model, columns: list[str], *, is_ticked: bool, said: str = "") -> Choice:
    cells: dict[str, Cell] = {}
    for name in columns:
        value = getattr(row, name)
        for one in (cell_of(row, name), *_history(row, name), *_copies(row, name, said or value)):
            if one is not None:
                cells.setdefault(one.key, one)
    kinds = closable_columns(type(row))
    texts = [getattr(row, name) for name in columns if kinds[name] is WORDS]
    return Choice(label_of(row, columns), said or "、".join(texts), cells, is_ticked)


def label_of(row: Model, columns: Iterable[str]) -> str:
    """Return 根拠資料「聞き取りの結果」のファイル名、中身."""
    meta = type(row)._meta
    names = "、".join(str(meta.get_field(name).verbose_name) for name in columns)  # type: ignore[union-attr]  # Columns, no relations back.
    told_of = getattr(type(row), "instance_type", None)
    kind = f"{told_of._meta.verbose_name}の以前の内容" if told_of else str(meta.verbose_name)
    return f"{kind}「{getattr(row, 'history_object', row)}」の{names}"


def cell_of(row: Model, column: str) -> Cell | None:
    """Return a cell as it stands; None where nothing stands there or it was closed."""
    value = getattr(row, column)
    empty = closable_columns(type(row)).get(column)
    if empty is None or not value or empty.is_in(value) or not may_be_altered(row):
        return None
    return Cell(type(row), row.pk, column, digest_of(value), len(as_bytes(value)))


def _history(row: Model, column: str) -> Iterator[Cell | None]:
    """Return what the column of a live row held before, version by version."""
    history = history_of(type(row))
    if history is not None:
        for record in history._default_manager.filter(id=row.pk):
            yield cell_of(record, column)


def _copies(row: Model, column: str, value: Any) -> Iterator[Cell | None]:
    for copy, name in copies_of(row, column, value):
        yield cell_of(copy, name)


@dataclass(frozen=True)
class Found:
    """A cell in which some of the words that were looked for stand."""

    choice: Choice
    words: set[str]


def search(words: Collection[str]) -> Iterator[Found]:
    """Return every cell that can be closed and in which words stand, in histories and files too."""
    if not words:
        return
    for model in closable_models():
        columns = closable_columns(model)
        for row in _suspects(model, columns, words).iterator(chunk_size=FEW):
            for column, empty in columns.items():
                yield from _found(row, column, empty, words)


def _suspects(
    model: type[Model], columns: Columns, words: Collection[str]
) -> "QuerySet[Model, Model]":
    """Return the rows in which words may stand: told by the database for texts, all of them for files and JSON."""
    rows = model._base_manager.order_by("pk")
    if any(empty is not WORDS for empty in columns.values()):
        return rows
    told = (Q(**{f"{column}__contains": one}) for column in columns for one in words)
    return rows.filter(reduce(or_, told))


def _found(row: Model, column: str, empty: Emptied, words: Collection[str]) -> "Iterator[Found]":
    value = getattr(row, column)
    told = _told(value, empty, words) if value else set()
    cell = cell_of(row, column) if told else None
    if cell is not None:
        said = value if empty is WORDS else ""
        choice = Choice(label_of(row, [column]), said, {cell.key: cell}, is_ticked=True)
        yield Found(choice, told)


def _told(value: Any, empty: Emptied, words: Collection[str]) -> set[str]:
    if empty is BYTES:
        return words_in(bytes(value), words)
    texts = list(texts_in(value)) if empty is OBJECT else [value]
    return {one for one in words if any(one in text for text in texts)}


def texts_in(value: Any) -> Iterator[str]:
    """Return every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
