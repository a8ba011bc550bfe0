"""A person whose data stands where it must not, and a look into every corner of the database."""

from typing import Any

from django.db import connection
from django.db.models import Model

from people.actions.closing import close_cells
from people.closing_places import plan_of_row
from people.models import Closing, User

PERSON = "PERSON-7f3a 甲野太郎 0995-00-0000"
TRACE = "PERSON-7f3a"
"""What is left of the person in whatever way a database writes words down."""


def places_of(trace: str = TRACE) -> list[str]:
    """Return every table and column of the database in which the person stands."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    f"{table}.{name}"
                    for name, one in zip(names, row, strict=True)
                    if trace in told(one)
                }
    return sorted(found)


def told(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def close_all(row: Model, by: User) -> Closing:
    """Close whatever can be closed of a row, with all that belongs to it and all that says the same."""
    plan = plan_of_row(row)
    ticked = [one.key for choice in plan.choices for one in (choice, *choice.elsewhere)]
    cells = plan.chosen(ticked)
    return close_cells(cells=cells, subject="試し", reason="氏名が入っていたため", by=by)
