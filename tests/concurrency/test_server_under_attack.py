"""`manage.py serve` as it stands on a network, with 1,100 connections that somebody holds without need."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from attack import Attack, allow_files, browsers, ordinary_requests

ROOT = Path(__file__).parent.parent.parent
HEAD_SECONDS = 15  # On a busy machine it takes some to open 1,100 connections.
PATIENCE = 60


@pytest.fixture
def first() -> str:
    return "migrate"


@pytest.fixture
def server(own_database: str) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = {"DATABASE_URL": f"sqlite:///{own_database}", "ALLOWED_HOSTS": "127.0.0.1"}
    settings |= {"SERVE_HEAD_SECONDS": str(HEAD_SECONDS), "SERVE_PACE_SECONDS": str(HEAD_SECONDS)}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("起動しました")
    yield port, process
    process.kill()
    process.communicate()


@pytest.mark.sqlite
def test_others_come_in_while_connections_are_held(
    server: tuple[int, "subprocess.Popen[str]"],
) -> None:
    """It fails, and does not pass by, where this machine allows too few open files to try it."""
    port, process = server
    allow_files(1500)
    with closing(Attack("127.0.0.1", port, "/healthz")) as attack:
        attack.kept(100)
        attack.silent(800)
        attack.trickling_heads(100)
        attack.trickling_bodies(100)
        attack.go_on()
        assert len(attack.still("kept", "silent", "head", "body")) == 1100

        for _ in range(20):
            attack.go_on()
            ordinary_requests("127.0.0.1", port, "/healthz", 1)
        assert browsers("127.0.0.1", port, "/healthz") == 2 * 6 * 17

        until = time.monotonic() + PATIENCE
        while attack.still("silent", "head", "body") and time.monotonic() < until:
            attack.go_on()
            time.sleep(0.2)
        assert attack.still("silent", "head", "body") == []
        assert min(one.lasted for one in attack.held) >= HEAD_SECONDS
        assert len(attack.still("kept")) == 100

        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, errors) == (0, "")
