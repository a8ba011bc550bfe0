"""The threads that answer requests, and some apart for what takes long by its nature: a password, a workbook."""

import os
from collections.abc import Callable, Collection
from threading import Thread
from time import monotonic
from typing import Any

from django.db import connections
from waitress.task import ThreadedTaskDispatcher

TRIES_PASSWORDS = ("/login/", "/password/")
"""How the addresses end to which passwords are sent: signing in, one's own one, and the one given in the admin."""
WORKBOOKS = (".xlsx", ".zip")
"""How the addresses of workbooks end, and of what holds many of them."""
WORKBOOKS_AT_ONCE = 1
"""In a process. Two would both take twice as long, and readers would wait for two."""


class Threads(ThreadedTaskDispatcher):
    """Threads that each keep their connection to the database from request to request, and close it when they end:
    the last one to leave a file of SQLite puts its journal away."""

    def __init__(self) -> None:
        super().__init__()
        self._begun: list[Thread] = []

    def start_new_thread(self, target: Callable[[int], None], thread_no: int) -> None:
        def work() -> None:
            try:
                target(thread_no)
            finally:
                connections.close_all()

        thread = Thread(target=work, name=f"waitress-{thread_no}", daemon=True)
        self._begun.append(thread)
        thread.start()

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        until = monotonic() + timeout
        ended = bool(super().shutdown(cancel_pending, timeout))
        for thread in self._begun:
            thread.join(max(until - monotonic(), 0))
        return ended


class Workers(Threads):
    """Workers of whom those who try passwords or write workbooks never keep the others from answering.

    A password takes a good part of a second of a processor, on purpose, and a workbook of 520 items some seconds.
    Seventy of them in one moment would have all workers, and nobody could read meanwhile. Those that wait for their
    turn hold no worker.
    """

    def __init__(self, processes: int = 1) -> None:
        """Take how many processes share the processors."""
        super().__init__()
        self._passwords, self._workbooks = Threads(), Threads()
        self._passwords.set_thread_count(max(processors() // processes, 1))
        self._workbooks.set_thread_count(WORKBOOKS_AT_ONCE)

    def add_task(self, task: Any) -> None:
        if tries_a_password(task.requests):
            self._passwords.add_task(task)
        elif asks_for_a_workbook(task.requests):
            self._workbooks.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """Let all end at once; together they have so many seconds."""
        until = monotonic() + timeout
        apart = (self._passwords, self._workbooks)
        for one in (*apart, self):
            one.set_thread_count(0)
        ended = [one.shutdown(cancel_pending, max(until - monotonic(), 0)) for one in apart]
        ended.append(super().shutdown(cancel_pending, max(until - monotonic(), 0)))
        return all(ended)

    @property
    def are_done(self) -> bool:
        return not (self.threads or self._passwords.threads or self._workbooks.threads)


def tries_a_password(requests: Collection[Any]) -> bool:
    command, path = _asked(requests)
    return command == "POST" and path.endswith(TRIES_PASSWORDS)


def asks_for_a_workbook(requests: Collection[Any]) -> bool:
    return _asked(requests)[1].endswith(WORKBOOKS)


def _asked(requests: Collection[Any]) -> tuple[str, str]:
    """Return the method and the path of what is answered next."""
    first = next(iter(requests), None)
    return str(getattr(first, "command", "")), str(getattr(first, "path", ""))


def processors() -> int:
    """Return how many processors this process may use: more passwords at once would not be tried sooner."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
