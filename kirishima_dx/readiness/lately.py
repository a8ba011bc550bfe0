"""What takes a moment to look up is looked up at most once in a while, however many ask."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Lately(Generic[Found]):
    """Keep what a look found for some seconds. Of threads that ask at once one looks.

    The others take what was found before, and wait only where there is nothing yet. A look that fails is not kept.
    """

    def __init__(
        self,
        look: Callable[[], Found],
        *,
        seconds: float,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._seconds = seconds
        self._now = now
        self._lock = Lock()
        self._kept: tuple[float, Found] | None = None

    def ask(self) -> Found:
        """Return what was found within the last seconds, or look."""
        kept = self._kept
        if kept is not None and self._is_fresh(kept):
            return kept[1]
        if not self._lock.acquire(blocking=kept is None):
            assert kept is not None  # noqa: S101 — else it waits
            return kept[1]
        try:
            if self._kept is None or not self._is_fresh(self._kept):
                self._kept = (self._now(), self._look())
            return self._kept[1]
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Let the next one look."""
        self._kept = None

    def _is_fresh(self, kept: tuple[float, Found]) -> bool:
        return self._now() - kept[0] < self._seconds
