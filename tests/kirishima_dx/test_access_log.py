"""A line a request: what stands in it, what never does, and that it goes on when the file is moved away."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from kirishima_dx.client_address import BehindProxies
from kirishima_dx.server.access_log import AccessLog, path_of, shown
from kirishima_dx.server.limits import Limits
from kirishima_dx.server.serving import Server

LINE = re.compile(
    r"(?P<address>\S+) - - \[15/Oct/2026:10:00:00 \+0900\] "
    r'"(?P<asked>[^"]*)" (?P<status>\d{3}) (?P<sent>\d+) (?P<seconds>\d+\.\d{3})'
)

REFUSED = str(len("送られた内容を読み取れませんでした。\n".encode()))


def application(environ: Any, start_response: Any) -> Iterator[bytes]:
    """Answer with a megabyte in pieces, or with 404 in five bytes."""
    environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/large":
        start_response("200 OK", [("Content-Length", "1000000")])
        yield from [b"x" * 100_000] * 10
    else:
        start_response("404 Not Found", [("Content-Length", "5")])
        yield b"never"


class Logged:
    """A server behind a proxy on this machine, with an access log."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.path = folder / "access.log"
        self._log = AccessLog(self.path)
        self._server = Server(
            BehindProxies(application, trusted=["127.0.0.1"]),
            limits=Limits(head_seconds=0.3, looks_every=0.05),
            access_log=self._log,
            host="127.0.0.1",
            port=self.port,
            threads=2,
            ident="",
        )
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()

    def ask(self, address: str, **headers: str) -> bytes:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", address, headers=names)
            return connection.getresponse().read()

    def send(self, text: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as client:
            client.sendall(text)
            return client.recv(1000)

    def lines(self, number: int) -> list[dict[str, str]]:
        """Wait for so many lines and return what stands in each."""
        until = time.monotonic() + 20
        while len(found := self._written()) < number:
            assert time.monotonic() < until, found
            time.sleep(0.01)
        matches = [LINE.fullmatch(line) for line in found]
        assert None not in matches, found
        return [match.groupdict() for match in matches if match is not None]

    def _written(self) -> list[str]:
        return self.path.read_text("ascii").splitlines() if self.path.exists() else []

    def stop(self) -> None:
        self._server.stop()
        self._thread.join(20)
        self._log.close()


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Callable[[], Logged]]:
    with ExitStack() as ends:

        def start() -> Logged:
            one = Logged(tmp_path)
            ends.callback(one.stop)
            return one

        yield start


def test_each_request_has_a_line(logged: Callable[[], Logged]) -> None:
    server = logged()
    server.ask("/large")
    server.ask("/items/1-A-1/?q=%E5%B1%B1%E7%94%B0", X_Forwarded_For="10.1.1.1, 203.0.113.7")
    server.send(b'GET /"\x1b[31m\\ HTTP/1.1\r\nHost: x\r\n\r\n')
    server.send(b"GET /\xe5\x85\xab HTTP/1.1\r\nHost: x\r\n\r\n")
    server.send(b"GET http://user:word@host/a#b HTTP/1.0\r\n\r\n")
    server.send(b"nonsense\r\n\r\n")
    server.send(b"GET / HTTP/1.1\r\nX: ")

    assert {tuple(one.values())[:-1] for one in server.lines(7)} == {
        ("127.0.0.1", "GET /large HTTP/1.1", "200", "1000000"),
        ("203.0.113.7", "GET /items/1-A-1/ HTTP/1.1", "404", "5"),
        ("127.0.0.1", r"GET /\x22\x1b[31m\x5c HTTP/1.1", "404", "5"),
        ("127.0.0.1", r"GET /\xe5\x85\xab HTTP/1.1", "400", REFUSED),
        ("127.0.0.1", "GET /a HTTP/1.0", "404", "5"),
        ("127.0.0.1", "-", "400", REFUSED),
        ("127.0.0.1", "-", "408", "0"),
    }
    assert server.path.stat().st_mode & 0o777 == 0o600


def test_what_was_not_taken_is_not_counted(logged: Callable[[], Logged]) -> None:
    server = logged()
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", server.port))
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        client.recv(100)

    (line,) = server.lines(1)
    assert int(line["sent"]) < 1_000_000


def test_it_goes_on_when_the_file_is_moved_away(
    logged: Callable[[], Logged], caplog: pytest.LogCaptureFixture
) -> None:
    server = logged()
    server.ask("/first")
    server.lines(1)
    server.path.rename(server.path.with_suffix(".1"))
    server.ask("/second")
    assert [one["asked"] for one in server.lines(1)] == ["GET /second HTTP/1.1"]

    server.path.unlink()
    server.path.mkdir()
    assert [server.ask("/x") for _ in range(3)] == [b"never"] * 3
    server.path.rmdir()
    assert server.ask("/last") == b"never"
    while server.lines(1)[-1]["asked"] != "GET /last HTTP/1.1":
        time.sleep(0.01)
    assert caplog.text.count("アクセスログに書けません") == 1


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_file_that_cannot_be_written_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="アクセスログ"):
        call_command("serve", f"--access-log={tmp_path / 'nowhere' / 'access.log'}")


@given(st.text(st.characters(max_codepoint=255)))
def test_nothing_that_is_asked_for_leaves_its_place(address: str) -> None:
    path = path_of(address)

    assert path.isascii()
    assert path.isprintable()
    assert not set(path) & set(' "?#')
    assert shown(path.replace("\\", "")) == path.replace("\\", "")
    assert len(path) <= 4 * 500 + 3
