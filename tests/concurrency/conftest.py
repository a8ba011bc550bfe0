"""A database of its own and real processes on it, for what only happens between processes."""

import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from once import folder_of_run, one_at_a_time

ROOT = Path(__file__).parent.parent.parent
HELPERS = ROOT / "tests" / "initiatives"
"""Where workers find what the tests of their subject share."""


@pytest.fixture(autouse=True)
def frozen_clock() -> None:
    """Leave the clock alone: the processes here agree on a moment of the real one."""


class Files:
    """Databases of SQLite in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.sqlite3"

    def create(self, name: str, origin: str | None = None) -> None:
        """Copy the origin whole, whatever journal it left; without one, the first use makes the file."""
        if origin is not None:
            with closing(self._open(origin)) as source, closing(self._open(name)) as target:
                source.backup(target)

    def drop(self, name: str) -> None:
        for file in self.folder.glob(f"{name}.sqlite3*"):
            file.unlink()

    def _open(self, name: str) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / f"{name}.sqlite3")


class Server:
    """Databases beside the one under test on its PostgreSQL."""

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
    """Return what the worker does in the database of a test before the test begins."""
    return "prepare"


@pytest.fixture
def own_database(
    request: pytest.FixtureRequest, first: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of a database of the kind under test that nobody has open, the first task done in it."""
    folder = folder_of_run(tmp_path_factory)
    kind = Files(folder) if connection.vendor == "sqlite" else Server()
    with one_at_a_time(folder):
        migrated = begun(kind, folder, "worker.py", "migrate", None)
        origin = begun(kind, folder, request.module.WORKER, first, migrated)
        name = f"own_{uuid.uuid4().hex}"
        kind.create(name, origin)
    yield kind.url(name)
    kind.drop(name)


def begun(kind: Files | Server, folder: Path, worker: str, task: str, origin: str | None) -> str:
    """Return the database in which a worker has done its first task, done once in a run: migrating takes seconds."""
    note = folder / f"first-{worker}-{task}"
    if not note.exists():
        name = f"first_{uuid.uuid4().hex}"
        kind.create(name, origin)
        last_line(begin(worker, task, url=kind.url(name)))
        note.write_text(name)
    return note.read_text()


def begin(worker: str, *arguments: str, url: str) -> "subprocess.Popen[str]":
    """Start a process of a worker, a file beside this one, on a database."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / worker), *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "SECRET_KEY": settings.SECRET_KEY,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(HELPERS))),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(request: pytest.FixtureRequest, own_database: str) -> Iterator[Start]:
    """Start a process of the test's WORKER with a task of it and its arguments.

    Those that a failed test leaves behind are ended.
    """
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> "subprocess.Popen[str]":
        started.append(begin(request.module.WORKER, *arguments, url=own_database))
        return started[-1]

    yield run
    for process in started:
        with process:
            process.kill()


def last_line(worker: "subprocess.Popen[str]") -> str:
    """Wait for the end of a worker, which must be a good one, and return the last line it said."""
    output, errors = worker.communicate(timeout=120)
    assert worker.returncode == 0, errors
    return output.strip().splitlines()[-1]


@pytest.fixture
def result(start: Start) -> Callable[..., str]:
    """Run one worker to its end and return the last line it said."""
    return lambda *arguments: last_line(start(*arguments))


def heard(worker: "subprocess.Popen[str]", word: str) -> None:
    """Wait until a worker stands where it says that word."""
    assert worker.stdout is not None
    said = worker.stdout.readline()
    assert said == f"{word}\n", worker.communicate()[1]


def go_on(worker: "subprocess.Popen[str]") -> None:
    assert worker.stdin is not None
    worker.stdin.write("\n")
    worker.stdin.flush()


AtOnce = Callable[..., list[str]]


@pytest.fixture
def at_once(start: Start) -> AtOnce:
    """Let workers act at one moment, when all are ready; return what they said, in the order of the tasks."""

    def run(*tasks: tuple[str, ...]) -> list[str]:
        workers = [start(*task) for task in tasks]
        for worker in workers:
            heard(worker, "ready")
        for worker in workers:
            go_on(worker)
        return [last_line(worker) for worker in workers]

    return run
