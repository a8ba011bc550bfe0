"""One connection of a client: what it is about, since when, and how it ends.

waitress takes bytes in the loop's thread, does one request in a worker's, and sends from both. Everything here runs in
the loop's thread, but for `service`, `done`, `send` and what they call.
"""

import socket
import struct
import sys
from contextlib import suppress
from enum import Enum
from time import monotonic
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel

from kirishima_dx.client_address import read_address
from kirishima_dx.server.access_log import Visit
from kirishima_dx.server.limits import Limits
from kirishima_dx.server.pace import Pace
from kirishima_dx.server.request import Refusal, RequestParser
from kirishima_dx.server.task import AnswerTask, NoteOfAnswer, RefusalTask

AT_ONCE = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)
"""The linger of a socket that is closed without waiting for what it holds."""
LATE = 408


class Stage(Enum):
    """What a connection is about, in the order in which it is given up when connections are needed."""

    LINGERING = 0  # refused; what still comes is thrown away
    IDLE = 1  # answered, nothing since
    FRESH = 2  # connected, nothing yet
    HEAD = 3
    BODY = 4
    ANSWER = 5  # the client has to take what lies here
    WORK = 6  # a worker has it, or will


PACED = (Stage.BODY, Stage.ANSWER)


class Channel(HTTPChannel):
    """A connection that waits for one request at a time and knows since when it waits for what."""

    task_class = AnswerTask
    error_task_class = RefusalTask
    outbufs: list[Any]

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, map: Any) -> None:
        self.parser_class = lambda adj: RequestParser(adj, self._take_whole)
        self.since = monotonic()  # connected, or done with the last answer
        self.served = 0
        self.sent = 0
        self._note: NoteOfAnswer | None = None
        self._rest = b""
        self._head_since: float | None = None
        self._pace: tuple[tuple[Stage, int], Pace] | None = None
        self._refused = False
        self._lingering_since: float | None = None
        super().__init__(server, sock, addr, adj, map=map)

    @property
    def stage(self) -> Stage:
        if self._lingering_since is not None:
            return Stage.LINGERING
        if self.total_outbufs_len:
            return Stage.ANSWER
        if self.requests or self._rest:
            return Stage.WORK
        if self.request is not None and self.request.headers_finished:
            return Stage.BODY
        if self._head_since is not None:
            return Stage.HEAD
        return Stage.IDLE if self.served else Stage.FRESH

    # What comes in

    def readable(self) -> bool:
        """Whether to wait for bytes. What was sent ahead of its turn is taken first, when its turn has come.

        Each pass of the loop asks every connection this and `writable`.
        """
        if self._lingering_since is not None:
            return True
        if self._rest and HTTPChannel.readable(self):
            rest, self._rest = self._rest, b""
            self.received(rest)
        return HTTPChannel.readable(self)  # type: ignore[no-any-return]  # waitress has no types.

    def handle_read(self) -> None:
        if self._lingering_since is None:
            super().handle_read()
        else:
            with suppress(OSError):
                self.recv(self.adj.recv_bytes)

    def received(self, data: bytes) -> bool:
        if self._head_since is None:
            self._head_since = monotonic()
        taken = super().received(data)
        if self.request is not None and self.request.headers_finished:
            self._head_since = None
        return bool(taken)

    def _take_whole(self, rest: bytes) -> None:
        """Note that a request is whole, before a worker may have it, and keep what came after it."""
        self._head_since = None
        self._rest = rest

    # What goes out

    def service(self) -> None:
        super().service()
        self._let_go_of_sent()

    def done(self, note: NoteOfAnswer | None) -> None:
        """Take it from a task that it has answered, while its request is still the one at hand."""
        self.served += 1
        self.since = monotonic()
        if note is not None:
            self._note = note
            self._tell_of_answer()

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent = int(super().send(data, do_close=do_close))
        self.sent += sent
        return sent

    def handle_write(self) -> None:
        super().handle_write()
        if self.connected and not self.total_outbufs_len:
            self.since = monotonic()
            self._tell_of_answer()
            self._let_go_of_sent()

    def writable(self) -> bool:
        return self._lingering_since is None and HTTPChannel.writable(self)

    def _let_go_of_sent(self) -> None:
        """Free what waitress keeps of an answer until the next one: up to all of it, in memory or in a file."""
        with self.outbuf_lock:
            if self.connected and not self.requests and not self.total_outbufs_len:
                for buffer in self.outbufs:
                    buffer.close()
                self.outbufs = [OverflowableBuffer(self.adj.outbuf_overflow)]
                self.current_outbuf_count = 0

    def _tell_of_answer(self) -> None:
        """Write the line of an answer into the access log, once it is taken whole or never will be."""
        with self.outbuf_lock:
            if self._note is None or (self.connected and self.total_outbufs_len):
                return
            note, self._note = self._note, None
            sent = self.sent
        self.server.note(note.visit(sent, monotonic()))

    # What it may take

    def is_late(self, now: float, limits: Limits) -> bool:
        """Whether the client oversteps a limit of time; a request that is in work never does."""
        stage = self.stage
        if stage in PACED:
            least = limits.body_bytes if stage is Stage.BODY else limits.answer_bytes
            return not self._pace_of(stage, now).is_kept(
                self._moved(stage), now, seconds=limits.pace_seconds, least=least
            )
        if stage is Stage.WORK:
            return False
        allowed = {Stage.LINGERING: limits.linger_seconds, Stage.IDLE: limits.idle_seconds}
        return now - self._waits_since() >= allowed.get(stage, limits.head_seconds)

    def rate(self, now: float) -> float:
        """Return at how many bytes a second a body comes in or an answer goes out."""
        stage = self.stage
        return self._pace_of(stage, now).rate(self._moved(stage), now)

    def claim(self, now: float) -> tuple[int, float]:
        """Return how much this connection is worth keeping: stage first, then by age or by speed."""
        stage = self.stage
        return stage.value, self.rate(now) if stage in PACED else self._waits_since()

    def held(self) -> tuple[int, int]:
        """Return how many bytes of this connection lie here, and in how many files."""
        bodies = [request for request in (self.request, *self.requests) if request is not None]
        buffers = [*self.outbufs, *(one.body_rcv.getbuf() for one in bodies if one.body_rcv)]
        files = sum(bool(getattr(buffer, "overflowed", True)) for buffer in buffers)
        return self.total_outbufs_len + sum(one.body_bytes_received for one in bodies), files

    def _waits_since(self) -> float:
        if self._lingering_since is not None:
            return self._lingering_since
        return self.since if self._head_since is None else self._head_since

    def _pace_of(self, stage: Stage, now: float) -> Pace:
        what = (stage, self.served)
        if self._pace is None or self._pace[0] != what:
            self._pace = what, Pace(self._moved(stage), now)
        return self._pace[1]

    def _moved(self, stage: Stage) -> int:
        request = self.request
        return request.body_bytes_received if stage is Stage.BODY and request else self.sent

    # How it ends

    def give_up(self) -> None:
        """End the connection now: with a word to who is sending a request, without one to who does not read."""
        stage = self.stage
        if stage is Stage.BODY or (stage is Stage.HEAD and self._has_begun_to_ask()):
            with suppress(OSError):
                self.send(Refusal(LATE).as_bytes(), do_close=False)
            address = read_address(str(self.addr[0]))
            taken = monotonic() - (self._head_since or self.since)
            self.server.note(Visit(address, "", "", "", str(LATE), 0, taken))
        elif stage is Stage.ANSWER:
            with suppress(OSError):
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self._refused = False
        self.handle_close()

    def refuse_after_this(self) -> None:
        """Let the client see the answer that is being written, although more of its request may be on the way."""
        self._refused = True

    def handle_close(self) -> None:
        if self._refused and self.connected and self._linger():
            return
        if self.request is not None:
            self.request.close()
        self._rest = b""
        super().handle_close()
        self._tell_of_answer()

    def _linger(self) -> bool:
        self._refused = self.will_close = False
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        self._lingering_since = monotonic()
        self._tell_of_answer()
        return True

    def _has_begun_to_ask(self) -> bool:
        """Whether there is a part of a head, and not only empty lines."""
        return self.request is not None and bool(self.request.header_plus.strip())
