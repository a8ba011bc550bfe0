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


def after_connecting(connection: Any, **_: Any) -> None:
    """Look after the file of a connection that was made; one in memory has none."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        keep_private(Path(connection.settings_dict["NAME"]))
