"""What must not go on twice at once, in whichever thread or process: letters that are being sent.

No row is locked for it and no transaction stays open: others go on writing meanwhile.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256

from django.db import DatabaseError, connection

from kirishima_dx.backups.private_database import file_of
from kirishima_dx.backups.private_files import OWNER_ONLY


@contextmanager
def nobody_else(name: str) -> Iterator[bool]:
    """Tell whether nobody is inside a block of this name on this database, and keep others out until this one ends.

    It also ends with the process, however that ends.
    """
    held = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with held(name) as is_alone:
        yield is_alone


@contextmanager
def _on_postgresql(name: str) -> Iterator[bool]:
    key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _on_sqlite(name: str) -> Iterator[bool]:
    """Lock an empty file beside the database: of the database itself there is but one lock, for all who write."""
    place = file_of(connection)
    if place is None:
        address = f"file:{name}?mode=memory&cache=shared"
    else:
        lock = place.resolve().with_name(f"{place.name}-{name}.lock")
        lock.touch(mode=OWNER_ONLY)
        address = lock.as_uri()
    with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as connected:
        try:
            connected.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        yield True
