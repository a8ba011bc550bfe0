"""The rows of PostgreSQL as its own COPY gives and takes them, in one snapshot and without any program beside us."""

import hashlib
from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from kirishima_dx.backups.archive import TableNote
from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.content_token import TOKEN

NOT_COPIED = {"django_session", "django_migrations", TOKEN}
"""Whoever reads a back-up must not walk in with somebody's session; the steps stand in the manifest; a database makes
its own content token."""
HABITS = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL statement_timeout = 0",
)
"""Values are written in one way, whatever the server or the account is set to."""


def one_way(cursor: CursorWrapper) -> None:
    """Let values be written in one way until the end of the transaction."""
    for habit in HABITS:
        cursor.execute(habit)


def snapshot(cursor: CursorWrapper) -> None:
    """Read everything as it is at one moment, from the first question of a transaction on."""
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    one_way(cursor)


def copied_tables(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> dict[str, list[str]]:
    """Return the tables whose rows are copied, each with its columns in their order."""
    cursor.execute("""
        SELECT c.relname, a.attname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
            AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY c.relname, a.attnum""")
    found: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        if table not in NOT_COPIED:
            found.setdefault(table, []).append(column)
    return found


def rows_out(
    table: str, columns: list[str], connection: BaseDatabaseWrapper, cursor: CursorWrapper
) -> Iterator[bytes]:
    """Yield the rows of a table in the order of their keys, as COPY writes them: a line each."""
    quote = connection.ops.quote_name
    keys = connection.introspection.get_primary_key_columns(cursor, table) or columns[:1]
    asked = f"SELECT {_listed(columns, connection)} FROM {quote(table)} ORDER BY {_listed(keys, connection)}"  # noqa: S608 — names of the server itself
    order = f"COPY ({asked}) TO STDOUT"
    with connection.wrap_database_errors, cursor.copy(order) as copy:
        for block in copy:
            yield bytes(block)


def rows_in(
    table: str,
    columns: list[str],
    blocks: Iterator[bytes],
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
) -> None:
    """Write what `rows_out` gave."""
    name = connection.ops.quote_name(table)
    order = f"COPY {name} ({_listed(columns, connection)}) FROM STDIN"
    with connection.wrap_database_errors, cursor.copy(order) as copy:
        for block in blocks:
            copy.write(block)


class Counted:
    """Passes blocks of rows on, counts the lines, and sums up what they hold."""

    def __init__(self, columns: list[str]) -> None:
        self._columns, self._rows, self._sum = columns, 0, hashlib.sha256()

    def passing(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self._rows += block.count(b"\n")
            self._sum.update(block)
            yield block

    def note(self) -> TableNote:
        return TableNote(self._columns, self._rows, self._sum.hexdigest())


def note_of(
    table: str, columns: list[str], connection: BaseDatabaseWrapper, cursor: CursorWrapper
) -> TableNote:
    """Read a table and return what it holds."""
    counted = Counted(columns)
    for _ in counted.passing(rows_out(table, columns, connection, cursor)):
        pass
    return counted.note()


def refuse_other_columns(
    expected: dict[str, TableNote], connection: BaseDatabaseWrapper, cursor: CursorWrapper
) -> None:
    """Refuse to load into tables that are not made as those of the back-up were."""
    there = copied_tables(connection, cursor)
    odd = [
        name
        for name, note in expected.items()
        if note.rows and sorted(note.columns) != sorted(there.get(name, []))
    ]
    if odd:
        raise MoveRefused(
            f"控えの表「{odd[0]}」を、この製品は同じ形に作れません。控えを作ったバージョンの製品で復元してください。"
        )


def _listed(columns: list[str], connection: BaseDatabaseWrapper) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))
