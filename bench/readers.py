"""Measure readers over HTTP: a real `manage.py serve` of one process, and one or several who read without a pause.

Pages a second and the wait that 95 of 100 stay below are of the clock: they say what they say of a quiet machine
only. What a page takes of the server's processor holds on a busy one too.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from bench.names import ASKING, CROWD, READING
from bench.timing import Reading

SECONDS = 4.0
WAYS = ((READING, "/", False), (ASKING, "/", True))


def measure_readers() -> list[Reading]:
    """Measure each way of reading with one reader and with several."""
    with served() as server:
        return [
            server.read_by(count, what, url, asks_for_change=asks)
            for what, url, asks in WAYS
            for count in (1, CROWD)
        ]


class Served:
    """A running server."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process, self.port = process, port

    def read_by(self, count: int, what: str, url: str, *, asks_for_change: bool) -> Reading:
        headers = {"Accept-Encoding": "gzip"}
        tag = self._ask(self._open(), url, headers)[1]
        if asks_for_change and tag:
            headers["If-None-Match"] = tag
        waits: list[list[float]] = [[] for _ in range(count)]
        until = time.perf_counter() + SECONDS
        readers = [
            threading.Thread(target=self._read, args=(url, headers, until, mine)) for mine in waits
        ]
        used, begun = self._processor(), time.perf_counter()
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        took, used = time.perf_counter() - begun, self._processor() - used
        all_waits = sorted(wait for mine in waits for wait in mine)
        return Reading(
            what=what,
            readers=count,
            pages_a_second=len(all_waits) / took,
            wait_median=all_waits[len(all_waits) // 2],
            wait_p95=all_waits[int(len(all_waits) * 0.95)],
            cpu_a_page=used / len(all_waits),
        )

    def _read(self, url: str, headers: dict[str, str], until: float, waits: list[float]) -> None:
        connection = self._open()
        while time.perf_counter() < until:
            asked = time.perf_counter()
            self._ask(connection, url, headers)
            waits.append(time.perf_counter() - asked)
        connection.close()

    def _open(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=60)

    @staticmethod
    def _ask(
        connection: HTTPConnection, url: str, headers: dict[str, str]
    ) -> tuple[int, str | None]:
        connection.request("GET", url, headers=headers)
        response = connection.getresponse()
        response.read()
        assert response.status in (200, 304), response.status
        return response.status, response.headers.get("ETag")

    def _processor(self) -> float:
        """Return the seconds that the server has used of the processor, all its threads together."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served() -> Iterator[Served]:
    """Run the server of the code that is measured, on its database, until it is no longer asked."""
    port = _free_port()
    environment = {**os.environ, "HTTPS": "off", "SERVE_PROCESSES": "1"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield Served(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port: int = any_port.getsockname()[1]
    return port


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server does not answer.")
