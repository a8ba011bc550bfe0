"""The loop that serves: takes connections, ends those that overstep a limit, and those that are needed for others."""

import errno
import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from heapq import nsmallest
from time import monotonic
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from kirishima_dx.server.access_log import AccessLog, Visit
from kirishima_dx.server.channel import PACED, Channel, Stage
from kirishima_dx.server.limits import Limits
from kirishima_dx.server.request import LONGEST_HEAD
from kirishima_dx.server.turns import Turn
from kirishima_dx.server.workers import Workers

logger = logging.getLogger(__name__)
KEPT_FREE = 16
"""Places for new connections that are made when the last one is taken."""
ACCEPTED_AT_ONCE = 64
BACKLOG = 1024
"""Connections that may wait until they are taken."""
SEND_BUFFER = 128 * 1024
"""Bytes of an answer that the system holds. Left to itself it takes megabytes, and nobody sees who does not read."""
IN_MEMORY = 256 * 1024
"""Bytes of an answer or a body beyond which it lies in a file."""
NEVER = 1 << 40


class Listener(TcpWSGIServer):
    """One address at which connections are taken, while there is room for them."""

    channel_class = Channel
    access_log: AccessLog | None = None
    turn: Turn | None = None
    is_starved = False
    """The system gave no descriptor for a connection that waits."""

    def readable(self) -> bool:
        """Whether to take connections. What waitress does here besides, `Server` does between two passes."""
        return bool(self.accepting and not self.is_starved and not self.is_full)

    @property
    def is_full(self) -> bool:
        return bool(len(self._map) >= self.adj.connection_limit)

    def handle_accept(self) -> None:
        """Take all connections that wait, not one a pass: a pass looks at every connection there is.

        Where processes share the address each takes one when it is its turn.
        """
        for _ in range(ACCEPTED_AT_ONCE):
            if self.turn is not None and self.turn.is_anothers():
                return
            before = len(self._map)
            # A connection may be gone before it is taken: the listener would be closed for it.
            with suppress(OSError):
                super().handle_accept()
            if len(self._map) == before or self.is_full:
                return
            if self.turn is not None:
                self.turn.tell(len(self._map))

    def accept(self) -> tuple[socket.socket, Any] | None:
        try:
            taken: tuple[socket.socket, Any] | None = super().accept()
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                raise
            self.is_starved = True
            return None
        return taken

    def note(self, visit: Visit) -> None:
        if self.access_log is not None:
            self.access_log.add(visit)


class Server:
    """Serves an application at an address until it is told to stop."""

    def __init__(
        self,
        application: Any,
        *,
        limits: Limits,
        access_log: AccessLog | None = None,
        turn: Turn | None = None,
        **options: Any,
    ) -> None:
        """Open the address, or take `sockets` that are open.

        Raise OSError where the address cannot be opened, ValueError where it is none.
        """
        self._limits = limits
        self._turn = turn
        self._map: dict[int, Any] = {}
        self.is_stopping = False
        self._next_look = 0.0
        self._adj = _adjustments(limits, options)
        self._workers = Workers(limits.processes)
        self._listeners: list[Any] = []
        try:
            self._listen(application)
        except OSError:
            wasyncore.close_all(self._map)
            raise
        for listener in self._listeners:
            listener.access_log = access_log
            listener.turn = turn
        self._workers.set_thread_count(self._adj.threads)

    def _listen(self, application: Any) -> None:
        places: list[tuple[Any, Any]] = [
            (one, (one.family, one.type, one.proto, one.getsockname())) for one in self._adj.sockets
        ]
        for socket_, address in places or [(None, address) for address in self._adj.listen]:
            listener = Listener(
                application,
                self._map,
                _sock=socket_,
                dispatcher=self._workers,
                adj=self._adj,
                sockinfo=address,
                bind_socket=socket_ is None,
            )
            self._listeners.append(listener)

    def run(self) -> None:
        while not self.is_stopping:
            self._pass()
            self._look_after(monotonic())
        self._finish()

    def stop(self) -> None:
        """Let `run` end; may be called by a signal. Called again it ends at once."""
        if self.is_stopping:
            raise SystemExit(1)
        self._listeners[0].pull_trigger()  # First: once the loop knows, the trigger goes.
        self.is_stopping = True

    def _pass(self) -> None:
        if self._turn is not None:
            self._turn.tell(len(self._map))
        wasyncore.loop(
            timeout=self._limits.looks_every,
            use_poll=self._adj.asyncore_use_poll,
            map=self._map,
            count=1,
        )

    def channels(self) -> Iterator[Channel]:
        return (one for one in list(self._map.values()) if isinstance(one, Channel))

    def _look_after(self, now: float) -> None:
        """End what has to end. Between two passes, so that no descriptor changes hands while it is waited for."""
        if now >= self._next_look:
            self._next_look = now + self._limits.looks_every
            self._end_late(now)
            self._end_heaviest(now)
            self._feed_starved(now)
        if len(self._map) >= self._adj.connection_limit:
            self._make_room(now)

    def _feed_starved(self, now: float) -> None:
        starved = [listener for listener in self._listeners if listener.is_starved]
        for listener in starved:
            logger.warning(
                "開けるファイルの数が足りず、接続を受けられません。空いた接続を閉じます。"
            )
            listener.is_starved = False
        if starved:
            self._make_room(now)

    def _end_late(self, now: float) -> None:
        for channel in self.channels():
            if channel.is_late(now, self._limits):
                channel.give_up()

    def _end_heaviest(self, now: float) -> None:
        """End the slowest as long as more lies here than may, or in more files than there are descriptors for."""
        slow = {one: one.held() for one in self.channels() if one.stage in PACED}
        held, files = (sum(part) for part in zip((0, 0), *slow.values(), strict=True))
        while slow and (held > self._limits.held_bytes or files > self._limits.connections):
            slowest = min(slow, key=lambda one: one.rate(now))
            its_bytes, its_files = slow.pop(slowest)
            held, files = held - its_bytes, files - its_files
            slowest.give_up()

    def _make_room(self, now: float) -> None:
        """End a few connections that wait for nothing, the oldest first; of those that get something the slowest."""
        claims = ((channel.claim(now), channel) for channel in self.channels())
        spare = nsmallest(
            KEPT_FREE,
            (claim for claim in claims if claim[1].stage is not Stage.WORK),
            key=lambda claim: claim[0],
        )
        for number, (_, channel) in enumerate(spare):
            if channel.stage in PACED and number:
                break
            channel.give_up()

    def _finish(self) -> None:
        """Answer what was asked, as far as clients take it in time; whatever else is open ends at once."""
        for listener in self._listeners:
            wasyncore.dispatcher.close(listener)  # Its own close() would take the trigger away.
        until = monotonic() + self._limits.stop_seconds
        while self._end_all_but_answers() and monotonic() < until:
            self._pass()
        for channel in self.channels():
            channel.give_up()
        self._workers.shutdown(timeout=max(until - monotonic(), 1))
        if self._workers.are_done:  # Else a worker that still runs would wake a loop that is gone.
            wasyncore.close_all(self._map)

    def _end_all_but_answers(self) -> int:
        left = 0
        for channel in self.channels():
            if channel.stage in (Stage.WORK, Stage.ANSWER):
                left += 1
            else:
                channel.give_up()
        return left


def open_sockets(host: str, port: int) -> list[socket.socket]:
    """Open an address for processes that share it, as `Server` does for itself, with the same errors."""
    opened: list[socket.socket] = []
    try:
        for family, kind, protocol, address in Adjustments(host=host, port=port).listen:
            one = socket.socket(family, kind, protocol)
            opened.append(one)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(address)
            one.listen(BACKLOG)
    except OSError:
        for one in opened:
            one.close()
        raise
    return opened


def _adjustments(limits: Limits, options: dict[str, Any]) -> Any:
    adj = Adjustments(
        connection_limit=limits.connections,
        max_request_header_size=LONGEST_HEAD,
        inbuf_overflow=IN_MEMORY,
        outbuf_overflow=IN_MEMORY,
        # No worker waits for a client that reads slowly: answers lie in files.
        outbuf_high_watermark=NEVER,
        asyncore_use_poll=True,
        # kirishima_dx/client_address.py believes or removes them, and has to know that they were there.
        clear_untrusted_proxy_headers=False,
        **options,
    )
    adj.socket_options = [*adj.socket_options, (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)]
    return adj
