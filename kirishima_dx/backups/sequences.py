"""The numbers that a database gives next: they go on, so that the number of a row that is gone is never given again."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


def given_numbers(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Return of each table the last number that was given, where one was."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")
            return dict(cursor.fetchall())
        return {
            table: number
            for table, _, sequence in _sequences(cursor)
            if (number := _last(cursor, sequence))
        }


def go_on_from(numbers: dict[str, int], connection: BaseDatabaseWrapper) -> None:
    """Let the next row of each table get a number above the one given and above every row that is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            there = set(connection.introspection.table_names(cursor))
            cursor.execute("DELETE FROM sqlite_sequence")
            kept = [(table, number) for table, number in numbers.items() if table in there]
            cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", kept)
            return
        quote = connection.ops.quote_name
        for table, column, sequence in _sequences(cursor):
            cursor.execute(f"SELECT max({quote(column)}) FROM {quote(table)}")  # noqa: S608 — names of the server itself
            last = max(numbers.get(table, 0), cursor.fetchone()[0] or 0)
            if last:
                cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, last])


def _sequences(cursor: CursorWrapper) -> list[tuple[str, str, str]]:
    """Return the tables that number their rows, each with the column and its sequence."""
    cursor.execute("""
        SELECT t.relname, a.attname, s.oid::regclass::text
        FROM pg_class s
        JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass
            AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        JOIN pg_class t ON t.oid = d.refobjid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE s.relkind = 'S' AND pg_table_is_visible(t.oid)
        ORDER BY t.relname""")
    return [(str(table), str(column), str(name)) for table, column, name in cursor.fetchall()]


def _last(cursor: CursorWrapper, sequence: str) -> Any:
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 — quoted by the server
    return cursor.fetchone()[0]
