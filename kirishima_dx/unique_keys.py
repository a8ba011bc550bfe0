"""The unique keys of a table as its model declares them, each as SQL over two rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Model, Q, UniqueConstraint
from django.db.models.expressions import Col
from django.db.models.sql import Query


@dataclass(frozen=True)
class UniqueKey:
    """What no two rows of a table have in common: columns or expressions; of the rows for which `condition` holds."""

    model: type[Model]
    parts: tuple[Any, ...]
    condition: Q | None = None
    name: str = ""

    def shared(self, one: str, other: str, connection: BaseDatabaseWrapper) -> str:
        """Say in SQL that two rows have the key in common; a row without a value has nothing in common."""
        sides = [[_sql(part, connection) for part in self._of(row)] for row in (one, other)]
        count = len(self.parts)
        same = [
            f"{mine} = {theirs}"
            for mine, theirs in zip(*(said[:count] for said in sides), strict=True)
        ]
        among = [f"({said})" for side in sides for said in side[count:]]
        return " AND ".join(same + among)

    def columns(self) -> set[str]:
        return {name for part in self._of("") for name in _columns_in(part.expression)}

    def _of(self, row: str) -> "Iterator[_Resolved]":
        """Return its parts, then its condition, of the row of that name."""
        query = Query(self.model)
        called: dict[Any, str] = {self.model._meta.db_table: row}
        for part in self.parts:
            resolved = part.resolve_expression(query, allow_joins=False)
            yield _Resolved(query, resolved.relabeled_clone(called))
        if self.condition is not None:
            where = query.build_where(self.condition)
            where.relabel_aliases(called)
            yield _Resolved(query, where)


@dataclass(frozen=True)
class _Resolved:
    query: Query
    expression: Any


def _sql(part: _Resolved, connection: BaseDatabaseWrapper) -> str:
    compiler = part.query.get_compiler(connection=connection)
    sql, params = compiler.compile(part.expression)
    quote = connection.schema_editor().quote_value
    return str(sql % tuple(quote(one) for one in params)) if params else str(sql)


def _columns_in(expression: Any) -> Iterator[str]:
    if isinstance(expression, Col):
        yield str(expression.target.column)
    for source in expression.get_source_expressions():
        if source is not None:
            yield from _columns_in(source)


def unique_keys(model: type[Model]) -> Iterator[UniqueKey]:
    """Return the primary key of a table, then its other unique keys."""
    meta = model._meta
    fields = sorted(meta.concrete_fields, key=lambda field: not field.primary_key)
    for field in fields:
        if field.unique:
            yield UniqueKey(model, (F(field.name),))
    for names in meta.unique_together:
        yield UniqueKey(model, tuple(F(name) for name in names))
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            parts = constraint.expressions or tuple(F(name) for name in constraint.fields)
            yield UniqueKey(model, tuple(parts), constraint.condition, constraint.name)
