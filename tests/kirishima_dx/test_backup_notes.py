"""The note of the last back-up, and whose the files of a database are."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kirishima_dx.backups.notes import LastBackup, database_name, last_backup, note_backup
from kirishima_dx.backups.private_database import keep_private


def made(database: str) -> LastBackup:
    return LastBackup(datetime(2026, 10, 15, tzinfo=UTC), 5, "one.zip", database)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BACKUP_DIR = tmp_path / "backups"
    return tmp_path / "backups"


def test_the_last_backup_of_this_database_is_known(folder: Path) -> None:
    served = database_name(connection.settings_dict)
    note_backup(made("the demo"))
    assert last_backup() is None

    note_backup(made(served))

    assert last_backup() == made(served)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_note_that_cannot_be_read_is_none(folder: Path) -> None:
    note_backup(made(database_name(connection.settings_dict)))
    (note,) = folder.iterdir()

    note.write_text("{")

    assert last_backup() is None


def test_a_database_is_called_without_its_password() -> None:
    values = {"ENGINE": "django.db.backends.postgresql", "NAME": "city", "HOST": "db"}

    assert database_name({**values, "PASSWORD": "hush"}) == "postgres://db:5432/city"


@pytest.mark.sqlite
def test_a_database_that_others_could_read_is_mended_with_what_lies_beside_it(
    tmp_path: Path,
) -> None:
    place = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(place)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("CREATE TABLE one (a)")
        for file in tmp_path.iterdir():
            file.chmod(0o644)

        assert keep_private(place)

        assert {oct(os.stat(file).st_mode & 0o777) for file in tmp_path.iterdir()} == {"0o600"}
        assert len([*tmp_path.iterdir()]) == 3
