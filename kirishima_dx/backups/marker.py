"""The mark of a database into which something is being moved: until the end of that it is no use to anybody."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "kirishima_unfinished"


def mark(connection: BaseDatabaseWrapper, work: str) -> None:
    """Say what has begun, in a table of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TABLE {TABLE} (work varchar(200) NOT NULL)")
        cursor.execute(f"INSERT INTO {TABLE} (work) VALUES (%s)", [work[:200]])  # noqa: S608 — our own words


def unmark(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def unfinished_work(connection: BaseDatabaseWrapper) -> str:
    """Return what was begun and not ended; empty where nothing was."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return ""
        cursor.execute(f"SELECT work FROM {TABLE}")  # noqa: S608 — our own words
        row = cursor.fetchone()
    return str(row[0]) if row else "復元か移行"
