"""Triggers by which the database refuses what must never happen (design.md §4).

Each app lists its guards in `guards.py`; they are installed after every `migrate`, because SQLite rebuilds a table
to alter it and drops the table's triggers with it (docs/decisions/0004). A refused statement surfaces as
`django.db.IntegrityError` on both databases.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

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
        drop = f"DROP TRIGGER IF EXISTS {self.name}"
        if vendor == "sqlite":
            condition = self.when.replace("<=>", "IS")
            return [
                drop,
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} WHEN ({condition}) "
                f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END",
            ]
        condition = self.when.replace("<=>", "IS NOT DISTINCT FROM")
        kept_row = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger AS $guard$ BEGIN "
            f"IF ({condition}) THEN RAISE EXCEPTION '{self.message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {kept_row}; END $guard$ LANGUAGE plpgsql",
            f"{drop} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


def install(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    """Install the guards whose table exists (an early migration state may lack some)."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in tables:
                for statement in guard.statements(connection.vendor):
                    cursor.execute(statement)


def install_after_migrate(sender: Any, *, using: str, **_: Any) -> None:
    """Receive post_migrate of an app whose config carries `guards`."""
    install(sender.guards, connections[using])


def append_only(table: str, *, what: str) -> list[Guard]:
    """Return the guards of a table whose rows are never changed or removed."""
    return [
        Guard(f"{table}_no_update", table, "UPDATE", f"{what}は変更できません。"),
        Guard(f"{table}_no_delete", table, "DELETE", f"{what}は削除できません。"),
    ]
