"""One line a request, in the common log format with the seconds that it took.

    192.0.2.7 - - [15/Oct/2026:10:00:00 +0900] "GET /items/ HTTP/1.1" 200 48211 0.062

No query: people type names and words into searches. No account: who signed in when stands in the records, guarded.
"""

import logging
import os
import re
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from logging.handlers import WatchedFileHandler
from pathlib import Path

from django.utils import timezone

LONGEST_PATH = 500
UNSAFE = re.compile(r'[^\x21-\x7e]|["\\]')
SCHEME_AND_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]*")
COMPLAINS_EVERY = 60


@dataclass(frozen=True)
class Visit:
    """What is kept of one request. Without a method nothing of it could be read."""

    address: str
    method: str
    path: str
    version: str
    status: str
    sent: int
    seconds: float

    def line(self, at: datetime) -> str:
        asked = f"{shown(self.method)} {path_of(self.path)} HTTP/{shown(self.version)}"
        return (
            f"{self.address or '-'} - - [{at:%d}/{MONTHS[at.month - 1]}/{at:%Y:%H:%M:%S %z}] "
            f'"{asked if self.method else "-"}" '
            f"{self.status} {self.sent} {self.seconds:.3f}"
        )


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Whatever language the machine speaks."""


def path_of(address: str) -> str:
    """Return the path of an address that was asked for, as it came, so that it can do no harm in a line."""
    path = re.split(r"[?#]", SCHEME_AND_HOST.sub("", address, count=1), maxsplit=1)[0]
    return shown(path[:LONGEST_PATH]) + ("..." if len(path) > LONGEST_PATH else "")


def shown(text: str) -> str:
    """Return text in which nothing ends a line, a quotation, or steers a terminal."""
    return UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class AccessLog:
    """A file to which visits are added. It is opened anew when it was moved away."""

    def __init__(self, path: Path) -> None:
        self._handler = _File(path)

    def add(self, visit: Visit) -> None:
        line = visit.line(timezone.localtime())
        record = logging.LogRecord("access", logging.INFO, "", 0, line, (), None)
        self._handler.handle(record)

    def close(self) -> None:
        self._handler.close()


class _File(WatchedFileHandler):
    def __init__(self, path: Path) -> None:
        self._complained_at = -float("inf")
        super().__init__(path, encoding="ascii")

    def _open(self) -> TextIOWrapper:
        """Open it for its owner alone, as addresses of people stand in it; whoever made it before decides himself."""
        return open(self.baseFilename, "a", encoding="ascii", opener=_for_its_owner)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:  # It is gone, and its folder too.
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 — logging calls it so.
        """Say that a line is lost, not at each line: the requests themselves are answered."""
        now = time.monotonic()
        if now >= self._complained_at + COMPLAINS_EVERY:
            self._complained_at = now
            reason = sys.exc_info()[1]
            logging.getLogger(__name__).error("アクセスログに書けません: %s", reason)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
