"""Triggers by which the database refuses what must never happen (design.md §4).

Each app lists its guards in `guards.py`. SQLite rebuilds a table to alter it: that drops the triggers of the table, and
fails where a trigger of another table names it. So they are taken away before a `migrate` and installed after it
(docs/decisions/0004). A refused statement surfaces as `django.db.IntegrityError` on both databases.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

Event = Literal["INSERT", "UPDATE", "DELETE"]


@dataclass(frozen=True)
class Guard:
    """Refuse `event` on a row of `table` while `when` holds.

    `when` is SQL over OLD and NEW that both databases read; `<=>` stands for null-safe equality.
    """

    name: str
    table: str
    event: Event
    message: str
    when: str = "TRUE"

    def statements(self, vendor: str) -> list[str]:
        """Return the SQL that installs this guard, replacing an older version of it."""
        return self._on_sqlite() if vendor == "sqlite" else self._on_postgresql()

    def _on_sqlite(self) -> list[str]:
        condition = self.when.replace("<=>", "IS")
        statements = self._sqlite_trigger(self.name, self.event, condition)
        if self.event == "DELETE":
            # INSERT OR REPLACE takes a row away without asking the triggers of DELETE.
            taken_away = f"OLD.id = NEW.id AND ({condition})"
            statements += self._sqlite_trigger(
                f"{self.name}_replace", "INSERT", self._there_is(taken_away)
            )
        return statements

    def _sqlite_trigger(self, name: str, event: Event, condition: str) -> list[str]:
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {event} ON {self.table} WHEN ({condition}) "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END",
        ]

    def _on_postgresql(self) -> list[str]:
        condition = self.when.replace("<=>", "IS NOT DISTINCT FROM")
        kept_row = "OLD" if self.event == "DELETE" else "NEW"
        statements = self._postgresql_trigger(
            self.name, f"{self.event} ON {self.table} FOR EACH ROW", condition, kept_row
        )
        if self.event == "DELETE":
            # TRUNCATE asks no row: a table with a row that may not go is not emptied.
            statements += self._postgresql_trigger(
                f"{self.name}_truncate",
                f"TRUNCATE ON {self.table} FOR EACH STATEMENT",
                self._there_is(condition),
                "NULL",
            )
        return statements

    def _postgresql_trigger(self, name: str, moment: str, condition: str, result: str) -> list[str]:
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $guard$ "
            f"#variable_conflict use_column\nBEGIN IF ({condition}) THEN RAISE EXCEPTION '{self.message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {result}; END $guard$ LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON {self.table}",
            f"CREATE TRIGGER {name} BEFORE {moment} EXECUTE FUNCTION {name}()",
        ]

    def _there_is(self, condition: str) -> str:
        """Say that the table holds a row for which a condition on OLD holds, where there is no OLD."""
        return f"EXISTS (SELECT 1 FROM {self.table} AS OLD WHERE {condition})"  # noqa: S608 — our own words


def install(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    """Install the guards whose table exists (an early migration state may lack some)."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in tables:
                for statement in guard.statements(connection.vendor):
                    cursor.execute(statement)


def remove(app: AppConfig, connection: BaseDatabaseWrapper) -> None:
    """Take all triggers from the tables of an app, also those of guards that are no more."""
    tables = {model._meta.db_table for model in app.get_models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        for name, table in cursor.fetchall():
            if table in tables:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def watch(app: AppConfig) -> None:
    """Let the guards of an app, its `guards` and those of its days, step aside for every migrate and come back after
    it."""
    from kirishima_dx.day_guards import guards_of_days  # They are guards, made of this module.

    app.guards = [*app.guards, *guards_of_days(app.get_models())]  # type: ignore[attr-defined]  # Ours have guards.
    pre_migrate.connect(_before_migrate, sender=app)
    post_migrate.connect(_after_migrate, sender=app)


def _before_migrate(sender: Any, *, using: str, **_: Any) -> None:
    if connections[using].vendor == "sqlite":
        remove(sender, connections[using])


def _after_migrate(sender: Any, *, using: str, **_: Any) -> None:
    install(sender.guards, connections[using])


def append_only(table: str, *, what: str) -> list[Guard]:
    """Return the guards of a table whose rows are never changed or removed."""
    return [
        Guard(f"{table}_no_update", table, "UPDATE", f"{what}は変更できません。"),
        Guard(f"{table}_no_delete", table, "DELETE", f"{what}は削除できません。"),
    ]


def filled_in_once(table: str, *, what: str, kept: Iterable[str], while_open: str) -> list[Guard]:
    """Return the guards of a table whose rows are never removed, and changed only while `while_open` (SQL over OLD)
    holds and only outside the columns `kept`."""
    same = " AND ".join(f"NEW.{column} <=> OLD.{column}" for column in kept)
    return [
        Guard(
            f"{table}_kept",
            table,
            "UPDATE",
            f"{what}は変更できません。",
            f"NOT ({while_open} AND {same})",
        ),
        Guard(f"{table}_no_delete", table, "DELETE", f"{what}は削除できません。"),
    ]
