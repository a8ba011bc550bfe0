"""What the log says of requests that are refused as suspicious: anybody can send them, as many as he likes.

Django notes each with a traceback: a foreign Host header, a form without its token, a cookie that was tampered with.
One line a minute of each kind tells the operator as much, such as a host that ALLOWED_HOSTS lacks.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock

SUSPICIOUS = "django.security."
EVERY = 60
"""Seconds."""
LONGEST = 300
"""Letters of what such a line says; a Host header may be of 30,000."""


class OneLineAMinute(logging.Filter):
    """Let of each kind of suspicious request one line a minute pass, short, on one line, without a traceback."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._lock = Lock()
        self._told_at: dict[str, float] = {}
        self._untold: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith(SUSPICIOUS):
            return True
        untold = self._take_turn(record.name)
        if untold is None:
            return False
        said = " ".join(record.getMessage()[:LONGEST].split())
        more = f"（前の行の後に、ほか{untold}件）" if untold else ""
        record.msg, record.args = f"{said}{more}", ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True

    def _take_turn(self, kind: str) -> int | None:
        """Return how many of a kind were left out since the last line; None where it is not time for one."""
        with self._lock:
            now = self._now()
            if now < self._told_at.get(kind, -float("inf")) + EVERY:
                self._untold[kind] = self._untold.get(kind, 0) + 1
                return None
            self._told_at[kind] = now
            return self._untold.pop(kind, 0)
