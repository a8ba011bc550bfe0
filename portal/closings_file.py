"""The list of what was closed (A3) beside the back-ups: whoever puts an older one back is told what to close again."""

import json
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from kirishima_dx.backups.private_database import file_of
from kirishima_dx.backups.private_files import whole_file
from people.actions.closing_again import closings_as_json

CLOSINGS = "closings.json"
Told = dict[str, Any]


def add_closings(folder: Path) -> int:
    """Add the closings of the database to the list in a folder; return how many it has. None is ever taken out.

    A database that cannot be read adds nothing. Raises OSError where the folder cannot be written to, or the list
    cannot be read: it would be lost by writing it anew.
    """
    file = folder / CLOSINGS
    known = _read(file)
    found = _of_database()
    there = {_key(one) for one in known}
    new = [one for one in found if _key(one) not in there]
    if new:
        with whole_file(file, replaces=True) as written:
            written.write(json.dumps([*known, *new], ensure_ascii=False, indent=1).encode())
    return len(known) + len(new)


def closed_since(folder: Path) -> tuple[Path, int]:
    """Return the list in a folder, and how many of its closings the database does not know."""
    file = folder / CLOSINGS
    there = {tuple(cell) for one in _of_database() for cell in one["cells"]}
    return file, sum(any(tuple(cell) not in there for cell in one["cells"]) for one in _read(file))


def _of_database() -> list[Told]:
    file = file_of(connection)
    if file is not None and not file.exists():
        return []  # To ask would make the file.
    try:
        return closings_as_json()
    except DatabaseError:
        return []


def _read(file: Path) -> list[Told]:
    try:
        found: list[Told] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as fault:
        raise OSError(f"{file} が壊れています。直すか、別の名前に変えて残してください") from fault
    return found


def _key(told: Told) -> str:
    return json.dumps(told, sort_keys=True)
