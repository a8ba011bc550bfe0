"""What of a database's files and of its past moves stands in the way, told in words (Django's system checks)."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from kirishima_dx.backups.marker import unfinished_work
from kirishima_dx.backups.private_database import keep_private


@register(Tags.database)
def left_unfinished(*, databases: Collection[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Refuse a database into which something was being moved when it stopped."""
    return [
        Error(
            f"このデータベースは、{work}の途中で止まったものです。そろっていないので使えません。",
            hint="同じ命令（copy_database または restore）をもう一度実行すると、はじめからやり直します。"
            "やめるときは、このデータベースを消してください（SQLite はファイル、PostgreSQL は DROP DATABASE）。",
            id="kirishima_dx.E020",
        )
        for alias in databases or ()
        if (work := unfinished_work(connections[alias]))
    ]


@register(Tags.database)
def read_by_others(*, databases: Collection[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Name a file of SQLite that others may read and whose rights we may not change: it is somebody else's."""
    return [
        Warning(
            f"データベースのファイル「{connections[alias].settings_dict['NAME']}」を、ほかの利用者が読めます。",
            hint="案や内部のメモも入っています。持ち主で「chmod 600」としてください。",
            id="kirishima_dx.W021",
        )
        for alias in databases or ()
        if not _is_private(connections[alias])
    ]


def _is_private(connection: BaseDatabaseWrapper) -> bool:
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's own
        return True
    return keep_private(Path(connection.settings_dict["NAME"]))


@register(Tags.database, deploy=True)
def syncs_to_disk(*, databases: Collection[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Warn of a PostgreSQL that acknowledges what is not on the disk: a power cut could undo a seal."""
    return [
        Warning(
            f"PostgreSQL の {name} が off です。停電で、確定したはずの記録が失われることがあります。",
            hint="postgresql.conf で on にしてください。",
            id="kirishima_dx.W022",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for name in ("fsync", "synchronous_commit", "full_page_writes")
        if _setting(connections[alias], name) == "off"
    ]


def _setting(connection: BaseDatabaseWrapper, name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])
