"""Letting go of what was emptied: the files of a database keep the old bytes of a row until they are written anew."""

import logging
import time
from collections.abc import Iterable

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

_log = logging.getLogger(__name__)
_PATIENCE = 5
"""For how many seconds PostgreSQL waits for whoever is in the way, twice; people work meanwhile."""
_STILL_SEEN = """
    SELECT pg_snapshot_xmin(pg_current_snapshot()) <= %s::xid8 OR EXISTS (
        SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND age(backend_xmin) >= age(%s::xid8::xid))
"""
"""Whether a transaction runs that began before a given one: for it the server keeps what was emptied since."""


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
        if not _is_seen_by_nobody(cursor):
            return False
        cursor.execute(f"SET lock_timeout = '{_PATIENCE}s'")
        try:
            for table in names:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def _is_seen_by_nobody(cursor: CursorWrapper) -> bool:
    """Wait until whoever might still read the rows as they were has ended; False where somebody goes on."""
    cursor.execute("SELECT pg_current_xact_id()::text")
    (now,) = cursor.fetchone()
    end = time.monotonic() + _PATIENCE
    while True:
        cursor.execute(_STILL_SEEN, [now, now])
        if not cursor.fetchone()[0]:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
