"""The content token: two moments with the same token have the same content (docs/decisions/0035)."""

from uuid import uuid4

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

TOKEN = "kirishima_dx_contenttoken"  # noqa: S105 — the name of a table
MOVED_BY = "kirishima_dx.moved_by"
"""A setting of PostgreSQL: the transaction that has replaced the token already."""
ASKED = {
    "sqlite": f"SELECT value FROM {TOKEN} ORDER BY id",  # noqa: S608 — our own words
    # Who asks inside a transaction is told of what that one changes afterwards, too.
    "postgresql": f"SELECT value, set_config('{MOVED_BY}', '', true) FROM {TOKEN} ORDER BY id",  # noqa: S608 — likewise
}


class NoContentToken(RuntimeError):
    """The database holds no token: `migrate` was not run, or somebody took it away. `migrate` mends both."""


def current_token() -> str:
    """Return what stands for everything that is committed now; no two states of a database ever had the same one.

    What this transaction has changed itself counts as well. Raises NoContentToken.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(ASKED[connection.vendor])
            values = [value for value, *_ in cursor.fetchall()]
    except DatabaseError as fault:
        raise NoContentToken("The table of the content token cannot be read.") from fault
    if not values:
        raise NoContentToken("The table of the content token is empty.")
    return "-".join(values)


def renew_token(connection: BaseDatabaseWrapper) -> None:
    """Replace the token, or make it: whatever was done while no trigger stood counts as a change."""
    value = uuid4().hex
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TOKEN} SET value = %s", [value])  # noqa: S608 — our own words
        if cursor.rowcount == 0:
            cursor.execute(f"INSERT INTO {TOKEN} (value) VALUES (%s)", [value])  # noqa: S608 — likewise


def has_token(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is a row in the table, which must be there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TOKEN}")  # noqa: S608 — likewise
        return bool(cursor.fetchone()[0])
