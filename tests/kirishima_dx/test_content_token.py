"""Every change of every table replaces the content token, whoever makes it; what does not count is named."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction

from kirishima_dx.content_token import TOKEN, NoContentToken, current_token
from kirishima_dx.content_triggers import (
    UNCOUNTED,
    UNCOUNTED_COLUMNS,
    content_triggers,
    models_with_tables,
)
from kirishima_dx.guards import declared_guards
from kirishima_dx.standing_triggers import install_content_triggers, missing_guards
from people.models import Department, User

FRESH = count(10_000_000)
COUNTED = sorted(one.table for one in content_triggers())
LEFT_OUT = sorted(apps.get_model(label)._meta.db_table for label in UNCOUNTED)
REFERRED_TO = {
    str(field.related_model._meta.db_table)
    for model in models_with_tables()
    for field in model._meta.concrete_fields
    if field.is_relation and getattr(field, "db_constraint", True)
}
"""PostgreSQL empties these only together with the tables that refer to them."""
TABLE = "plans_edition"


def test_what_does_not_count_is_named_with_its_reason() -> None:
    """A new model counts by itself: whoever leaves it out writes a line."""
    tables = {model._meta.db_table: model for model in models_with_tables()}

    assert sorted({*COUNTED, *LEFT_OUT}) == sorted(tables)
    assert len(COUNTED) == len(tables) - len(UNCOUNTED)
    assert all(UNCOUNTED.values())
    assert set(UNCOUNTED) == {
        "kirishima_dx.ContentToken",
        "sessions.Session",
        "people.SignIn",
        "people.Download",
    }
    assert UNCOUNTED_COLUMNS == {"people.User": ("last_login",)}


def test_every_name_is_its_own_and_not_too_long_for_postgresql() -> None:
    names = [one.name for each in content_triggers() for one in each.triggers(connection, "public")]

    assert len(set(names)) == len(names)
    assert not set(names) & {guard.name for guard in declared_guards()}
    assert max(map(len, names)) <= 63


@contextmanager
def bare_copy() -> Iterator[sqlite3.Connection]:
    """A copy of the tables with the triggers of the token alone, which takes any row: what the guards refuse here
    could be done by whoever takes one away."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        copy.deserialize(connection.connection.serialize())
        for name, sql in copy.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            if TOKEN not in sql:
                copy.execute(f"DROP TRIGGER {name}")
        copy.execute("PRAGMA ignore_check_constraints = ON")
        yield copy


def told(copy: sqlite3.Connection, sql: str, *params: object) -> bool:
    """Whether a statement, which must change a row, replaces the token."""
    asked = f"SELECT group_concat(value) FROM {TOKEN}"
    before = copy.execute(asked).fetchone()
    assert copy.execute(sql, params).rowcount == 1, sql
    return bool(before != copy.execute(asked).fetchone())


@pytest.mark.sqlite
@pytest.mark.parametrize("counts", [True, False])
def test_a_row_that_comes_changes_is_replaced_or_goes_is_told(db: None, counts: bool) -> None:
    wrong = []
    with bare_copy() as copy:
        for table in COUNTED if counts else LEFT_OUT:
            if table == TOKEN:
                continue
            info = copy.execute(f"PRAGMA table_info({table})").fetchall()
            (key,) = (name for _, name, *_, is_key in info if is_key)
            names = ", ".join(f'"{name}"' for _, name, *_ in info)
            row = [next(FRESH) for _ in info]
            put = f"INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})"
            changed = ", ".join(f'"{name}" = "{name}"' for _, name, *_ in info)
            statements = [
                (f"INSERT {put}", *row),
                (f"INSERT OR REPLACE {put}", *row),
                (f"INSERT {put} ON CONFLICT DO UPDATE SET {changed}", *row),
                (f"UPDATE {table} SET {changed}",),
                (f"UPDATE OR REPLACE {table} SET {key} = {key}",),
                (f"DELETE FROM {table} WHERE {key} IS NOT NULL",),
            ]
            copy.execute(f"DELETE FROM {table}")
            wrong += [one[0] for one in statements if told(copy, *one) is not counts]
            copy.execute(f"INSERT {put}", row)
            if told(copy, f"DELETE FROM {table}") is not counts:
                wrong.append(f"DELETE FROM {table}")

    assert wrong == []


@pytest.mark.postgres
def test_any_statement_on_a_table_is_told(db: None) -> None:
    """On PostgreSQL a trigger asks no row, so it need not touch one. What is taken back takes its token along."""
    begun, wrong = current_token(), []
    seen = {begun}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in [*COUNTED, *LEFT_OUT]:
            with transaction.atomic():
                for sql in statements_on(table):
                    before = current_token()
                    cursor.execute(sql)
                    found = current_token()
                    is_told = found not in seen
                    if is_told is (table in LEFT_OUT) or is_told is (found == before):
                        wrong.append(sql)
                    seen.add(found)
                transaction.set_rollback(True)
            assert current_token() == begun

    assert wrong == []
    assert len(REFERRED_TO) < len(COUNTED) / 2
    schema = [one for each in content_triggers() for one in each.triggers(connection, "public")]
    assert all(" OR TRUNCATE ON " in one.definition for one in schema)


def statements_on(table: str) -> list[str]:
    """Return what is done to a table; the token itself is only written by its triggers."""
    if table == TOKEN:
        return []
    emptied = [] if table in REFERRED_TO else [f"TRUNCATE {table}"]
    return [
        f"INSERT INTO {table} SELECT * FROM {table} WHERE false",
        f"UPDATE {table} SET {some_column(table)} = NULL WHERE false",
        f"DELETE FROM {table} WHERE false",
        *emptied,
    ]


def some_column(table: str) -> str:
    model = next(one for one in models_with_tables() if one._meta.db_table == table)
    return str(model._meta.concrete_fields[-1].column)


def test_signing_in_is_no_change_and_whatever_else_is_of_an_account(staff: User) -> None:
    before = current_token()
    staff.save(update_fields=["last_login"])
    assert current_token() == before

    User.objects.filter(pk=staff.pk).update(last_login=None, name="別の名前")

    assert current_token() != before


def test_what_is_taken_back_is_no_change(db: None) -> None:
    before = current_token()
    with transaction.atomic():
        Department.objects.create(code="gone", name="なくなる課")
        inside = current_token()
        transaction.set_rollback(True)

    assert inside != before
    assert current_token() == before
    with transaction.atomic():
        Department.objects.create(code="stays", name="残る課")
    assert current_token() not in (before, inside)


def test_whoever_installs_the_triggers_counts_as_a_change(db: None) -> None:
    """What was done while none stood was not told: after a failed migrate, in a restored back-up."""
    before = current_token()

    install_content_triggers(connection)

    assert current_token() != before
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TOKEN}")
    assert missing_guards(connection) == [TOKEN]
    with pytest.raises(NoContentToken):
        current_token()
    install_content_triggers(connection)
    assert missing_guards(connection) == []
    assert current_token()


def test_without_its_table_the_token_says_so(db: None) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {TOKEN} RENAME TO {TOKEN}_{uuid4().hex[:8]}")
        with pytest.raises(NoContentToken), transaction.atomic():
            current_token()
        transaction.set_rollback(True)


FUNCTION = "FUNCTION kirishima_dx_content_moves()"
ON_EACH = [
    pytest.param(f"DROP TRIGGER {TABLE}_content_delete", marks=pytest.mark.sqlite),
    pytest.param(f"DROP TRIGGER {TABLE}_content ON {TABLE}", marks=pytest.mark.postgres),
    pytest.param(
        f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_content", marks=pytest.mark.postgres
    ),
    pytest.param(
        f"CREATE OR REPLACE {FUNCTION} RETURNS trigger AS 'BEGIN RETURN NULL; END' LANGUAGE plpgsql",
        marks=pytest.mark.postgres,
    ),
    pytest.param(f"ALTER {FUNCTION} SET search_path = elsewhere", marks=pytest.mark.postgres),
]


@pytest.mark.parametrize("sql", ON_EACH)
def test_a_trigger_that_tells_nothing_is_named(db: None, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)

    named = missing_guards(connection)

    assert named
    assert all("_content" in name for name in named)
    assert any(name.startswith(TABLE) for name in named)
    install_content_triggers(connection)
    assert missing_guards(connection) == []
