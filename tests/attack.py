"""Hold many connections of a server without need, as somebody who means harm would, and see whether others come in.

    python tests/attack.py HOST PORT [--idle 900] [--trickle 200] [--readers 50] [--path /] [--seconds 60]

Use it against your own server only. It needs nothing but Python, and as many open files as connections.
"""

import argparse
import selectors
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection

HEAD = "GET {path} HTTP/1.1\r\nHost: {host}\r\n"
CHUNK = 64 * 1024


@dataclass(eq=False)
class Held:
    """A connection that is kept open: what kind, what is still to be sent byte by byte, when and how it was ended."""

    kind: str
    socket: socket.socket
    left: bytes = b""
    heard: bytes = b""
    opened: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def lasted(self) -> float:
        return (self.ended or time.monotonic()) - self.opened


def allow_files(number: int) -> None:
    """Raise the limit of open files of this process, or say that it cannot."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < number:
        if hard != resource.RLIM_INFINITY and hard < number:
            raise OSError(
                f"This machine allows {hard} open files, too few to try it: {number} are needed (ulimit -Hn)."
            )
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))


class Attack:
    """Connections to one server. `go_on` sends the next byte where one is due and hears what the server says."""

    def __init__(self, host: str, port: int, path: str = "/") -> None:
        self.address, self.path, self.name = (host, port), path, f"{host}:{port}"
        self.held: list[Held] = []
        self._selector = selectors.DefaultSelector()

    def silent(self, number: int) -> None:
        """Connections that say nothing."""
        for _ in range(number):
            self._open("silent")

    def kept(self, number: int) -> None:
        """Connections that were answered once, and stay."""
        for _ in range(number):
            one = self._open("kept", f"{self._head()}\r\n".encode())
            one.socket.settimeout(30)
            one.heard = one.socket.recv(CHUNK)
            one.socket.setblocking(False)

    def trickling_heads(self, number: int) -> None:
        """Heads that never end, a byte at a time."""
        for _ in range(number):
            self._open("head", self._head().encode(), b"X-Slow: " + b"a" * 20_000)

    def trickling_bodies(self, number: int) -> None:
        """Bodies that are promised and come a byte at a time."""
        head = f"POST {self.path} HTTP/1.1\r\nHost: {self.name}\r\nContent-Length: 1000000\r\n\r\n"
        for _ in range(number):
            self._open("body", head.encode(), b"a" * 1_000_000)

    def slow_readers(self, number: int) -> None:
        """Clients that ask a hundred times ahead and never read."""
        for _ in range(number):
            self._open("reader", f"{self._head()}\r\n".encode() * 100, window=4096)

    def go_on(self) -> None:
        """Let a byte trickle where one is left, and see which connections the server ended."""
        for one in self.still("head", "body"):
            with suppress(BlockingIOError):
                try:
                    one.left = one.left[one.socket.send(one.left[:1]) :]
                except OSError:
                    self._end(one)
        for key, _ in self._selector.select(timeout=0):
            self._hear(key.data)

    def still(self, *kinds: str) -> list[Held]:
        """Return the connections of these kinds that are open."""
        return [one for one in self.held if one.ended is None and one.kind in kinds]

    def close(self) -> None:
        for one in self.held:
            one.socket.close()
        self._selector.close()

    def _head(self) -> str:
        return HEAD.format(path=self.path, host=self.name)

    def _open(self, kind: str, first: bytes = b"", left: bytes = b"", window: int = 0) -> Held:
        family = socket.AF_INET6 if ":" in self.address[0] else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        if window:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        made.settimeout(30)
        made.connect(self.address)
        made.sendall(first)
        made.setblocking(False)
        one = Held(kind, made, left)
        self.held.append(one)
        if kind != "reader":
            self._selector.register(made, selectors.EVENT_READ, one)
        return one

    def _hear(self, one: Held) -> None:
        try:
            heard = one.socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            heard = b""
        one.heard = (one.heard + heard)[-CHUNK:]
        if not heard:
            self._end(one)

    def _end(self, one: Held) -> None:
        if one.ended is None:
            one.ended = time.monotonic()
            if one.kind != "reader":
                self._selector.unregister(one.socket)
            one.socket.close()


def ordinary_requests(host: str, port: int, path: str, number: int = 20) -> list[float]:
    """Ask as one person does, again and again, and return how long each answer took."""
    took = []
    for _ in range(number):
        began = time.monotonic()
        connection = HTTPConnection(host, port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status >= 500:
            raise AssertionError(f"{path}: {answer.status}")
        took.append(time.monotonic() - began)
    return took


def browsers(host: str, port: int, path: str, number: int = 17) -> int:
    """Ask twice on each of the six connections that each browser keeps, and return how many answers came."""
    connections = [HTTPConnection(host, port, timeout=30) for _ in range(6 * number)]
    answers = 0
    for _ in range(2):
        for connection in connections:
            connection.request("GET", path)
        for connection in connections:
            answer = connection.getresponse()
            answer.read()
            answers += answer.status < 500
    for connection in connections:
        connection.close()
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--path", default="/healthz", help="what is asked for")
    parser.add_argument("--idle", type=int, default=900)
    parser.add_argument("--trickle", type=int, default=200, help="half of them heads, half bodies")
    parser.add_argument("--readers", type=int, default=0, help="who never read what they ask for")
    parser.add_argument("--seconds", type=int, default=60)
    chosen = parser.parse_args()
    allow_files(chosen.idle + chosen.trickle + chosen.readers + 300)
    place = (chosen.host, chosen.port, chosen.path)
    tell("before", ordinary_requests(*place))
    attack = Attack(*place)
    attack.kept(chosen.idle // 2)
    attack.silent(chosen.idle - chosen.idle // 2)
    attack.trickling_heads(chosen.trickle // 2)
    attack.trickling_bodies(chosen.trickle - chosen.trickle // 2)
    attack.slow_readers(chosen.readers)
    began = time.monotonic()
    while time.monotonic() - began < chosen.seconds:
        attack.go_on()
        kinds = ("kept", "silent", "head", "body", "reader")
        open_now = ", ".join(f"{kind} {len(attack.still(kind))}" for kind in kinds)
        tell(f"{time.monotonic() - began:5.1f} s, open: {open_now}", ordinary_requests(*place, 3))
        time.sleep(1)
    print(f"17 browsers: {browsers(*place)} of 204 answers")
    attack.close()


def tell(what: str, took: list[float]) -> None:
    took = sorted(took)
    print(f"{what}; a request {took[len(took) // 2] * 1000:.1f} ms, worst {took[-1] * 1000:.1f} ms")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
