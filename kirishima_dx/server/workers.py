"""The threads that answer requests, and a few of their own for what takes long by its nature: trying a password."""

import os
from collections.abc import Callable, Collection
from threading import Thread
from time import monotonic
from typing import Any

from django.db import connections
from waitress.task import ThreadedTaskDispatcher

TRIES_PASSWORDS = ("/login/", "/password/")
"""How the addresses end to which passwords are sent: signing in, one's own one, and the one given in the admin."""


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
    """Workers of whom those who try passwords never keep the others from answering.

    A password takes a good part of a second of a processor, on purpose. Seventy of them in one moment would have all
    workers, and nobody could read meanwhile. Those that wait for their turn hold no worker.
    """

    def __init__(self, processes: int = 1) -> None:
        """Take how many processes share the processors."""
        super().__init__()
        self._slow = Threads()
        self._slow.set_thread_count(max(processors() // processes, 1))

    def add_task(self, task: Any) -> None:
        if tries_a_password(task.requests):
            self._slow.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        slow = bool(self._slow.shutdown(cancel_pending, timeout))
        return bool(super().shutdown(cancel_pending, timeout)) and slow

    @property
    def are_done(self) -> bool:
        return not self.threads and not self._slow.threads


def tries_a_password(requests: Collection[Any]) -> bool:
    first = next(iter(requests), None)
    command = getattr(first, "command", "")
    path = str(getattr(first, "path", ""))
    return command == "POST" and path.endswith(TRIES_PASSWORDS)


def processors() -> int:
    """Return how many processors this process may use: more passwords at once would not be tried sooner."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
