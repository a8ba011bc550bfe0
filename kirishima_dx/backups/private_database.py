"""The files of SQLite belong to their owner alone: who can read them reads drafts, notes and withheld reports too."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from kirishima_dx.backups.private_files import OWNER_ONLY
from kirishima_dx.backups.sqlite_files import BESIDE


def keep_private(path: Path) -> bool:
    """Take from others what they may do with a database and what lies beside it; return whether they may do nothing.

    SQLite makes what lies beside it after the database itself. Windows has other means (docs/operations.md).
    """
    if os.name != "posix":
        return True
    for one in (path, *(path.with_name(path.name + ending) for ending in BESIDE)):
        with suppress(OSError):
            if stat.S_IMODE(one.stat().st_mode) & ~OWNER_ONLY:
                one.chmod(OWNER_ONLY)
    return not path.exists() or not stat.S_IMODE(path.stat().st_mode) & ~OWNER_ONLY


def file_of(connection: Any) -> Path | None:
    """Return the file of a database; PostgreSQL and a database in memory have none."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return None
    return Path(connection.settings_dict["NAME"])


def after_connecting(connection: Any, **_: Any) -> None:
    """Look after the file of a connection that was made."""
    if (file := file_of(connection)) is not None:
        keep_private(file)
