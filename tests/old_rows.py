"""Rows as a database of before took them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from kirishima_dx.day_guards import guards_of_days
from kirishima_dx.standing_triggers import install


@contextmanager
def without_bounds_of_days() -> Iterator[None]:
    """Let the guards of days step aside, and come back."""
    guards = list(guards_of_days(apps.get_models()))
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not is_sqlite:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for guard in guards:
            table = "" if is_sqlite else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{table}")
    yield
    install(guards, connection)
