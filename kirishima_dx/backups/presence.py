"""That a server runs on a database, told to whoever would put another one in its place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from kirishima_dx.backups.sqlite_files import open_file


@contextmanager
def staying_connected() -> Iterator[None]:
    """Keep the file of SQLite open inside the block, though the requests come and go: a restore notices (alone_with).

    An idle connection keeps nobody from writing, and the journal from being put away after every request.
    """
    place = Path(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not place.exists():
        yield
        return
    with closing(open_file(place)) as held:
        _read_once(held)
        yield


def _read_once(held: sqlite3.Connection) -> None:
    """Take the lock of whoever has the file open; SQLite takes it at the first question. All is fetched, so that no
    reading goes on, for which the WAL would be kept."""
    held.execute("SELECT count(*) FROM sqlite_master").fetchall()
