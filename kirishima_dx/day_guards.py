"""Triggers by which the database refuses days that may not come in (days.py).

No check constraints: a row of an old database keeps its day, and may change in other columns, until somebody mends it.
What repeats such a day is not asked either, so that what was planned for it can be called off: the columns that a model
names in `REPEATED_DAYS`, which nobody fills in, and a day that the row has held before, by its history.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import DateField, DateTimeField, Model

from kirishima_dx.days import DAYS_THERE_ARE, EARLIEST_DAY, LATEST_DAY
from kirishima_dx.guards import Guard
from kirishima_dx.history import is_history


def day_columns(
    models: Iterable[type[Model]],
) -> Iterator[tuple[type[Model], "list[DateField[Any, Any]]"]]:
    """Return the tables that hold days, but for histories: these repeat what their tables took."""
    for model in models:
        fields = [field for field in model._meta.fields if isinstance(field, DateField)]
        days = [field for field in fields if not isinstance(field, DateTimeField)]
        if days and not is_history(model):
            yield model, days


def asked_days(
    model: type[Model], days: "list[DateField[Any, Any]]"
) -> "list[DateField[Any, Any]]":
    """Return those of the columns that hold no day of another row."""
    repeated = getattr(model, "REPEATED_DAYS", ())
    return [field for field in days if field.name not in repeated]


def _held_before(model: type[Model], column: str) -> str:
    history = getattr(model, "history", None)
    if history is None:
        return "FALSE"
    table = history.model._meta.db_table
    return f"EXISTS (SELECT 1 FROM {table} AS held WHERE held.id = NEW.id AND held.{column} = NEW.{column})"  # noqa: S608 — our own words


def guards_of_days(models: Iterable[type[Model]]) -> Iterator[Guard]:
    """Return the guards that let no other day into a table.

    A period may end on the day before the first one, where another begins on the first.
    """
    first = EARLIEST_DAY - timedelta(days=1)
    for model, fields in day_columns(models):
        table = model._meta.db_table
        outside = [
            (column, f"NEW.{column} NOT BETWEEN '{first}' AND '{LATEST_DAY}'")
            for column in (str(field.column) for field in asked_days(model, fields))
        ]
        if not outside:
            continue
        said = f"日付は{DAYS_THERE_ARE}です。"
        inserted = " OR ".join(condition for _, condition in outside)
        changed = " OR ".join(
            f"(NOT (NEW.{column} <=> OLD.{column}) AND {condition} AND NOT {_held_before(model, column)})"
            for column, condition in outside
        )
        yield Guard(f"{table}_days_insert", table, "INSERT", said, inserted)
        yield Guard(f"{table}_days_update", table, "UPDATE", said, changed)
