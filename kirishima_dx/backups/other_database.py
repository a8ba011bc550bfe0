"""Standing on another database than the one of the settings: everything that asks `default` asks that one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.environment import EXAMPLES, database_at, with_habits

SQLITE = "django.db.backends.sqlite3"
_LIKE_AN_ADDRESS = re.compile(r"[^/\\]{2,}:|.*@|$")
"""An address that was mistyped, `postgres:/…` or `name:password@host/…`, and no path; `C:` is a drive."""


def database_named(text: str) -> dict[str, Any]:
    """Read an address as in DATABASE_URL, or the path of a file of SQLite."""
    if "://" not in text and not _LIKE_AN_ADDRESS.match(text):
        return {"ENGINE": SQLITE, "NAME": str(Path(text).absolute())}
    found = database_at(text)
    if found is None or ("@" in found["NAME"] and not is_file(found)):
        # Without the address itself: it may hold a password.
        raise MoveRefused(f"データベースのアドレスとして読めないものがあります。例: {EXAMPLES}")
    return found


def is_file(values: dict[str, Any]) -> bool:
    return bool(values["ENGINE"] == SQLITE)


@contextmanager
def standing_on(values: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Let `default` be another database inside the block; its connection is closed at the end."""
    before = connections.settings[DEFAULT_DB_ALIAS]
    kept = connections[DEFAULT_DB_ALIAS]
    del connections[DEFAULT_DB_ALIAS]
    connections.settings[DEFAULT_DB_ALIAS] = {**before, **_emptied(before), **with_habits(values)}
    try:
        yield connections[DEFAULT_DB_ALIAS]
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS] = before
        connections[DEFAULT_DB_ALIAS] = kept


@contextmanager
def beside_default(values: dict[str, Any], alias: str = "source") -> Iterator[BaseDatabaseWrapper]:
    """Give a second database, to be read: without the lock of a writer, and without setting a journal."""
    first = connections.settings[DEFAULT_DB_ALIAS]
    found = with_habits(values)
    if is_file(values):
        found["OPTIONS"] = {"timeout": 20}
    connections.settings[alias] = {**first, **_emptied(first), **found}
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def _emptied(before: dict[str, Any]) -> dict[str, Any]:
    """Return what another database must not take over from this one."""
    words = dict.fromkeys(("NAME", "USER", "PASSWORD", "HOST", "PORT"), "")
    return {**words, "OPTIONS": {}, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
