"""`manage.py serve` as a process of its own, on a database file, and what it answers."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listen_to_interrupts() -> None:
    """Take the signal of Ctrl-C again, which a shell lets what it starts in the background ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def serve(port: int, database: Path, *options: str, **environment: str) -> "subprocess.Popen[str]":
    url = f"sqlite:///{database}"
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "serve", "--port", str(port), *options],
        cwd=ROOT,
        env={
            **os.environ,
            "HTTPS": "off",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": url,
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listen_to_interrupts,
    )


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes


def fetch(port: int, path: str) -> Answer:
    """Ask the server, waiting until it listens."""
    for _ in range(600):
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            try:
                connection.request("GET", path)
            except ConnectionRefusedError:
                time.sleep(0.1)
                continue
            response = connection.getresponse()
            return Answer(response.status, response.headers["Location"] or "", response.read())
    raise AssertionError(f"nothing answers at port {port}")
