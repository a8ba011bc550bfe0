"""A copy of the database with a row in every guarded table, to be tried by a connection of its own."""

import sqlite3
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, models, transaction
from row_world import NOW, World
from valid_rows import VALID

from initiatives.models import EvidenceDownload
from kirishima_dx.guard_triggers import ByVendor
from kirishima_dx.guards import Guard, declared_guards
from kirishima_dx.unique_keys import UniqueKey, unique_keys
from reviews.models import SealedWorkbook
from revisions.models import RecalledDecision

FRESH = count(10_000_000)
MORE: dict[type[models.Model], Any] = {
    **VALID,
    SealedWorkbook: lambda w: {"report": w.sealed, "content": b"c", "digest": "d"},
    EvidenceDownload: lambda w: {"evidence_id": 1, "taken_at": NOW, "taken_by": w.by},
    RecalledDecision: lambda w: {"recall_id": 1, "decision": w.decision},
    LogEntry: lambda w: {"user": w.by, "object_repr": "課", "action_flag": 2},
}
Row = dict[str, Any]


def guards_of(table: str) -> list[Guard]:
    return [guard for guard in declared_guards() if guard.table == table]


GUARDED = [
    model
    for model in apps.get_models()
    if any(
        guard.event != "INSERT" and not guard.name.endswith("_days_update")
        for guard in guards_of(model._meta.db_table)
    )
]


class Table:
    """A guarded table in the copy."""

    def __init__(self, copy: sqlite3.Connection, model: type[models.Model]) -> None:
        self.copy, self.model = copy, model
        self.name, self.number = model._meta.db_table, str(model._meta.pk.column)
        self.guards = guards_of(self.name)
        self.keys = list(unique_keys(model))
        self.keyed = {name for key in self.keys for name in columns_of(key)}
        self.stand([])

    def updates(self) -> list[Guard]:
        """Return what an UPDATE meets, but for the bounds of days: REPLACE meets these where a row comes in."""
        return [one for one in self.guards if one.event == "UPDATE" and "_days_" not in one.name]

    def stand(self, guards: list[Guard]) -> None:
        """Let these guards stand and no others."""
        found = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        for (name,) in self.copy.execute(found, [self.name]).fetchall():
            self.copy.execute(f"DROP TRIGGER {name}")
        columns = [name for _, name, *_ in self.copy.execute(f"PRAGMA table_info({self.name})")]
        for guard in guards:
            for trigger in guard.on(columns).triggers(connection):
                self.copy.execute(trigger.statements[-1])

    def row(self, key: UniqueKey | None = None) -> Row | None:
        """Return a row that may not go and bears a key; one is made so where there is none."""
        stay = [ByVendor.of(one.when).on("sqlite") for one in self.guards if one.event == "DELETE"]
        kept = " OR ".join(f"({one})" for one in stay) or "TRUE"
        borne = key.shared("OLD", "OLD", connection) if key else "TRUE"
        asked = f"SELECT * FROM {self.name} AS OLD WHERE ({kept}) AND {borne} ORDER BY 1 LIMIT 1"
        found = self.copy.execute(asked).fetchone()
        if found is None and key is not None and (row := self.row()) is not None:
            beside = key.columns() - columns_of(key)
            self.change(row, dict.fromkeys(beside))
            self.change(row, {name: next(FRESH) for name in columns_of(key) if row[name] is None})
            found = self.copy.execute(asked).fetchone()
        return dict(found) if found else None

    def change(self, row: Row, values: Row) -> str:
        """Return in which words an UPDATE is refused; nothing where it is done."""
        return (
            self.said(
                f"UPDATE {self.name} SET {sets(values)} WHERE {self.number} = ?",
                *values.values(),
                row[self.number],
            )
            if values
            else ""
        )

    def said(self, sql: str, *params: Any) -> str:
        try:
            self.copy.execute(sql, params)
        except sqlite3.IntegrityError as refusal:
            return str(refusal)
        return ""

    def put(self, verb: str, row: Row, end: str = "") -> str:
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
        return self.said(f"{verb} INTO {self.name} ({names}) VALUES ({marks}){end}", *row.values())


def columns_of(key: UniqueKey) -> set[str]:
    """Return the columns of a key, without those that only say of which rows it holds."""
    return UniqueKey(key.model, key.parts).columns()


def sets(values: Row) -> str:
    return ", ".join(f'"{name}" = ?' for name in values)


def other(row: Row, columns: set[str]) -> Row:
    """Return a row that has other values there: of a text another text, of a number another number."""
    fresh = {name: next(FRESH) for name in columns}
    return {
        **row,
        **{
            name: str(fresh[name]) if isinstance(row[name], str) else fresh[name]
            for name in columns
        },
    }


def copy_with_rows(world: World) -> sqlite3.Connection:
    with transaction.atomic():
        put_rows(world)
        held = connection.connection.serialize()
        transaction.set_rollback(True)
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.deserialize(held)
    made.row_factory = sqlite3.Row
    made.execute("PRAGMA ignore_check_constraints = ON")
    return made


def put_rows(world: World) -> None:
    """Put a row into each table, without guards and checks; one that is there already will do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for model, values in MORE.items():
            try:
                with transaction.atomic():
                    model._base_manager.bulk_create([model(**values(world))])
            except IntegrityError:
                assert model._base_manager.exists()
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
