"""The numbers that rows get: in each table other ones, none of them small.

On PostgreSQL a number that was given stays given when its row is taken back, so what a row is called depends on how
many tests ran before, and on SQLite the first row of every table would be 1.
"""

from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Model

ABSENT = 2_000_000_000
"""The number of no row, whatever ran before."""
STEP = 100_000


def spread_row_numbers() -> None:
    """Let each table begin with a number of its own: no row answers to another one's or to a small one."""
    with connection.cursor() as cursor:
        for place, model in enumerate(numbered_models(), start=1):
            table, column = model._meta.db_table, model._meta.pk.column
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, place * STEP])
            else:
                sequence = "pg_get_serial_sequence(%s, %s)"
                cursor.execute(f"SELECT setval({sequence}, %s)", [table, column, place * STEP])


def numbered_models() -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in models
        if isinstance(model._meta.pk, AutoField) and not model._meta.proxy and model._meta.managed
    ]
