"""Guards and migrations: whatever was done to the triggers of a database, it is guarded again by the next migrate."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kirishima_dx.content_token import TOKEN

ROOT = Path(__file__).parent.parent.parent


# Migrating makes many classes that refer to each other: without the collector of garbage it takes two thirds.
MIGRATE = """
import gc
gc.disable()
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def migrate(database: Path) -> None:
    """Migrate in a process of its own."""
    subprocess.run(
        [sys.executable, "-c", MIGRATE],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{database}"},
        check=True,
        capture_output=True,
        text=True,
    )


def triggers(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as opened:
        rows = opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in rows}


def become_of_before(opened: sqlite3.Connection) -> None:
    """Leave what version 0.5.0 had, which knew no content token."""
    names = opened.execute(f"SELECT name FROM sqlite_master WHERE sql LIKE '%{TOKEN}%'")
    for (name,) in names.fetchall():
        if name != TOKEN:
            opened.execute(f"DROP TRIGGER {name}")
    opened.execute(f"DROP TABLE {TOKEN}")
    opened.execute("DELETE FROM django_migrations WHERE app = 'kirishima_dx'")
    opened.execute("INSERT INTO auth_group (name) VALUES ('a row of before')")


@pytest.mark.sqlite
def test_a_database_is_guarded_again_by_every_migrate(tmp_path: Path) -> None:
    """A trigger that names another table stands in the way of altering that table on SQLite."""
    database = tmp_path / "guarded.sqlite3"
    migrate(database)
    standing = triggers(database)
    assert {"reviews_sealedrow_late_insert", "people_user_no_delete"} <= standing
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("DROP TRIGGER reviews_sealedrow_late_insert")
        opened.execute(
            "CREATE TRIGGER of_long_ago BEFORE DELETE ON people_user BEGIN SELECT 1; END"
        )
        become_of_before(opened)
        opened.commit()

    migrate(database)

    assert triggers(database) == standing
    with closing(sqlite3.connect(database)) as opened:
        tokens = [opened.execute(f"SELECT value FROM {TOKEN}").fetchall()]
        opened.execute("UPDATE auth_group SET name = 'changed'")
        tokens.append(opened.execute(f"SELECT value FROM {TOKEN}").fetchall())
    assert [len(one) for one in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
