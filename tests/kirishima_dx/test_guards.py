"""Guards and migrations: a database of an earlier version is brought up to date, and guarded again."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent.parent
BEFORE_SITTINGS = ("reviews 0001", "initiatives 0002")


# Migrating makes many classes that refer to each other: without the collector of garbage it takes two thirds.
MIGRATE = """
import gc, sys
gc.disable()
import django
django.setup()
from django.core.management import call_command
for target in sys.argv[1:] or [""]:
    call_command("migrate", *target.split(), verbosity=0)
"""


def migrate(database: Path, *targets: str) -> None:
    """Migrate to each target, or to the newest of all, in a process of its own."""
    subprocess.run(
        [sys.executable, "-c", MIGRATE, *targets],
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
def test_an_older_database_is_migrated_and_guarded_again(tmp_path: Path) -> None:
    """A trigger that names another table stands in the way of altering that table on SQLite."""
    database = tmp_path / "old.sqlite3"
    migrate(database, *BEFORE_SITTINGS)
    assert "reviews_sealedrow_late_insert" in triggers(database)
    with closing(sqlite3.connect(database)) as opened:
        opened.execute(
            "CREATE TRIGGER of_long_ago BEFORE DELETE ON people_user BEGIN SELECT 1; END"
        )
    migrate(database)

    installed = triggers(database)
    declared = {
        guard.name
        for app in ("plans", "people", "initiatives", "reviews")
        for guard in apps.get_app_config(app).guards  # type: ignore[attr-defined]  # Ours have guards.
    }
    assert declared <= installed
    assert "of_long_ago" not in installed
