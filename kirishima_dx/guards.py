"""Triggers by which the database refuses what must never happen (design.md §4).

Each app lists its guards in `guards.py`. SQLite rebuilds a table to alter it: that drops the triggers of the table, and
fails where a trigger of another table names it. So they are taken away before a `migrate` and installed after it
(docs/decisions/0004). A refused statement surfaces as `django.db.IntegrityError` on both databases.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from kirishima_dx.closing import Emptied
from kirishima_dx.guard_triggers import (
    ByVendor,
    PostgresqlTrigger,
    Trigger,
    sqlite_trigger,
)

Event = Literal["INSERT", "UPDATE", "DELETE"]
CLOSED_CELLS = "people_closedcell"
"""The table of what was closed: table_name, row_id, column_name."""
SHORTENINGS = "people_shortening"
"""The table of what was let go after its time: table_name, until."""
LONGEST_NAME = 63 - len("_truncate")
"""PostgreSQL cuts longer names."""


def quoted(name: str) -> str:
    return f'"{name}"'


def stays(*columns: str) -> str:
    """Say that columns keep what they hold."""
    return " AND ".join(f"NEW.{quoted(name)} <=> OLD.{quoted(name)}" for name in columns)


@dataclass(frozen=True)
class Guard:
    """Refuse `event` on a row of `table` while `when` holds.

    `when` is SQL over OLD and NEW that both databases read; `<=>` stands for null-safe equality. `closable` are the
    columns that may be emptied all the same, once a closing of that very cell is recorded (A3); `key` is the column
    by which a closing names the row.
    """

    name: str
    table: str
    event: Event
    message: str
    when: str | ByVendor = "TRUE"
    closable: Mapping[str, Emptied] = field(default_factory=dict)
    key: str = "id"

    def __post_init__(self) -> None:
        if len(self.name.encode()) > LONGEST_NAME:
            raise ValueError(f"Shorten the name of the guard {self.name}.")

    def on(self, columns: Collection[str]) -> "Guard":
        """Return the guard for a table with these columns: a closing may pass."""
        closable = {name: one for name, one in self.closable.items() if name in columns}
        if not closable:
            return self
        same = [self._stays(name) for name in columns if name not in closable]
        each = [f"({stays(name)} OR {self._emptied(name, one)})" for name, one in closable.items()]
        passes = f"{' AND '.join([*same, *each])} AND NOT ({stays(*closable)})"
        when = ByVendor.of(self.when).within("(", f") AND NOT ({passes})")
        return replace(self, when=when, closable={})

    def _stays(self, column: str) -> str:
        """Say that a column stays as it is; the count of savings of a live row may go on, so that open forms are told
        (G4)."""
        if column == "version" and self.key == "id":
            return 'NEW."version" IN (OLD."version", OLD."version" + 1)'
        return stays(column)

    def _emptied(self, column: str, empty: Emptied) -> str:
        """Say that a column gets what stands for closed, and that a closing of that cell is recorded."""
        return (
            f"({empty.sql.format(f'NEW.{quoted(column)}')} AND EXISTS (SELECT 1 FROM {CLOSED_CELLS} AS cell "  # noqa: S608 — our own words
            f"WHERE cell.table_name = '{self.table}' AND cell.row_id = OLD.{self.key} "
            f"AND cell.column_name = '{column}'))"
        )

    def triggers(self, connection: BaseDatabaseWrapper, schema: str = "") -> list[Trigger]:
        """Return the triggers that keep this guard; none where this database needs none."""
        condition = ByVendor.of(self.when).on(connection.vendor)
        if condition is None:
            return []
        if connection.vendor == "sqlite":
            return [sqlite_trigger(self.name, self.table, self.event, condition, self.message)]
        return self._on_postgresql(condition, schema)

    def _on_postgresql(self, condition: str, schema: str) -> list[Trigger]:
        kept_row = "OLD" if self.event == "DELETE" else "NEW"
        one = PostgresqlTrigger(self.name, self.table, self.event, "ROW", kept_row)
        triggers = [one.made(condition, self.message, schema)]
        if self.event == "DELETE":
            # TRUNCATE asks no row: a table with a row that may not go is not emptied.
            name = f"{self.name}_truncate"
            emptied = PostgresqlTrigger(name, self.table, "TRUNCATE", "STATEMENT", "NULL")
            triggers.append(emptied.made(self._there_is(condition), self.message, schema))
        return triggers

    def _there_is(self, condition: str) -> str:
        """Say that the table holds a row for which a condition on OLD holds, where there is no OLD."""
        return f"EXISTS (SELECT 1 FROM {self.table} AS OLD WHERE {condition})"  # noqa: S608 — our own words


def append_only(
    table: str,
    *,
    what: str,
    closable: Mapping[str, Emptied] | None = None,
    key: str = "id",
    kept_for_a_time: str = "",
) -> list[Guard]:
    """Return the guards of a table whose rows are never changed or removed; `closable` and `key` as in Guard.

    `kept_for_a_time` names a column of moments: a row from before the day until which a Shortening of this table
    reaches may go.
    """
    message = f"{what}は変更できません。"
    return [
        Guard(f"{table}_no_update", table, "UPDATE", message, closable=closable or {}, key=key),
        never_removed(table, what=what, key=key, kept_for_a_time=kept_for_a_time),
    ]


def never_removed(table: str, *, what: str, key: str = "id", kept_for_a_time: str = "") -> Guard:
    """Return the guard of a table whose rows stay; `kept_for_a_time` as in append_only."""
    removed = f"{what}は削除できません。"
    when = "TRUE"
    if kept_for_a_time:
        removed = f"{what}は、保存期間を過ぎた記録の整理によらずに削除できません。"
        when = (
            f"NOT EXISTS (SELECT 1 FROM {SHORTENINGS} AS s"  # noqa: S608 — our own words
            f" WHERE s.table_name = '{table}' AND s.until > OLD.{kept_for_a_time})"
        )
    return Guard(f"{table}_no_delete", table, "DELETE", removed, when, key=key)


def fixed(table: str, *columns: str, what: str) -> Guard:
    """Return the guard of columns that nobody changes once a row is there: what it is, what it belongs to, who made
    it."""
    return Guard(
        f"{table}_fixed_columns",
        table,
        "UPDATE",
        f"{what}は変更できません。",
        f"NOT ({stays(*columns)})",
    )


def kept_in_history(
    table: str,
    history: str,
    *columns: str,
    what: str,
    closable: Mapping[str, Emptied] | None = None,
) -> Guard:
    """Return the guard of columns that change only where the history holds what they said; `closable` as in Guard."""
    held = " AND ".join(f"h.{name} <=> OLD.{name}" for name in columns)
    return Guard(
        f"{table}_kept_in_history",
        table,
        "UPDATE",
        f"{what}は、履歴を残さずに変更できません。",
        f"NOT ({stays(*columns)}) AND NOT EXISTS"  # noqa: S608 — our own words
        f" (SELECT 1 FROM {history} AS h WHERE h.id = OLD.id AND {held})",
        closable or {},
    )


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
    kept_for_a_time: str = "",
) -> list[Guard]:
    """Return the guards of a table whose rows are never removed, and changed only while `while_open` (SQL over OLD)
    holds and only outside the columns `kept`; `closable` as in Guard, `kept_for_a_time` as in append_only."""
    return [
        Guard(
            f"{table}_kept",
            table,
            "UPDATE",
            f"{what}は変更できません。",
            f"NOT ({while_open} AND {stays(*kept)})",
            closable or {},
        ),
        never_removed(table, what=what, kept_for_a_time=kept_for_a_time),
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


def declared_guards() -> list[Guard]:
    """Return the guards of all apps."""
    return [guard for app in apps.get_app_configs() for guard in getattr(app, "guards", ())]
