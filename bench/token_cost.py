"""Measure what the content token adds to a save: the same save in two files, of which one has no trigger for it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, connections
from django.test import Client

from bench.names import TOKEN
from bench.saving import saving
from bench.timing import Row, Skipped, in_turn, row

OF_TOKEN = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%contenttoken%'"
RUNS = 200


def measure_token(client: Client) -> list[Row | Skipped]:
    with connection.cursor() as cursor:
        cursor.execute(OF_TOKEN)
        names = [name for (name,) in cursor.fetchall()]
    if not names:
        return [Skipped(*TOKEN, "内容の印がない")]
    with TemporaryDirectory() as folder, _two_files(Path(folder), names) as (marked, plain):
        save = saving(client)
        spent = in_turn(_in(marked, save), _in(plain, save), RUNS)
    return [row(*TOKEN, 0, spent)]


@contextmanager
def _two_files(folder: Path, names: list[str]) -> Iterator[tuple[Any, Any]]:
    """Open two copies of the database; the second without the triggers of the token. Afterwards all is as before."""
    usual: Any = connections["default"]
    opened = []
    for name, dropped in (("marked", []), ("plain", names)):
        file = folder / f"{name}.sqlite3"
        with sqlite3.connect(file) as copy:
            usual.ensure_connection()
            usual.connection.backup(copy)
            for trigger in dropped:
                copy.execute(f'DROP TRIGGER "{trigger}"')
        copy.close()
        opened.append(connections.create_connection("default"))
        opened[-1].settings_dict = {**usual.settings_dict, "NAME": str(file)}
    try:
        yield opened[0], opened[1]
    finally:
        connections["default"] = usual
        for one in opened:
            one.close()


def _in(database: Any, save: Callable[[], None]) -> Callable[[], None]:
    """Return a save in one of two files; both stay open, so that handing over takes nothing to speak of."""

    def work() -> None:
        connections["default"] = database
        save()

    return work
