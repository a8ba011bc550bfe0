"""Back-up, restore and moving between databases: whole or not at all, and never over what somebody needs."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from once import folder_of_run, one_at_a_time

from . import moving_tasks
from .conftest import Files, Server, Start, begun, migrate
from .process import Worker

TASKS = moving_tasks.TASKS

Result = Callable[..., str]
On = Callable[..., Worker]


@pytest.fixture
def kind(own_database: str) -> Files | Server:
    return Files(Path(own_database).parent) if connection.vendor == "sqlite" else Server()


@pytest.fixture
def empty_database(kind: Files | Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database that was migrated, and in which nothing was done."""
    folder = folder_of_run(tmp_path_factory)
    with one_at_a_time(folder):
        origin = begun(kind, folder / "first-migrated", None, lambda name: migrate(kind.url(name)))
        name = f"empty_{uuid.uuid4().hex}"
        kind.create(name, origin)
    yield kind.place(name)
    kind.drop(name)


def test_everything_goes_there_and_back(
    result: Result, empty_database: str, tmp_path: Path
) -> None:
    """Every row of every table, the numbers that are given next, the guards; from one kind to the other and back."""
    between = str(tmp_path / "between.sqlite3")
    result("made_at_once", between)
    result("fill")

    assert result("there_and_back", between, empty_database) == "[] True True"

    assert os.stat(between).st_mode & 0o077 == 0


def test_what_is_killed_in_the_middle_says_so_until_it_is_filled_anew(
    start: Start, begin: On, result: Result, empty_database: str
) -> None:
    copying = start("copy_and_stop", empty_database)
    copying.stands("inside")
    copying.kill()

    told = begin("check", database=empty_database).said()
    assert "の途中で止まったものです" in told
    assert "はじめからやり直します" in told

    assert result("copy", empty_database) == "copied"
    assert begin("check", database=empty_database).said() == "fine"
    assert "は空ではありません" in result("copy", empty_database)


@pytest.mark.parametrize(
    ("what", "told"),
    [("a later step", "people.9999_of_tomorrow"), ("nothing", "同じ")],
)
def test_a_move_is_refused_in_words(
    result: Result, own_database: str, empty_database: str, what: str, told: str
) -> None:
    result("spoil", what)

    said = result("copy", own_database if what == "nothing" else empty_database)

    assert told in said


@pytest.mark.postgres
def test_what_postgresql_does_not_take_is_told_with_its_table(
    result: Result, empty_database: str, tmp_path: Path
) -> None:
    file = str(tmp_path / "odd.sqlite3")
    result("made_at_once", file)

    said = result("copy_odd_letter", file, empty_database)

    assert said.startswith("「部署」（people_department）")


def test_a_backup_is_taken_while_people_write_and_goes_back(
    start: Start, begin: On, result: Result, own_database: str, empty_database: str, tmp_path: Path
) -> None:
    """What stood there is kept: SQLite's file under another name, PostgreSQL takes only an empty database."""
    file, before, tokens = tmp_path / "one.zip", result("digest"), [result("token")]
    writing = start("write_on")
    writing.stands("ready")
    assert "控えを取りました" in result("order", "backup", str(file))
    writing.go_on()
    said = result("order", "backup", str(tmp_path / "two.zip"))
    assert writing.said() == "wrote"
    assert "控えを取りました" in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert "すでにあります" in result("order", "backup", str(file))
    now, place = result("digest"), own_database
    tokens.append(result("token"))
    if connection.vendor == "postgresql":
        assert "×データベースは空ではありません: " in result("order", "restore", str(file))
        place = empty_database

    said = begin("order", "restore", str(file), database=place).said()

    assert "×" not in said
    assert begin("digest", database=place).said() == before
    tokens.append(begin("token", database=place).said())
    assert len(set(tokens)) == 3, (
        "what was put back looks current to who has seen it or what came later"
    )
    if connection.vendor == "sqlite":
        kept = said.rpartition("残してあります: ")[2].strip()
        assert begin("digest", database=kept).said() == now
        assert os.stat(kept).st_mode & 0o077 == 0


def test_a_restore_is_refused_while_anybody_is_connected(
    start: Start, begin: On, result: Result, own_database: str, empty_database: str, tmp_path: Path
) -> None:
    file, place = tmp_path / "one.zip", own_database
    result("order", "backup", str(file))
    if connection.vendor == "postgresql":
        place = empty_database
    server = begin("stay", database=place)
    server.stands("connected")

    refused = begin("order", "restore", str(file), database=place).said()
    server.go_on()
    server.said()

    assert "止めてから" in refused
    assert "何も変えていません" in refused
    assert "×" not in begin("order", "restore", str(file), database=place).said()


def test_a_backup_that_finds_no_room_leaves_nothing(result: Result, tmp_path: Path) -> None:
    said = result("order_with_little_room", "50000", "backup", str(tmp_path / "one.zip"))

    assert "ディスクの空き" in said
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_backup_of_what_is_not_there_is_refused_and_makes_no_database(
    begin: On, kind: Files | Server, tmp_path: Path
) -> None:
    place = kind.place(f"nowhere_{uuid.uuid4().hex}")

    said = begin("order", "backup", str(tmp_path / "one.zip"), database=place).said()

    assert said.startswith("×")
    assert "がありません" in said or "接続できません" in said
    assert not Path(place).exists()


def test_verify_all_names_what_fails(result: Result) -> None:
    assert "すべて合っています" in result("order", "verify_all")
    result("fill")

    said = result("order", "verify_all")

    assert "×ダイジェストが合いません" in said
    assert result("invented_seal") in said
    assert "取り込んだファイル（id " in said
