"""What is known of the last back-up of a database: a note in the folder of the back-ups, one a database."""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from kirishima_dx.backups.private_files import whole_file


@dataclass(frozen=True)
class LastBackup:
    """A back-up that was written and compared: when, how many bytes, in which file, of which database."""

    made_at: datetime
    size: int
    file: str
    database: str


def database_name(values: dict[str, Any]) -> str:
    """Return how a database is called in words, without a password: a file, or host, port and name."""
    if values["ENGINE"].endswith("sqlite3"):
        return os.path.abspath(str(values["NAME"]))
    host = f"{values.get('HOST') or 'localhost'}:{values.get('PORT') or 5432}"
    return f"postgres://{host}/{values['NAME']}"


def last_backup() -> LastBackup | None:
    """Return the last back-up of the database that is served; None where none is known, or the note cannot be read."""
    database = database_name(connection.settings_dict)
    try:
        told = json.loads(_note(database).read_text(encoding="utf-8"))
        return LastBackup(
            made_at=datetime.fromisoformat(told["made_at"]),
            size=int(told["size"]),
            file=str(told["file"]),
            database=database,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_backup(made: LastBackup) -> None:
    """Remember a back-up. Raises OSError where the folder of the back-ups cannot be written to."""
    told = {"made_at": made.made_at.isoformat(), "size": made.size, "file": made.file}
    with whole_file(_note(made.database), replaces=True) as file:
        file.write(json.dumps(told, ensure_ascii=False).encode())


def _note(database: str) -> Path:
    return settings.BACKUP_DIR / f"last-{hashlib.sha256(database.encode()).hexdigest()[:12]}.json"
