"""A database of its own and real processes on it, for what only happens between processes."""

import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from once import folder_of_run, one_at_a_time

from .process import Worker

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def frozen_clock() -> None:
    """Leave the clock alone: the processes here agree on a moment of the real one."""


class Files:
    """Databases of SQLite in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, name: str) -> str:
        """Return what Django calls a database."""
        return str(self.folder / f"{name}.sqlite3")

    def url(self, name: str) -> str:
        return f"sqlite:///{self.place(name)}"

    def create(self, name: str, origin: str | None = None) -> None:
        """Copy the origin whole, whatever journal it left; without one, the first use makes the file."""
        if origin is not None:
            with closing(self._open(origin)) as source, closing(self._open(name)) as target:
                source.backup(target)

    def drop(self, name: str) -> None:
        for file in self.folder.glob(f"{name}.sqlite3*"):
            file.unlink()

    def _open(self, name: str) -> sqlite3.Connection:
        return sqlite3.connect(self.place(name))


class Server:
    """Databases beside the one under test on its PostgreSQL."""

    def place(self, name: str) -> str:
        return name

    def url(self, name: str) -> str:
        head, _, query = os.environ["DATABASE_URL"].partition("?")
        return head.rpartition("/")[0] + f"/{name}" + (f"?{query}" if query else "")

    def create(self, name: str, origin: str | None = None) -> None:
        self._tell(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{origin}"' if origin else ""))

    def drop(self, name: str) -> None:
        self._tell(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _tell(self, order: str) -> None:
        import psycopg

        parameters = {**connection.get_connection_params(), "dbname": "postgres"}
        for key in ("context", "prepare_threshold", "cursor_factory", "client_encoding"):
            parameters.pop(key, None)
        with psycopg.connect(**parameters, autocommit=True) as server:
            server.execute(order)


@pytest.fixture
def first() -> str:
    """Return what is done in the database of a test before the test begins."""
    return "prepare"


@pytest.fixture
def begin(request: pytest.FixtureRequest, django_db_blocker: Any) -> Callable[..., Worker]:
    """Start a process with a task of the module that the test's TASKS are in, on a database."""

    def run(task: str, *arguments: str, database: str) -> Worker:
        return Worker(request.module.TASKS[task], arguments, database, django_db_blocker)

    return run


@pytest.fixture
def own_database(
    request: pytest.FixtureRequest,
    first: str,
    begin: Callable[..., Worker],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A database of the kind under test that nobody has open, the first task done in it."""
    folder = folder_of_run(tmp_path_factory)
    kind = Files(folder) if connection.vendor == "sqlite" else Server()

    def prepare(name: str) -> None:
        begin(first, database=kind.place(name)).said()

    with one_at_a_time(folder):
        origin = begun(kind, folder / "first-migrated", None, lambda name: migrate(kind.url(name)))
        if first != "migrate":
            note = folder / f"first-{request.module.__name__}-{first}"
            origin = begun(kind, note, origin, prepare)
        name = f"own_{uuid.uuid4().hex}"
        kind.create(name, origin)
    yield kind.place(name)
    kind.drop(name)


def begun(
    kind: Files | Server, note: Path, origin: str | None, prepare: Callable[[str], None]
) -> str:
    """Return a database that was prepared once in a run, from a copy of another one."""
    if not note.exists():
        name = f"first_{uuid.uuid4().hex}"
        kind.create(name, origin)
        prepare(name)
        note.write_text(name)
    return note.read_text()


def migrate(url: str) -> None:
    """Go through all migrations, which the tests of one process leave out."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True)


Start = Callable[..., Worker]


@pytest.fixture
def start(begin: Callable[..., Worker], own_database: str) -> Iterator[Start]:
    """Start a process with a task and its arguments; those that a failed test leaves behind are ended."""
    started: list[Worker] = []

    def run(*task: str) -> Worker:
        started.append(begin(*task, database=own_database))
        return started[-1]

    yield run
    for worker in started:
        worker.kill()


@pytest.fixture
def result(start: Start) -> Callable[..., str]:
    """Run one process to its end and return what it said."""
    return lambda *task: start(*task).said()


AtOnce = Callable[..., list[str]]


@pytest.fixture
def at_once(start: Start) -> AtOnce:
    """Let processes act at one moment, when all are ready; return what they said, in the order of the tasks."""

    def run(*tasks: tuple[str, ...]) -> list[str]:
        workers = [start(*task) for task in tasks]
        for worker in workers:
            worker.stands("ready")
        for worker in workers:
            worker.go_on()
        return [worker.said() for worker in workers]

    return run
