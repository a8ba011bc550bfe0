"""What the operator may know of the installation, as plain values with stable keys (docs/operations.md)."""

import os
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.timezone import localtime

from kirishima_dx import clock
from kirishima_dx.backups.notes import last_backup
from kirishima_dx.readiness.parts import PARTS, Missing
from kirishima_dx.readiness.static_files import static_files_are_asked
from kirishima_dx.version import VERSION

MEGABYTE = 1024 * 1024


def full_report(missing: Sequence[Missing], *, answers: bool) -> dict[str, Any]:
    """Return all that is told: `missing` as looked up lately, the rest as it stands.

    `status` is ok, warning (served, and something wants to be seen to) or not ready (503). `answers` says whether the
    database does; where it does not, nothing is known of what is in it.
    """
    by_key = {one.part.key: one for one in missing}
    parts = {part.key: _part(by_key.get(part.key)) for part in PARTS} if answers else {}
    if answers and not static_files_are_asked():
        parts["static_files"]["asked"] = False
    warnings = warnings_now()
    status = "ok" if not warnings else "warning"
    return {
        "status": status if answers and not missing else "not ready",
        "version": VERSION,
        "now": _local(clock.now()),
        "database": {"vendor": connection.vendor, "answers": answers},
        **parts,
        "disk": [disk(*one) for one in folders()],
        "backup": backup(),
        "network": network(),
        "warnings": warnings,
    }


def _part(missing: Missing | None) -> dict[str, Any]:
    if missing is None:
        return {"ok": True, "missing": [], "mend": ""}
    return {"ok": False, "missing": list(missing.names), "mend": missing.part.mend}


def folders() -> list[tuple[str, Path]]:
    """Return the folders whose disk may fill up: that of an embedded database, that of the back-ups."""
    found = [("backup", Path(settings.BACKUP_DIR))]
    if connection.vendor == "sqlite":
        found.insert(0, ("database", Path(connection.settings_dict["NAME"]).parent))
    return found


def disk(of: str, folder: Path) -> dict[str, Any]:
    """Return what is free on the disk of a folder, which may not have been made yet, or may not be entered."""
    there = next(one for one in (folder, *folder.absolute().parents) if os.path.exists(one))
    free = shutil.disk_usage(there).free
    limit = settings.DISK_FREE_MB * MEGABYTE
    return {
        "of": of,
        "folder": str(folder),
        "free_bytes": free,
        "limit_bytes": limit,
        "ok": free >= limit,
    }


def backup() -> dict[str, Any]:
    """Return when the last back-up was made and whether it is young enough."""
    limit = timedelta(hours=settings.BACKUP_MAX_HOURS)
    last = last_backup()
    told: dict[str, Any] = {
        "made_at": None,
        "age_seconds": None,
        "limit_seconds": int(limit.total_seconds()),
        "size_bytes": None,
        "file": None,
        "ok": False,
    }
    if last is None:
        return told
    age = clock.now() - last.made_at
    return told | {
        "made_at": _local(last.made_at),
        "age_seconds": int(age.total_seconds()),
        "size_bytes": last.size,
        "file": last.file,
        "ok": age <= limit,
    }


def _local(moment: datetime) -> str:
    return localtime(moment).isoformat(timespec="seconds")


def network() -> dict[str, Any]:
    """Return the settings that decide about https and whose word of it counts."""
    return {
        "https": settings.HTTPS,
        "hsts_seconds": settings.HSTS_SECONDS if settings.HTTPS else 0,
        "trusted_proxy": list(settings.TRUSTED_PROXY),
        "allowed_hosts": list(settings.ALLOWED_HOSTS),
    }


def warnings_now() -> list[str]:
    """Return in words what stops nothing and wants to be seen to, without asking what may be missing."""
    told = [
        f"ディスクの空きが {one['free_bytes'] // MEGABYTE} MB で、{settings.DISK_FREE_MB} MB を下回っています"
        f"（{one['folder']}）。"
        for one in (disk(*each) for each in folders())
        if not one["ok"]
    ]
    kept = backup()
    if kept["made_at"] is None:
        told.append("このデータベースの控えが、まだ一つもありません。")
    elif not kept["ok"]:
        told.append(
            f"最後の控え（{kept['made_at']}）が {settings.BACKUP_MAX_HOURS} 時間より古くなっています。"
        )
    said = network()
    if said["https"] and not said["trusted_proxy"]:
        told.append(
            "HTTPS=on ですが、TRUSTED_PROXY がありません。前のプロキシが https を終えるときは、"
            "そのアドレスを書いてください。書かないと、どのページも https へ転送し続けます。"
        )
    return told
