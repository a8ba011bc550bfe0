"""Guards and migrations: whatever was done to the triggers of a database, it is guarded again by the next migrate."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

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

    migrate(database)

    assert triggers(database) == standing
