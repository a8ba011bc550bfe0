"""What the server takes of clients that mean no good, on real sockets; each limit is short here."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from kirishima_dx.server.channel import Channel
from kirishima_dx.server.limits import Limits
from kirishima_dx.server.serving import Server

PATIENCE = 20
MEGABYTE = 1024 * 1024
GET = b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"
LATE = "HTTP/1.1 408 Request Timeout"


def application(environ: Any, start_response: Any) -> list[bytes]:
    """Answer with as many bytes as the path says, or with its words."""
    environ["wsgi.input"].read()
    asked = environ["PATH_INFO"].strip("/")
    body = b"x" * int(asked) if asked.isdigit() else asked.encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


class Running:
    """A server in a thread of the test, with one worker: whoever holds it holds all."""

    def __init__(self, app: Any = application, **limits: Any) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        patient = {"head_seconds": 60, "pace_seconds": 60, "linger_seconds": 60}
        self.limits = Limits(**{"looks_every": 0.05, **patient, **limits})
        self.server = Server(
            app,
            limits=self.limits,
            host="127.0.0.1",
            port=self.port,
            threads=1,
            ident="",
            max_request_body_size=10 * MEGABYTE,
        )
        self._thread = threading.Thread(target=self.server.run)
        self._thread.start()

    def stop(self) -> float:
        """Stop it and return how long that took."""
        began = time.monotonic()
        self.server.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return time.monotonic() - began

    @property
    def channels(self) -> list[Channel]:
        return list(self.server.channels())


@pytest.fixture
def running() -> Iterator[Callable[..., Running]]:
    with ExitStack() as ends:

        def start(app: Any = application, **limits: Any) -> Running:
            one = Running(app, **limits)
            ends.callback(lambda: one.server.is_stopping or one.stop())
            return one

        yield start


@pytest.fixture
def client() -> Iterator[Callable[..., socket.socket]]:
    with ExitStack() as ends:

        def connect(running: Running, first: bytes = b"", window: int = 0) -> socket.socket:
            made = ends.enter_context(socket.socket())
            if window:
                made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
            made.settimeout(PATIENCE)
            made.connect(("127.0.0.1", running.port))
            made.sendall(first)
            return made

        yield connect


def until_closed(client: socket.socket) -> str:
    """Read what still comes and return it; a reset is an end too."""
    heard = b""
    try:
        while got := client.recv(MEGABYTE):
            heard += got
    except ConnectionError:
        pass
    return heard.decode()


def answers(client: socket.socket, text: bytes) -> bool:
    """Whether a connection brings the answer to a request for these words."""
    client.sendall(GET % text)
    heard = b""
    while not heard.endswith(b"\r\n\r\n" + text):
        got = client.recv(MEGABYTE)
        if not got:
            return False
        heard += got
    return True


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def read(client: socket.socket, number: int) -> None:
    """Read so many bytes."""
    while number > 0:
        got = client.recv(min(number, MEGABYTE))
        assert got, f"{number} bytes are missing"
        number -= len(got)


def drip(client: socket.socket, bytes_: bytes) -> float:
    """Send a byte at a time until the other side has ended, and return how long it took it."""
    began = time.monotonic()
    client.settimeout(0.05)
    while time.monotonic() - began < PATIENCE:
        try:
            client.sendall(bytes_)
            if not client.recv(1, socket.MSG_PEEK):
                break
            client.settimeout(PATIENCE)
            break
        except TimeoutError:
            continue
        except ConnectionError:
            break
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("first", "more", "said"),
    [
        (b"", b"", ""),
        (b"GET / HTTP/1.1\r\nX: ", b"a", LATE),
        (b"GET /", b"a", LATE),
        (b"", b"\r\n\r\n", ""),
        (b"\r\n", b"\r\n", ""),
        (b"POST / HTTP/1.1\r\nContent-Length: 90000\r\n\r\n", b"a", LATE),
        (b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 90000\r\n\r\n", b"", LATE),
    ],
    ids=["silent", "header", "line", "empty requests", "empty lines", "body", "continue"],
)
def test_who_trickles_is_ended_at_the_deadline(
    running: Any, client: Any, first: bytes, more: bytes, said: str
) -> None:
    """Each byte restarted the time of waitress."""
    server = running(head_seconds=0.5, pace_seconds=0.5)
    trickling = client(server, first)
    took = drip(trickling, more)

    heard = until_closed(trickling).removeprefix("HTTP/1.1 100 Continue\r\n\r\n")
    assert heard.partition("\r\n")[0] == said
    assert took < PATIENCE
    assert server.channels == []


def test_an_answered_connection_stays_for_a_while(running: Any, client: Any) -> None:
    server = running(head_seconds=0.1, idle_seconds=1.5)
    kept = client(server)
    assert answers(kept, b"one")
    time.sleep(0.3)
    assert answers(kept, b"two")

    assert until_closed(kept) == ""


def test_a_body_that_goes_on_is_taken(running: Any, client: Any) -> None:
    server = running(pace_seconds=1.5)
    piece = int(server.limits.body_bytes)
    sending = client(server, b"POST /ok HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (5 * piece))
    for _ in range(5):
        sending.sendall(b"a" * piece)
        time.sleep(0.4)

    assert sending.recv(1000).endswith(b"\r\n\r\nok")


@pytest.mark.parametrize(
    "first",
    [
        b"POST / HTTP/1.1\r\nContent-Length: 90000\r\n\r\n",
        GET % b"20000000",
        GET % b"1000000" * 200,
        GET % b"300" * 300,
    ],
    ids=["a body", "a large answer", "answers asked ahead", "small answers asked ahead"],
)
def test_no_worker_waits_for_a_client(running: Any, client: Any, first: bytes) -> None:
    """There is one worker: waitress lent it to who does not read, for ever."""
    server = running()
    for _ in range(3):
        client(server, first, window=4096)

    others = client(server)
    assert [answers(others, b"others") for _ in range(40)] == [True] * 40


def test_who_does_not_read_is_ended(running: Any, client: Any) -> None:
    """Where the system takes no more of an answer waitress never came to closing."""
    server = running(pace_seconds=0.5)
    client(server, GET % b"20000000", window=4096)
    wait_for(lambda: any(channel.held()[0] for channel in server.channels))

    wait_for(lambda: server.channels == [])


def test_who_reads_slowly_gets_all(running: Any, client: Any) -> None:
    server = running(pace_seconds=1.5)
    slow = client(server, GET % b"20000000")
    for _ in range(5):
        time.sleep(0.4)
        read(slow, 4_000_000)

    assert answers(slow, b"next")


def test_an_answer_without_a_body_leaves_the_connection_open(running: Any, client: Any) -> None:
    def nothing_new(environ: Any, start_response: Any) -> list[bytes]:
        start_response("304 Not Modified", [("ETag", 'W/"x"')])
        return [b""]

    asking = client(running(nothing_new))
    for _ in range(2):
        asking.sendall(GET % b"0")
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += asking.recv(1)
        assert head.startswith(b"HTTP/1.1 304")
        assert b"Connection" not in head
    asking.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") % b"0")
    assert "Connection: close" in until_closed(asking)


def test_requests_sent_ahead_are_answered_in_turn(running: Any, client: Any) -> None:
    server = running()
    words = [b"one", b"two", b"\r\n", b"three"]
    asking = client(server, b"".join(w if w.isspace() else GET % w for w in words))
    asking.sendall(b"POST /four HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /fi")
    asking.sendall(b"ve HTTP/1.1\r\nConnection: close\r\n\r\n")

    bodies = [part.partition("\r\n\r\n")[2] for part in until_closed(asking).split("HTTP/1.1 ")]
    assert bodies == ["", "one", "two", "three", "four", "five"]


HUGE = b"GET /" + b"a" * 40_000
ENDLESS_CHUNK = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1;" + b"a" * 9000


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (HUGE, 431),
        (HUGE + b" HTTP/1.1\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 9000, 431),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (ENDLESS_CHUNK, 411),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n", 413),
        (b"GET http://[::1 HTTP/1.1\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: a\nY: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n", 200),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 3000 + b"\r\n", 200),
    ],
)
def test_a_request_that_is_none_is_told_so(
    running: Any, client: Any, sent: bytes, status: int
) -> None:
    server = running()
    asking = client(server, sent)
    asking.shutdown(socket.SHUT_WR)
    heard = until_closed(asking)

    assert heard.startswith(f"HTTP/1.1 {status} ") or heard.startswith(f"HTTP/1.0 {status} ")
    assert "100 Continue" not in heard
    assert "generated by" not in heard
    assert answers(client(server), b"others")


def test_who_is_refused_sees_it_although_he_goes_on_sending(running: Any, client: Any) -> None:
    """Closed with bytes unread, a socket takes back what it said."""
    server = running()
    sending = client(server, b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n")
    for _ in range(30):
        sending.sendall(b"a" * 100_000)
    sending.shutdown(socket.SHUT_WR)

    heard = until_closed(sending)
    assert heard.startswith("HTTP/1.1 413 ")  # Pythons name it differently.
    assert "送られた内容が大きすぎる" in heard


def test_the_oldest_idle_connections_make_room(running: Any, client: Any) -> None:
    """And never one whose request is in work, however old."""
    go_on = threading.Event()

    def application_that_waits(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/wait":
            go_on.wait(PATIENCE)
        return application(environ, start_response)

    server = running(application_that_waits, connections=40)
    idle = [client(server) for _ in range(20)]
    assert all(answers(one, b"once") for one in idle)
    working = client(server, GET % b"wait")
    newer = [client(server) for _ in range(60)]
    wait_for(lambda: until_closed(idle[0]) == "")
    go_on.set()

    assert answers(newer[-1], b"come-in")
    assert working.recv(1000).endswith(b"wait")
    assert len(server.channels) <= 40


def test_when_too_much_lies_here_the_slowest_end(running: Any, client: Any) -> None:
    server = running(held_bytes=20 * MEGABYTE)
    for _ in range(3):
        client(server, GET % b"9000000", window=4096)
    others = client(server)
    assert answers(others, b"others")
    wait_for(lambda: sum(channel.held()[0] for channel in server.channels) <= 20 * MEGABYTE)

    assert len(server.channels) == 3
    assert answers(others, b"again")


def test_an_idle_connection_holds_nothing_of_its_answers(running: Any, client: Any) -> None:
    """waitress keeps the file of a large answer until the next one."""
    server = running()
    before = files_without_a_name()
    idle = [client(server) for _ in range(10)]
    for one in idle:
        one.sendall(GET % b"3000000")
        read(one, 3_000_000)
    wait_for(lambda: all(channel.held() == (0, 0) for channel in server.channels))

    assert len(server.channels) == 10
    assert files_without_a_name() == before


def files_without_a_name() -> int:
    """Return how many temporary files this process has open, where the system tells."""
    folder = Path("/proc/self/fd")
    return sum("(deleted)" in os.path.realpath(one) for one in folder.glob("*"))


def test_stopping_answers_what_was_asked_and_waits_for_nobody_else(
    running: Any, client: Any
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def application_that_waits(environ: Any, start_response: Any) -> Any:
        begun.set()
        go_on.wait(PATIENCE)
        return application(environ, start_response)

    server = running(application_that_waits)
    for first in (b"", b"GET /", b"POST / HTTP/1.1\r\nContent-Length: 90000\r\n\r\n"):
        client(server, first)
    asking = client(server, GET % b"at-hand")
    assert begun.wait(PATIENCE)
    threading.Timer(0.2, go_on.set).start()

    assert server.stop() < server.limits.stop_seconds
    assert until_closed(asking).endswith("\r\n\r\nat-hand")


def test_stopping_does_not_wait_for_who_never_reads(running: Any, client: Any) -> None:
    server = running(stop_seconds=0.3)
    client(server, GET % b"20000000", window=4096)
    wait_for(lambda: any(channel.held()[0] for channel in server.channels))

    assert server.stop() < PATIENCE
