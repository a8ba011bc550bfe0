"""Several processes at one address: the parent opens it, starts the others and looks after them; they answer.

Nothing crosses the fork that cannot be shared: threads and connections to the database begin after it, in each process.
"""

import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from kirishima_dx.server.serving import Server
from kirishima_dx.server.turns import Turn, turns

logger = logging.getLogger(__name__)
MOST_PROCESSES = 16
"""More would count against people who sign in from one address at once (people/lock_out.py): each tries passwords."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)
LOOKS_EVERY = 0.1
PAUSE = 1.0
"""Seconds until a process that ended is started again, so that one that cannot live does not take the machine."""
SETTLED = 3.0
"""Who lived for so many seconds has begun well."""
TRIES = 3
"""Beyond one for each process: so many may end before they have settled, one after the other, while none settles."""
STOP_SECONDS = 30.0
"""Each takes leave within less, by its own limits; who does not is ended."""


class NoneSettles(Exception):
    """Every process ended as soon as it had begun."""


@dataclass(frozen=True)
class _One:
    """A process that is there."""

    turn: Turn
    born: float


class Processes:
    """Keeps so many processes at work on the same sockets until it is told to stop."""

    def __init__(
        self,
        number: int,
        sockets: Sequence[socket.socket],
        make: Callable[[Turn], Server],
        work: Callable[[Server], None],
        *,
        pause: float = PAUSE,
    ) -> None:
        """Take what each process does once it stands by itself: make its server, and let it run to its end."""
        self._number = number
        self._free = turns(number)
        self._sockets = sockets
        self._make = make
        self._work = work
        self._pause = pause
        self._there: dict[int, _One] = {}
        self._ended_early = 0
        self._next_start = 0.0
        self._kill_at: float | None = None
        self._parent, self._held = os.pipe()
        """Nothing is ever written: it ends when the parent does, however that happens."""

    def run(self) -> None:
        """Return when all have ended as asked. Raise NoneSettles where they end as soon as they begin."""
        for number in SIGNALS:
            signal.signal(number, self._asked_to_stop)
        gc.freeze()  # What all share stays shared: each process takes 20 MB less.
        gave_up = False
        while self._there or self._kill_at is None:
            self._start_missing()
            time.sleep(LOOKS_EVERY)
            self._take_note_of_ended()
            if self._kill_at is None and self._none_settles():
                gave_up = True
                self._stop()
            if self._kill_at is not None and time.monotonic() >= self._kill_at:
                self._tell_all(signal.SIGKILL)
        if gave_up:
            raise NoneSettles

    def _asked_to_stop(self, *_: Any) -> None:
        """Let all end; asked again, at once."""
        if self._kill_at is None:
            self._stop()
            return
        self._tell_all(signal.SIGKILL)
        raise SystemExit(1)

    def _stop(self) -> None:
        self._kill_at = time.monotonic() + STOP_SECONDS
        self._tell_all(signal.SIGTERM)
        for one in self._sockets:  # Else who comes now would wait for nobody.
            one.close()

    def _tell_all(self, number: signal.Signals) -> None:
        for pid in self._there:
            os.kill(pid, number)

    def _start_missing(self) -> None:
        while self._kill_at is None and self._free and time.monotonic() >= self._next_start:
            try:
                self._start()
            except OSError as error:
                logger.error("プロセスを起動できません: %s", error.strerror)
                self._wait_a_little(lived=0)

    def _start(self) -> None:
        """Start a process. A signal that comes meanwhile reaches both sides when they know what to do with it."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            turn = self._free[-1]
            pid = os.fork()
            if not pid:
                self._be_one(turn)
            self._there[pid] = _One(self._free.pop(), time.monotonic())
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def _take_note_of_ended(self) -> None:
        for pid, one in list(self._there.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            one.turn.end()
            self._free.append(self._there.pop(pid).turn)
            if self._kill_at is None:
                _tell_of_end(pid, os.waitstatus_to_exitcode(status))
                self._wait_a_little(lived=time.monotonic() - one.born)

    def _wait_a_little(self, *, lived: float) -> None:
        self._next_start = time.monotonic() + self._pause
        self._ended_early = 0 if lived >= SETTLED else self._ended_early + 1

    def _none_settles(self) -> bool:
        now = time.monotonic()
        return self._ended_early >= self._number + TRIES and not any(
            now - one.born >= SETTLED for one in self._there.values()
        )

    def _be_one(self, turn: Turn) -> NoReturn:
        """Do the work of one process and end, without going back into what the parent is about."""
        code = 1
        try:
            os.close(self._held)
            server = self._make(turn)
            self._listen_to_ends(server)
            self._work(server)
            code = 0
        except BaseException:
            logger.exception("プロセス %s は続けられません。", os.getpid())
        finally:
            with suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def _listen_to_ends(self, server: Server) -> None:
        """Take leave when the parent says so, or is gone. Ctrl-C reaches all of a terminal; the parent passes it on."""

        def stop(*_: Any) -> None:
            if not server.is_stopping:
                server.stop()

        def stop_with_parent() -> None:
            os.read(self._parent, 1)
            stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=stop_with_parent, daemon=True).start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def can_be_several() -> bool:
    """Whether processes can share a socket here: Windows has no fork."""
    return hasattr(os, "fork")


def _tell_of_end(pid: int, code: int) -> None:
    how = f"シグナル {-code}" if code < 0 else f"終了コード {code}"
    logger.error("プロセス %s が終わったので（%s）、起動し直します。", pid, how)
