"""Putting a back-up back: what stood there is kept, and nobody may be connected."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.timezone import localtime

from kirishima_dx import clock
from kirishima_dx.backups.archive import DATABASE, Backup, Manifest, opened_backup
from kirishima_dx.backups.faults import MoveRefused, told_in_words
from kirishima_dx.backups.notes import database_name
from kirishima_dx.backups.other_database import standing_on
from kirishima_dx.backups.postgresql_rows import (
    note_of,
    one_way,
    refuse_other_columns,
    rows_in,
)
from kirishima_dx.backups.private_files import (
    LONG_IDLE,
    clear_left_over,
    draft_of,
    new_file,
    sync_folder,
)
from kirishima_dx.backups.sequences import go_on_from
from kirishima_dx.backups.sqlite_files import (
    BESIDE,
    alone_with,
    named_differences,
    open_file,
    tables_of,
    take_place_of,
)
from kirishima_dx.backups.states import go_to, known_steps, refuse_later, state_of
from kirishima_dx.backups.target import (
    Proof,
    guarded,
    proved,
    refuse_if_used,
    refuse_unless_empty,
    unfinished,
    without_rows_and_guards,
)

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What came of it: of which moment and version, how many steps were taken since, and where the old file is kept."""

    manifest: Manifest
    steps: int
    kept: Path | None


def restore(path: Path, *, proof: Proof) -> Restored:
    """Put a back-up into the database of the settings. Raises MoveRefused.

    SQLite: all is done in a file beside it, which takes its place in the end; the one that stood there is kept.
    PostgreSQL: only into an empty database; what fails is left marked as unfinished.
    """
    with opened_backup(path) as backup:
        manifest = backup.manifest
        refuse_later(manifest.migrations, "控え")
        if manifest.kind != connection.vendor:
            raise MoveRefused(
                f"この控えは {KINDS[manifest.kind]} のもので、"
                f"今の設定（DATABASE_URL）は {KINDS[connection.vendor]} です。"
                f"いったん {KINDS[manifest.kind]} に復元してから、manage.py copy_database で移してください。"
            )
        steps = len(known_steps() - set(manifest.migrations))
        with told_in_words(database_name(connection.settings_dict)):
            if manifest.kind == "sqlite":
                return Restored(manifest, steps, _restore_file(backup, proof))
            _restore_tables(backup, proof)
            return Restored(manifest, steps, None)


def _restore_file(backup: Backup, proof: Proof) -> Path | None:
    """Unpack, compare, bring up to date and verify beside the database; then let it take the place."""
    values, place = connection.settings_dict, Path(connection.settings_dict["NAME"])
    connection.close()
    with alone_with(place), _draft_beside(place) as draft:
        with new_file(draft) as file:
            for block in backup.blocks(DATABASE):
                file.write(block)
        with closing(open_file(draft)) as found:
            tables = tables_of(found)
        if tables != backup.manifest.tables:
            raise MoveRefused(
                f"控えの中身が目録と違います: {named_differences(backup.manifest.tables, tables)}。"
            )
        with standing_on({**values, "NAME": str(draft)}) as here:
            guarded(here)
            proved(proof)
        with alone_with(draft):
            pass
        kept = place.with_name(f"{place.stem}-{_moment()}{place.suffix}")
        had = take_place_of(draft, place, kept)
        sync_folder(place.parent)
    return kept if had else None


@contextmanager
def _draft_beside(place: Path) -> Iterator[Path]:
    # Who holds the lock of the file is alone; where there is no file yet, another one may be at work beside us.
    clear_left_over(place.parent, idle=0 if place.exists() else LONG_IDLE)
    draft = draft_of(place)
    try:
        yield draft
    finally:
        for ending in ("", *BESIDE):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _moment() -> str:
    return f"{localtime(clock.now()):%Y%m%d-%H%M%S}"


def _restore_tables(backup: Backup, proof: Proof) -> None:
    here: Any = connection
    refuse_if_used(here, "データベース")
    refuse_unless_empty(here, "データベース")
    state = set(backup.manifest.migrations)
    if state_of(here) - state:
        raise MoveRefused(
            "控えは前のバージョンのものですが、データベースには新しい移行が済んでいます。"
            "新しい空のデータベースを作り（CREATE DATABASE）、migrate せずに復元してください。"
        )
    with unfinished(here, f"{backup.manifest.made_when} の控えの復元"):
        go_to(state, here)
        with transaction.atomic():
            without_rows_and_guards(here)
            _load(backup, here)
        guarded(here)
        proved(proof)


def _load(backup: Backup, here: BaseDatabaseWrapper) -> None:
    manifest = backup.manifest
    with here.cursor() as cursor:
        one_way(cursor)
        refuse_other_columns(manifest.tables, here, cursor)
        for table, note in manifest.tables.items():
            if note.rows:
                rows_in(table, note.columns, backup.blocks(f"tables/{table}"), here, cursor)
        here.check_constraints()
        found = {
            table: note_of(table, note.columns, here, cursor)
            for table, note in manifest.tables.items()
            if note.rows
        }
    expected = {table: note for table, note in manifest.tables.items() if note.rows}
    if found != expected:
        raise MoveRefused(f"戻したものが、控えと違います: {named_differences(expected, found)}。")
    go_on_from(manifest.sequences, here)
