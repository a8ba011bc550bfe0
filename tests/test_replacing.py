"""SQLite's REPLACE takes no guarded row away, over whatever unique key it comes (docs/decisions/0024).

Every guarded table is walked with every unique key of its model, on a real row that may not go. It is tried in a copy
of the database by a connection of its own, as another program has one. Of the triggers of a table only those stand
there that are tried, and no check, so that nothing else refuses.
"""

import sqlite3
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, models, transaction
from valid_rows import NOW, VALID, World

from initiatives.models import EvidenceDownload
from kirishima_dx.guard_triggers import ByVendor
from kirishima_dx.guards import Guard, declared_guards
from kirishima_dx.replace_guards import MESSAGE
from kirishima_dx.unique_keys import UniqueKey, unique_keys
from reviews.models import SealedWorkbook
from revisions.models import RecalledDecision

pytestmark = pytest.mark.sqlite
FRESH = count(10_000_000)
MORE: dict[type[models.Model], Any] = {
    **VALID,
    SealedWorkbook: lambda w: {"report": w.sealed, "content": b"c", "digest": "d"},
    EvidenceDownload: lambda w: {"evidence_id": 1, "taken_at": NOW, "taken_by": w.by},
    RecalledDecision: lambda w: {"recall_id": 1, "decision": w.decision},
    LogEntry: lambda w: {"user": w.by, "object_repr": "課", "action_flag": 2},
}
SETTLED = (
    "UPDATE plans_edition SET status = 'superseded' WHERE status = 'draft'",
    "UPDATE reviews_annualreport SET status = 'sealed', number = id",
    "UPDATE reviews_meeting SET closed_at = '2026-10-01 00:00:00'",
)
"""What makes the parts of a plan, a report and a meeting stay, whatever state they are in."""
NEVER_KEPT = {"edition_one_draft", "report_one_draft_a_year"}
"""Keys of drafts alone, which may go."""
WAYS = (
    ("INSERT OR REPLACE", ""),
    ("REPLACE", ""),
    ("INSERT", " ON CONFLICT DO UPDATE SET {0} = {0}"),
)
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


@pytest.fixture
def copy(world: World) -> Iterator[sqlite3.Connection]:
    """The database with a row in every guarded table."""
    with transaction.atomic():
        put_rows(world)
        held = connection.connection.serialize()
        transaction.set_rollback(True)
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.deserialize(held)
    made.row_factory = sqlite3.Row
    made.execute("PRAGMA ignore_check_constraints = ON")
    for statement in SETTLED:
        made.execute(statement)
    yield made
    made.close()


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


def test_no_guarded_row_is_replaced(copy: sqlite3.Connection, subtests: pytest.Subtests) -> None:
    untried = set()
    for model in GUARDED:
        with subtests.test(model._meta.db_table):
            table = Table(copy, model)
            tried = ("_replace_insert", "_replace_update", "_number_kept", "_no_update")
            for key in table.keys:
                table.stand([])
                row = table.row(key)
                table.stand([one for one in table.guards if one.name.endswith(tried)])
                assert table.said(f"UPDATE {table.name} SET {table.number} = ?", next(FRESH))
                if row is None:
                    untried.add(key.name)
                elif any(one.event == "DELETE" for one in table.guards):
                    try_replacing(table, row, key)

    assert untried == NEVER_KEPT


def try_replacing(table: Table, row: Row, key: UniqueKey) -> None:
    own, beside = columns_of(key), key.columns() - columns_of(key)
    new = other(row, table.keyed - own - beside)
    if table.number not in own:
        new[table.number] = None
    for verb, end in WAYS:
        assert MESSAGE in table.put(verb, new, end.format(table.number)), (key, verb, end)
    another = other(row, table.keyed - beside)
    assert table.put("INSERT", another) == ""
    mine = {name: row[name] for name in own}
    changed = f"UPDATE OR REPLACE {table.name} SET {sets(mine)} WHERE {table.number} = ?"
    assert table.said(changed, *mine.values(), another[table.number]), key


def test_replacing_changes_nothing_that_an_update_may_not(
    copy: sqlite3.Connection, subtests: pytest.Subtests
) -> None:
    for model in GUARDED:
        with subtests.test(model._meta.db_table):
            table = Table(copy, model)
            row = table.row()
            assert row, "Say in MORE or SETTLED how a row is made that may not go."
            replaced = (one for one in table.guards if one.name.endswith("_replace_insert"))
            table.stand([*(one for one in table.guards if one.event == "UPDATE"), *replaced])
            for name in row.keys() - {table.number}:
                changed = other(row, {name})
                if table.change(row, {name: changed[name]}):
                    assert MESSAGE in table.put("INSERT OR REPLACE", changed), name
