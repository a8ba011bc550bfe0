"""Files of SQLite: a copy taken while people work, what the tables hold, and whether anybody has the file open.

The driver is asked itself: Django would take the lock of a writer, and set a journal.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kirishima_dx.backups.archive import BLOCK, TableNote
from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.backups.private_files import OWNER_ONLY

PAGES = 2000
"""How many pages are copied at a time."""
LEFT_OUT = ("django_session",)
"""Tables whose rows never travel: whoever reads a back-up must not walk in with somebody's session."""
BESIDE = ("-wal", "-shm", "-journal")
_OTHERS_THERE = ("BUSY", "LOCKED", "BUSY_SNAPSHOT", "BUSY_RECOVERY")
_IN_USE = (
    "「{}」は、ほかのプログラムが使っています。サーバー（serve）などを止めてから、もう一度実行してください。"
    "何も変えていません。"
)


def open_file(path: Path) -> sqlite3.Connection:
    """Open a database that is there. Text that is no UTF-8 is read as it is, to be compared."""
    found = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    found.text_factory = lambda octets: octets.decode(errors="surrogateescape")
    return found


def copy_file(source: Path, target: Path) -> dict[str, TableNote]:
    """Copy a database as it is at one moment into a new file, and return what it held; sessions are left out.

    People go on working: a snapshot of the WAL keeps nobody from writing. Raises MoveRefused where the copy differs.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
    with closing(open_file(source)) as there, closing(open_file(target)) as here:
        there.execute("BEGIN")
        expected = tables_of(there)
        there.backup(here, pages=PAGES)
        here.execute("PRAGMA journal_mode=DELETE")
        for table in LEFT_OUT:
            if table in expected:
                here.execute(f'DELETE FROM "{table}"')  # noqa: S608 — our own words
        found = tables_of(here)
        there.execute("ROLLBACK")
    if found != expected:
        raise MoveRefused(f"写したものが、もとと違います: {named_differences(expected, found)}。")
    return found


def tables_of(connection: sqlite3.Connection) -> dict[str, TableNote]:
    """Return of each table its columns, how many rows it has, and a digest over them in the order of their numbers."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "ORDER BY name"
    ).fetchall()
    return {name: _table(connection, name) for (name,) in names}


def _table(connection: sqlite3.Connection, name: str) -> TableNote:
    if name in LEFT_OUT:
        return TableNote([], 0, "")
    quoted = name.replace('"', '""')
    found = connection.execute(f'SELECT * FROM "{quoted}" ORDER BY rowid')  # noqa: S608 — a name of the file itself
    digest, rows = hashlib.sha256(), 0
    for row in found:
        digest.update(repr(row).encode(errors="surrogatepass"))
        rows += 1
    return TableNote([column[0] for column in found.description], rows, digest.hexdigest())


def named_differences(expected: dict[str, TableNote], found: dict[str, TableNote]) -> str:
    """Return the tables that differ, with their counts."""
    told = []
    for name in sorted(expected.keys() | found.keys()):
        one, other = expected.get(name), found.get(name)
        if one != other:
            told.append(
                f"{name}（{one.rows if one else 'なし'} → {other.rows if other else 'なし'}）"
            )
    return "、".join(told)


def blocks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep everybody out of a database file inside the block, and leave it without files beside it.

    Raises MoveRefused where somebody has it open, even idle: only the last one may leave the WAL. A file that is no
    database any more has nobody in it, and what lies beside it stays.
    """
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as held:
        try:
            (mode,) = held.execute("PRAGMA journal_mode=DELETE").fetchone()
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorname.partition("_")[2] not in _OTHERS_THERE:
                raise  # Told as what it is, by whoever asked.
            raise MoveRefused(_IN_USE.format(path)) from fault
        except sqlite3.DatabaseError:
            mode = "delete"
        if mode != "delete":
            raise MoveRefused(_IN_USE.format(path))
        yield


def take_place_of(new: Path, place: Path, kept: Path) -> bool:
    """Put a file where another one stands, which is kept under a name of its own; return whether there was one.

    At no moment is there none: who opens the name gets the one or the other.
    """
    had = place.exists()
    if had:
        place.chmod(OWNER_ONLY)
        _name_too(place, kept)
    for ending in BESIDE:
        beside = place.with_name(place.name + ending)
        if beside.exists():
            beside.chmod(OWNER_ONLY)
            beside.rename(kept.with_name(kept.name + ending))
    new.replace(place)
    return had


def _name_too(place: Path, kept: Path) -> None:
    """Give a file a second name, or another one where the file system has no links; a name that is taken stays."""
    try:
        os.link(place, kept)
    except FileExistsError:
        raise
    except OSError:
        if kept.exists():
            raise FileExistsError(kept) from None
        place.rename(kept)
