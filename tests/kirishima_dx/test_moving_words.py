"""What a move or a restore says of an address, a file or a server that it cannot use."""

from pathlib import Path

import pytest
from django.db import OperationalError

from kirishima_dx.backups.faults import MoveRefused, told_in_words
from kirishima_dx.backups.other_database import database_named
from kirishima_dx.backups.sqlite_files import alone_with


@pytest.mark.parametrize(
    "mistyped",
    [
        "postgres:/city:s3cret@db/kirishima",
        "postgres:city:s3cret@db/kirishima",
        "city:s3cret@db/kirishima",
        "postgers://city:s3cret@db/kirishima",
        "postgres://city:s3/cret@db/kirishima",
        "postgres://city:12/s3cret@db/kirishima",
        "postgres://city:s3cret@db",
        "",
    ],
)
def test_a_mistyped_address_is_refused_without_its_password(mistyped: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        database_named(mistyped)

    assert "cret" not in str(refused.value)
    assert "postgres://名前" in str(refused.value)


@pytest.mark.parametrize("path", ["var/one.sqlite3", "/var/a b.sqlite3", r"C:\city\one.sqlite3"])
def test_a_path_is_a_file_of_sqlite(path: str) -> None:
    assert database_named(path)["NAME"].endswith(path)


def test_a_server_that_does_not_answer_is_told_with_what_to_look_at() -> None:
    said = 'connection failed: FATAL:  database "city" does not exist'

    with (
        pytest.raises(MoveRefused, match=r"接続できません。.*CREATE DATABASE.*does not exist"),
        told_in_words("postgres://db:5432/city"),
    ):
        raise OperationalError(said)


def test_what_cannot_be_opened_is_not_told_as_used_by_others(tmp_path: Path) -> None:
    with (
        pytest.raises(MoveRefused, match="フォルダーがあるか"),
        told_in_words(tmp_path),
        alone_with(tmp_path),
    ):
        pass
