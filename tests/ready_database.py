"""A database file from which the product can be served, without going through the migrations."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings


def all_migrations() -> list[tuple[str, str]]:
    """Return app and name of every migration there is, also where the tests go without."""
    with override_settings(MIGRATION_MODULES={}):
        return sorted(MigrationLoader(None).disk_migrations)


@pytest.fixture
def ready_database(db: None, tmp_path: Path) -> Path:
    """A copy of the tables of the tests in which every migration counts as applied. For tests marked `sqlite`."""
    file = tmp_path / "ready.sqlite3"
    file.write_bytes(connection.connection.serialize())
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("DROP TABLE IF EXISTS django_migrations")
        copy.execute(
            "CREATE TABLE django_migrations"
            " (id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT, name TEXT, applied DATETIME)"
        )
        copy.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-10-15 01:00:00')",
            all_migrations(),
        )
        copy.commit()
    return file
