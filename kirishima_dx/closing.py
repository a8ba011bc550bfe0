"""Closing what holds personal data by mistake (A3): what a column holds once it is closed, and which columns can be.

Each app says in `closable.py` of every column of free text, of bytes and of JSON either how it is closed or why it is
kept; its configuration names both as `closable` and `kept`. tests/test_closable.py walks all tables. What an app knows
of copies, of rows that want more than an UPDATE, and of what can never be altered, it adds when it starts.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

MARK = "（個人情報を含むため閉じました）"
"""What stands where words were closed: for everybody, in pages and files alike, without the name of anyone."""


SHORTEST = 10
"""Letters; shorter words stand in many places, and are written again, by people who mean nothing of each other."""


@dataclass(frozen=True)
class Emptied:
    """What a column holds once it is closed, for Python and as a condition in SQL on the column `{}`."""

    value: Any
    sql: str

    def is_in(self, value: Any) -> bool:
        return bool((bytes(value) if isinstance(value, memoryview) else value) == self.value)


WORDS = Emptied(MARK, "{} = '" + MARK + "'")
BYTES = Emptied(b"", "length({}) = 0")
OBJECT: Emptied = Emptied({}, "{} = '{{}}'")

Columns = Mapping[str, Emptied]
Closable = Mapping[str, Columns]
Kept = Mapping[str, Mapping[str, str]]
HISTORY_REASON = "history_change_reason"


def may_be_same(one: str, other: str) -> bool:
    """Whether two reasons are of one act, as far as they are known: either may have been closed since."""
    return one == other or MARK in (one, other)


def digest_of(value: Any) -> str:
    """Return the SHA-256, in hexadecimal, of what a column held: of bytes as they are, of words in UTF-8."""
    return hashlib.sha256(as_bytes(value)).hexdigest()


def as_bytes(value: Any) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str):
        return value.encode()
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def closable_columns(model: type[Model]) -> Columns:
    """Return the columns of a table that can be closed; a row of a history also loses why it was changed."""
    app = apps.get_app_config(model._meta.app_label)
    told_of = getattr(model, "instance_type", None)
    if told_of is not None:
        drafted: Closable = getattr(app, "closable_in_history", {})
        own = {**closable_columns(told_of), **drafted.get(told_of.__name__, {})}
        there = {field.name for field in model._meta.concrete_fields}
        return {**{key: own[key] for key in own if key in there}, HISTORY_REASON: WORDS}
    closable: Closable = getattr(app, "closable", {})
    return closable.get(model.__name__, {})


def closable_models() -> Iterator[type[Model]]:
    """Return every table that has something that can be closed, histories too."""
    yield from (model for model in apps.get_models() if closable_columns(model))


def model_of(table: str) -> type[Model] | None:
    """Return the model of a table that has something that can be closed, in its rows or in what belongs to them."""
    closable = (one for one in apps.get_models() if closable_columns(one) or one in _parted())
    return next((one for one in closable if one._meta.db_table == table), None)


def _parted() -> list[type[Model]]:
    return [apps.get_model(label) for label in _PARTS]


def history_of(model: type[Model]) -> type[Model] | None:
    """Return the table of the history of a live model."""
    history = getattr(model, "history", None)
    return getattr(history, "model", None)


Finder = Callable[[Model, str, Any], Iterable[tuple[Model, str]]]
"""Row, column and what stands there → copies of it: rows and columns."""


@dataclass(frozen=True)
class Part:
    """What is closed from the page of another row that it belongs to: a row, its columns, and what stands there."""

    row: Model
    columns: tuple[str, ...]
    said: str = ""
    is_ticked: bool = True


Parts = Callable[[Model], Iterable[Part]]
Closer = Callable[[Any, Mapping[str, Any], Any], None]
"""Row, what its columns shall hold, who."""
Bar = Callable[[Model], bool]
"""Whether a row may never be altered (a sealed report)."""


@dataclass(frozen=True)
class Standing:
    """Something that can never be altered and tells the words: what it is called, and where it is dealt with."""

    label: str
    url: str


FixedFinder = Callable[[Collection[Model], Collection[str], Collection[str]], Iterable[Standing]]
"""Rows that are closed, words that go, and those of them that are looked for also where it does not tell of these rows
→ what can never be altered and tells of them."""

_PARTS: dict[str, Parts] = {}
_FINDERS: list[Finder] = []
_CLOSERS: dict[str, Closer] = {}
_BARS: dict[str, Bar] = {}
_FIXED: list[FixedFinder] = []


def add_copies(*finders: Finder) -> None:
    """Add ways to find copies, of an app that starts."""
    _FINDERS.extend(finders)


def add_parts(label: str, parts: Parts) -> None:
    _PARTS[label] = parts


def parts_of(row: Model) -> Iterable[Part]:
    parts = _PARTS.get(type(row)._meta.label)
    return parts(row) if parts else ()


def add_closer(label: str, closer: Closer) -> None:
    """Let a function close the rows of a table ("rounds.Answer"), where an UPDATE of the columns is not enough."""
    _CLOSERS[label] = closer


def add_bar(label: str, bar: Bar) -> None:
    _BARS[label] = bar


def add_fixed(finder: FixedFinder) -> None:
    _FIXED.append(finder)


def copies_of(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    for finder in _FINDERS:
        yield from finder(row, column, value)


def closer_of(model: type[Model]) -> Closer | None:
    return _CLOSERS.get(model._meta.label)


def may_be_altered(row: Model) -> bool:
    bar = _BARS.get(type(row)._meta.label)
    return bar is None or not bar(row)


def fixed_with(
    rows: Collection[Model], words: Collection[str], everywhere: Collection[str]
) -> list[Standing]:
    """Return what tells of these rows or words and can never be altered, each once."""
    return list(dict.fromkeys(one for finder in _FIXED for one in finder(rows, words, everywhere)))
