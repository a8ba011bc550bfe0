"""A database of version 0.1 is recognised by every command and refused in words; nothing in it changes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from .conftest import ROOT, Files, Server

COMMANDS = (
    ("migrate",),
    ("check", "--database", "default"),
    ("load_plan",),
    ("create_secretariat", "jimukyoku", "--password-stdin"),
    ("serve", "--port", "1"),
)

Result = Callable[..., str]
Manage = Callable[..., "subprocess.Popen[str]"]


def become_last_state() -> str:
    """Leave of a database of today what 0.1 had in the end: a step that there is no more."""
    return _told(
        "DELETE FROM django_migrations WHERE app IN ('rounds', 'revisions')",
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('plans', '0003_revise_any_text', '2026-11-22 17:33:00+00:00')",
    )


def become_first_state() -> str:
    """Leave what 0.1 had at first: steps of the names of today, that made less."""
    return _told(
        "DELETE FROM django_migrations WHERE app IN ('rounds', 'revisions')",
        "DROP TABLE people_successionrecall",
        "DROP TABLE people_departmentsuccession",
    )


def all_rows() -> str:
    """Return whatever the tables hold."""
    names = sorted(connection.introspection.table_names())
    with connection.cursor() as cursor:
        held = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            held[name] = sorted(map(repr, cursor.fetchall()))
    connection.close()
    return repr(held)


def _told(*orders: str) -> str:
    with connection.cursor() as cursor:
        for order in orders:
            cursor.execute(order)
    connection.close()  # SQLite puts into the file what stands beside it.
    return "done"


TASKS = {task.__name__: task for task in (become_last_state, become_first_state, all_rows)}


@pytest.fixture
def first() -> str:
    return "migrate"


@pytest.fixture
def manage(own_database: str) -> Manage:
    """Start a command of manage.py on the database of the test."""
    kind = Files(Path(own_database).parent) if connection.vendor == "sqlite" else Server()
    url = kind.url(Path(own_database).stem)

    def begin(*command: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return begin


def assert_refused(
    commands: tuple[tuple[str, ...], ...], manage: Manage, result: Result, own_database: str
) -> None:
    is_file = connection.vendor == "sqlite"
    rows = result("all_rows")
    file = Path(own_database).read_bytes() if is_file else b""

    for command, process in [(command, manage(*command)) for command in commands]:
        _, said = process.communicate("tameshi-no-aikotoba\n", timeout=120)
        assert process.returncode != 0, command
        assert f"データベース「{own_database}」は、前の版（0.1）で作られたものです" in said
        assert "DATABASE_URL" in said
        assert "Traceback" not in said

    assert not is_file or Path(own_database).read_bytes() == file
    assert result("all_rows") == rows


def test_every_command_refuses_a_database_of_before(
    manage: Manage, result: Result, own_database: str
) -> None:
    result("become_last_state")

    assert_refused(COMMANDS, manage, result, own_database)


def test_its_first_state_is_known_too(manage: Manage, result: Result, own_database: str) -> None:
    result("become_first_state")

    assert_refused(COMMANDS[:1], manage, result, own_database)


def test_a_database_of_today_is_let_in(manage: Manage) -> None:
    process = manage("check", "--database", "default")

    _, said = process.communicate(timeout=120)

    assert (process.returncode, said) == (0, "")
