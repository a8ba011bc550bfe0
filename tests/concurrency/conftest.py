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
WORKER = Path(__file__).parent / "worker.py"


@pytest.fixture(autouse=True)
def frozen_clock() -> None:
    """Leave the clock alone: the processes here agree on a moment of the real one."""


@pytest.fixture
def own_database(db: None, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty, migrated database of the kind under test."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'own.sqlite3'}"
        return
    import psycopg

    name = f"own_{uuid.uuid4().hex}"
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    for key in ("context", "prepare_threshold", "cursor_factory", "client_encoding"):
        parameters.pop(key, None)
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    url = os.environ["DATABASE_URL"]
    head, _, query = url.partition("?")
    yield head.rpartition("/")[0] + f"/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(own_database: str) -> Start:
    """Start a worker process with a task of worker.py and its arguments."""

    def run(*arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(WORKER), *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": own_database,
                "SECRET_KEY": settings.SECRET_KEY,
                "PYTHONPATH": str(ROOT),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run


@pytest.fixture
def result(start: Start) -> Callable[..., str]:
    """Run one worker to its end and return the last line it said."""

    def run(*arguments: str) -> str:
        worker = start(*arguments)
        output, errors = worker.communicate(timeout=120)
        assert worker.returncode == 0, errors
        return output.strip().splitlines()[-1]

    return run
