"""A database of its own and real processes on it, for what only happens between processes."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parent.parent.parent
HELPERS = ROOT / "tests" / "initiatives"
"""Where workers find what the tests of their subject share."""


@pytest.fixture(autouse=True)
def frozen_clock() -> None:
    """Leave the clock alone: the processes here agree on a moment of the real one."""


_migrated: list[str] = []
"""The name of the database on PostgreSQL that the others are copied from: migrating each anew takes seconds."""


@pytest.fixture
def own_database(db: None, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of the kind under test, empty or migrated; workers migrate it in any case."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'own.sqlite3'}"
        return
    import psycopg

    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    for key in ("context", "prepare_threshold", "cursor_factory", "client_encoding"):
        parameters.pop(key, None)
    name = f"own_{uuid.uuid4().hex}"
    with psycopg.connect(**parameters, autocommit=True) as server:
        if not _migrated:
            server.execute(f'CREATE DATABASE "{name}_first"')
            migrate(url_of(f"{name}_first"))
            _migrated.append(f"{name}_first")
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_migrated[0]}"')
    yield url_of(name)
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def url_of(name: str) -> str:
    """Return the address of another database on the server under test."""
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return head.rpartition("/")[0] + f"/{name}" + (f"?{query}" if query else "")


def migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY},
        check=True,
    )


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(request: pytest.FixtureRequest, own_database: str) -> Iterator[Start]:
    """Start a process of the test's WORKER, a file beside it, with a task of it and its arguments.

    Those that a failed test leaves behind are ended.
    """
    worker = Path(__file__).parent / request.module.WORKER
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, str(worker), *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": own_database,
                "SECRET_KEY": settings.SECRET_KEY,
                "PYTHONPATH": os.pathsep.join((str(ROOT), str(HELPERS))),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

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
