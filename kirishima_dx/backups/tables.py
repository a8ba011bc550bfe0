"""The rows of a table as values of Python, the same from either database, and how they are written to the other one."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, Field, JSONField, Model, TextField
from django.db.models.functions import Cast

from kirishima_dx.models import ContentToken

Row = tuple[Any, ...]
_MANY, _FEW = 500, 4
"""Rows at a time; those of files are large."""
_WRITTEN_OTHERWISE = ("DateTimeField", "DateField", "TimeField", "DecimalField", "DurationField")
"""Kinds of columns that SQLite keeps as text."""


def moved_models() -> list[type[Model]]:
    """Return the models whose rows travel, each table once. Sessions do not: everybody signs in anew. Nor does the
    content token: a database makes its own, so that none looks current to who has seen another one."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in (Session, ContentToken)
    }
    return [found[table] for table in sorted(found)]


def called(model: type[Model]) -> str:
    """Return what a table is called in words: a history after what it is of, not in English."""
    first, _, rest = str(model._meta.verbose_name).partition(" ")
    return f"{rest}の履歴" if first == "historical" else str(model._meta.verbose_name)


@dataclass(frozen=True)
class Columns:
    """The columns of a table, in one order for reading and writing."""

    model: type[Model]
    fields: Sequence["Field[Any, Any]"]

    @classmethod
    def of(cls, model: type[Model]) -> "Columns":
        return cls(model, model._meta.concrete_fields)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def chunk(self) -> int:
        return _FEW if any(isinstance(field, BinaryField) for field in self.fields) else _MANY

    def rows(self, alias: str) -> Iterator[Row]:
        """Yield the rows in the order of their keys; JSON as its text, so that null and nothing stay apart."""
        texts = {
            f"text_of_{field.attname}": Cast(field.attname, TextField())
            for field in self.fields
            if isinstance(field, JSONField)
        }
        names = [
            f"text_of_{field.attname}" if isinstance(field, JSONField) else field.attname
            for field in self.fields
        ]
        asked = self.model._base_manager.using(alias).order_by("pk").annotate(**texts)
        yield from asked.values_list(*names).iterator(chunk_size=self.chunk)

    def chunks(self, alias: str) -> Iterator[list[Row]]:
        rows = self.rows(alias)
        while chunk := list(islice(rows, self.chunk)):
            yield chunk


class Digest:
    """Counts rows and sums up what they hold: the same for both databases."""

    def __init__(self, columns: Columns) -> None:
        self.count = 0
        self._sum = hashlib.sha256()
        self._json = {
            place for place, one in enumerate(columns.fields) if isinstance(one, JSONField)
        }

    def add(self, rows: list[Row]) -> None:
        for row in rows:
            self._sum.update(repr([self._told(*one) for one in enumerate(row)]).encode())
        self.count += len(rows)

    def _told(self, place: int, value: Any) -> Any:
        if value is not None and place in self._json:
            return canonical(value)
        how = _TOLD.get(type(value))
        return how(value) if how else value

    def result(self) -> tuple[int, str]:
        return self.count, self._sum.hexdigest()


_TOLD: dict[type, Callable[[Any], Any]] = {
    datetime: lambda value: value.astimezone(UTC).isoformat(),
    memoryview: bytes,
    Decimal: lambda value: format(value.normalize(), "f"),
}


def canonical(text: str) -> str:
    """Return JSON in one way of writing: PostgreSQL orders the keys of an object, and writes numbers its own way."""
    number = {"parse_float": _number, "parse_int": _number}
    return json.dumps(json.loads(text, **number), sort_keys=True)  # type: ignore[arg-type]  # One type for both names.


def _number(digits: str) -> list[str]:
    return ["number", format(Decimal(digits).normalize(), "f")]


def digest_of_table(columns: Columns, alias: str) -> tuple[int, str]:
    digest = Digest(columns)
    for chunk in columns.chunks(alias):
        digest.add(chunk)
    return digest.result()


class Loader:
    """Writes rows as they are, asking no model: nothing is stamped anew."""

    def __init__(self, columns: Columns, alias: str) -> None:
        self._columns = columns
        self._connection: BaseDatabaseWrapper = connections[alias]
        quote = self._connection.ops.quote_name
        self._table = quote(columns.table)
        self._names = ", ".join(quote(str(field.column)) for field in columns.fields)
        self._special = [
            (place, field)
            for place, field in enumerate(columns.fields)
            if isinstance(field, JSONField)
            or (field.get_internal_type() or "") in _WRITTEN_OTHERWISE
        ]

    def load(self, chunks: Iterator[list[Row]]) -> None:
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(self._columns.fields))
                order = f"INSERT INTO {self._table} ({self._names}) VALUES ({marks})"  # noqa: S608 — our own names
                for chunk in chunks:
                    cursor.executemany(order, [self._for_sqlite(row) for row in chunk])
                return
            order = f"COPY {self._table} ({self._names}) FROM STDIN"
            with self._connection.wrap_database_errors, cursor.copy(order) as copy:
                for chunk in chunks:
                    for row in chunk:
                        copy.write_row(row)

    def _for_sqlite(self, row: Row) -> list[Any]:
        written = list(row)
        for place, field in self._special:
            value = written[place]
            if value is None:
                continue
            if isinstance(field, JSONField):
                written[place] = json.dumps(json.loads(value))
            else:
                written[place] = field.get_db_prep_save(value, self._connection)
        return written
