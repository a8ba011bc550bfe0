"""Triggers by which the database refuses what must never happen (design.md §4).

Each app lists its guards in `guards.py`. SQLite rebuilds a table to alter it: that drops the triggers of the table, and
fails where a trigger of another table names it. So they are taken away before a `migrate` and installed after it
(docs/decisions/0004). A refused statement surfaces as `django.db.IntegrityError` on both databases.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper

from kirishima_dx.closing import Emptied

Event = Literal["INSERT", "UPDATE", "DELETE"]
CLOSED_CELLS = "people_closedcell"
"""The table of what was closed: table_name, row_id, column_name."""


def _q(name: str) -> str:
    return f'"{name}"'


def _is_kept(column: str) -> str:
    """Say that a column stays as it is; the count of savings may go on, so that open forms are told (G4)."""
    if column == "version":
        return 'NEW."version" IN (OLD."version", OLD."version" + 1)'
    return f"NEW.{_q(column)} <=> OLD.{_q(column)}"


@dataclass(frozen=True)
class Guard:
    """Refuse `event` on a row of `table` while `when` holds.

    `when` is SQL over OLD and NEW that both databases read; `<=>` stands for null-safe equality. `closable` are the
    columns that may be emptied all the same, once a closing of that very cell is recorded (A3).
    """

    name: str
    table: str
    event: Event
    message: str
    when: str = "TRUE"
    closable: Mapping[str, Emptied] = field(default_factory=dict)

    def on(self, columns: Collection[str]) -> "Guard":
        """Return the guard for a table with these columns: a closing may pass."""
        closable = {name: one for name, one in self.closable.items() if name in columns}
        if not closable:
            return self
        same = [_is_kept(name) for name in columns if name not in closable]
        emptied = [self._emptied(name, one) for name, one in closable.items()]
        each = [
            f"(NEW.{_q(name)} <=> OLD.{_q(name)} OR {closed})"
            for name, closed in zip(closable, emptied, strict=True)
        ]
        passes = f"{' AND '.join([*same, *each])} AND ({' OR '.join(emptied)})"
        return replace(self, when=f"({self.when}) AND NOT ({passes})", closable={})

    def _emptied(self, column: str, empty: Emptied) -> str:
        """Say that a column gets what stands for closed, and that a closing of that cell is recorded."""
        return (
            f"({empty.sql.format(f'NEW.{_q(column)}')} AND EXISTS (SELECT 1 FROM {CLOSED_CELLS} AS cell "  # noqa: S608 — our own words
            f"WHERE cell.table_name = '{self.table}' AND cell.row_id = OLD.id "
            f"AND cell.column_name = '{column}'))"
        )

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
                there = connection.introspection.get_table_description(cursor, guard.table)
                for statement in guard.on([one.name for one in there]).statements(
                    connection.vendor
                ):
                    cursor.execute(statement)


def remove(app: AppConfig, connection: BaseDatabaseWrapper) -> None:
    """Take all triggers from the tables of an app, also those of guards that are no more."""
    tables = {model._meta.db_table for model in app.get_models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        for name, table in cursor.fetchall():
            if table in tables:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def append_only(
    table: str, *, what: str, closable: Mapping[str, Emptied] | None = None
) -> list[Guard]:
    """Return the guards of a table whose rows are never changed or removed; `closable` as in Guard."""
    message = f"{what}は変更できません。"
    return [
        Guard(f"{table}_no_update", table, "UPDATE", message, closable=closable or {}),
        Guard(f"{table}_no_delete", table, "DELETE", f"{what}は削除できません。"),
    ]


def in_order_of_time(table: str, column: str, *, of: str, what: str) -> Guard:
    """Return the guard of a table of whose rows of one `of` the later one counts: none is recorded as earlier than
    those before it, whatever the clock says (kirishima_dx.clock.not_before)."""
    earlier = f"SELECT 1 FROM {table} AS other WHERE other.{of} = NEW.{of} AND other.{column} > NEW.{column}"  # noqa: S608 — our own words
    return Guard(
        f"{table}_in_order_of_time",
        table,
        "INSERT",
        f"{what}の記録日時は、その前の記録より前にできません。",
        f"EXISTS ({earlier})",
    )


def filled_in_once(
    table: str,
    *,
    what: str,
    kept: Iterable[str],
    while_open: str,
    closable: Mapping[str, Emptied] | None = None,
) -> list[Guard]:
    """Return the guards of a table whose rows are never removed, and changed only while `while_open` (SQL over OLD)
    holds and only outside the columns `kept`; `closable` as in Guard."""
    same = " AND ".join(f"NEW.{column} <=> OLD.{column}" for column in kept)
    return [
        Guard(
            f"{table}_kept",
            table,
            "UPDATE",
            f"{what}は変更できません。",
            f"NOT ({while_open} AND {same})",
            closable or {},
        ),
        Guard(f"{table}_no_delete", table, "DELETE", f"{what}は削除できません。"),
    ]


def not_again(table: str, *, what: str) -> Guard:
    """Return the guard that refuses a file whose bytes were closed before (A3); its table has a column `digest`."""
    return Guard(
        f"{table}_not_again",
        table,
        "INSERT",
        f"個人情報を含むため閉じた{what}は、もう一度入れられません。",
        f"EXISTS (SELECT 1 FROM {CLOSED_CELLS} AS cell WHERE cell.digest = NEW.digest)",  # noqa: S608 — our own words
    )
