"""The triggers that a database should hold: installing them, taking them away, telling which are missing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic

from kirishima_dx.content_token import TOKEN, has_token, renew_token
from kirishima_dx.content_triggers import content_triggers, function_of
from kirishima_dx.guard_triggers import STANDING, TABLES, Trigger
from kirishima_dx.guards import declared_guards


class Declared(Protocol):
    """What stands in the database as triggers of one table."""

    @property
    def table(self) -> str: ...
    def on(self, columns: Collection[str]) -> "Declared": ...
    def triggers(self, connection: BaseDatabaseWrapper, schema: str = "") -> list[Trigger]: ...


def install(declared: Iterable[Declared], connection: BaseDatabaseWrapper) -> None:
    """Install the triggers whose table exists (an early migration state may lack some)."""
    with atomic(connection.alias), connection.cursor() as cursor:
        for trigger in list(_expected(declared, connection)):
            for statement in trigger.statements:
                cursor.execute(statement)


def install_all(connection: BaseDatabaseWrapper) -> None:
    """Install everything that this version declares."""
    install(declared_guards(), connection)
    install_content_triggers(connection)


def install_content_triggers(connection: BaseDatabaseWrapper) -> None:
    """Let changes of every table replace the content token from now on, and count this as one."""
    if TOKEN not in _columns(connection):
        return
    with atomic(connection.alias), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(function_of(_schema(connection)))
        install(content_triggers(), connection)
        renew_token(connection)


def remove(app: AppConfig, connection: BaseDatabaseWrapper) -> None:
    """Take all triggers from the tables of an app, also those of guards that are no more."""
    tables = {model._meta.db_table for model in app.get_models()}
    _drop(connection, lambda table, sql: table in tables)


def remove_content_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take away what names the table of the content token, whichever table it is of."""
    _drop(connection, lambda table, sql: TOKEN in sql)


def _drop(connection: BaseDatabaseWrapper, is_meant: Callable[[str, str], bool]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, table, sql in cursor.fetchall():
            if is_meant(table, sql):
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that should stand in a database and do not: that are gone, switched off, or
    stand with other words; likewise the triggers and the row of the content token. Nothing is missing of a table that
    is not there yet."""
    expected = list(_expected([*declared_guards(), *content_triggers()], connection))
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = set(cursor.fetchall())
    missing = [one.name for one in expected if (one.name, one.definition) not in standing]
    is_there = TOKEN not in _columns(connection) or has_token(connection)
    return missing if is_there else [*missing, TOKEN]


def _expected(declared: Iterable[Declared], connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    columns = _columns(connection)
    schema = _schema(connection)
    for one in declared:
        if one.table in columns:
            yield from one.on(columns[one.table]).triggers(connection, schema)


def _columns(connection: BaseDatabaseWrapper) -> Mapping[str, list[str]]:
    columns: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(TABLES[connection.vendor])
        for table, column in cursor.fetchall():
            columns.setdefault(table, []).append(column)
    return columns


def _schema(connection: BaseDatabaseWrapper) -> str:
    """Return where the tables stand; SQLite asks for no such place."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])
