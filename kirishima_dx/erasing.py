"""Letting go of what was emptied: the files of a database keep the old bytes of a row until they are written anew."""

import logging
from collections.abc import Iterable

from django.db import OperationalError, connection

_log = logging.getLogger(__name__)
_PATIENCE = "5s"
"""How long PostgreSQL waits for whoever reads a table; people work meanwhile."""


def erase_emptied(tables: Iterable[str]) -> bool:
    """Write the tables anew without what was emptied; False where somebody is in the way or the tables are not ours.

    SQLite: the whole file, and an empty write-ahead log. PostgreSQL: the tables; its own WAL is the operator's.
    """
    if connection.in_atomic_block:
        return False
    try:
        return _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql(tables)
    except OperationalError:
        _log.warning("The emptied bytes are still in the files of the database: run erase_closed.")
        return False


def _on_sqlite() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    return not busy


def _on_postgresql(tables: Iterable[str]) -> bool:
    """Write tables anew. Whoever does not own one is only warned by the server and may not do so."""
    names = sorted(set(tables))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r' "
            "AND NOT pg_has_role(relowner, 'USAGE')",
            [names],
        )
        if cursor.fetchone()[0]:
            return False
        cursor.execute(f"SET lock_timeout = '{_PATIENCE}'")
        try:
            for table in names:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
        finally:
            cursor.execute("RESET lock_timeout")
    return True
