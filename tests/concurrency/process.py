"""Real processes that do a task each on one database, and how they stand still until the test lets them go on.

They are forked from the process of the tests, which has everything loaded: two that start from nothing would spend
their time on imports.
"""

import multiprocessing
import os
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from django.db import connections

_FORK = multiprocessing.get_context("fork")
_PATIENCE = 120
"""Seconds until a process must have said something."""
_desk: list[Connection] = []
"""In a forked process: where it speaks to the test."""
_kept: list[Any] = []

Task = Callable[..., str]


def wait(word: str) -> None:
    """Say where this process stands, and go on when the test says so."""
    _desk[0].send(("stands", word))
    _desk[0].recv()


class Worker:
    """A process of its own that does a task on a database and says in a line what came of it."""

    def __init__(self, task: Task, arguments: tuple[str, ...], database: str, blocker: Any) -> None:
        self._desk, theirs = _FORK.Pipe()
        self._process = _FORK.Process(
            target=_work, args=(theirs, blocker, database, task, arguments), daemon=True
        )
        with warnings.catch_warnings():
            # What pytest-xdist listens with is a thread; the fork asks nothing of it.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        theirs.close()

    def stands(self, word: str) -> None:
        """Wait until the process stands where it says that word."""
        assert self._heard() == ("stands", word)

    def go_on(self) -> None:
        self._desk.send(None)

    def is_silent(self, seconds: float) -> bool:
        """Whether the process says nothing for so long."""
        return not self._desk.poll(seconds)

    def said(self) -> str:
        """Wait for the end of the process, which must be a good one, and return what it said."""
        how, what = self._heard()
        assert how == "said", what
        self._process.join(_PATIENCE)
        return what

    def kill(self) -> None:
        """End the process at once, wherever it is."""
        self._process.kill()
        self._process.join(_PATIENCE)

    def _heard(self) -> tuple[str, str]:
        assert self._desk.poll(_PATIENCE), "the process says nothing"
        how, what = self._desk.recv()
        return how, what


def _work(
    desk: Connection, blocker: Any, database: str, task: Task, arguments: tuple[str, ...]
) -> None:
    _desk.append(desk)
    blocker.unblock()
    _use(database)
    try:
        desk.send(("said", task(*arguments)))
    except BaseException:
        desk.send(("failed", traceback.format_exc()))
    finally:
        os._exit(0)  # Without the ends of pytest, which is its parent's to come to.


def _use(database: str) -> None:
    """Forget the connection of the parent without closing it, which would end its session on the server."""
    _kept.append(connections["default"])
    del connections["default"]
    connections.settings["default"]["NAME"] = database
