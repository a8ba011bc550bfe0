"""Taking a back-up while people work."""

from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import localtime

from kirishima_dx import clock
from kirishima_dx.backups.archive import DATABASE, BackupWriter, Manifest, new_backup
from kirishima_dx.backups.faults import MoveRefused, told_in_words
from kirishima_dx.backups.marker import unfinished_work
from kirishima_dx.backups.notes import LastBackup, database_name
from kirishima_dx.backups.postgresql_rows import Counted, copied_tables, rows_out, snapshot
from kirishima_dx.backups.private_files import draft_of, make_folder
from kirishima_dx.backups.sequences import given_numbers
from kirishima_dx.backups.sqlite_files import BESIDE, blocks_of, copy_file
from kirishima_dx.backups.states import known_steps, refuse_later, state_of
from kirishima_dx.standing_triggers import missing_guards
from kirishima_dx.version import VERSION


def file_for(place: Path) -> Path:
    """Return the file for a back-up: the one that was named, or one of this moment in a folder."""
    if not place.is_dir() and place.suffix:
        return place
    return place / f"kirishima-{localtime(clock.now()):%Y%m%d-%H%M%S}.zip"


def back_up(target: Path) -> LastBackup:
    """Write everything the database holds at one moment into a new file, and compare what was written.

    Raises MoveRefused; then there is no such file.
    """
    name = database_name(connection.settings_dict)
    with told_in_words(name):
        state = state_of(connection)
        _refuse_unfit(state)
        manifest = Manifest(
            kind=connection.vendor,
            database=name,
            product=VERSION,
            made_at=clock.now().isoformat(),
            migrations=sorted(state),
        )
    if target.exists():
        raise MoveRefused(
            f"「{target}」はすでにあります。上書きはしません。別の名前にしてください。"
        )
    with new_backup(target, manifest) as writer:
        if connection.vendor == "sqlite":
            _write_file(writer, target)
        else:
            _write_tables(writer, name)
    return LastBackup(
        made_at=clock.now(), size=target.stat().st_size, file=str(target), database=name
    )


def _refuse_unfit(state: set[tuple[str, str]]) -> None:
    if not state:
        raise MoveRefused("データベースが空です。控えるものがありません。")
    if work := unfinished_work(connection):
        raise MoveRefused(f"データベースは{work}の途中で止まったものです。控えは取れません。")
    refuse_later(state, "データベース")
    missing = missing_guards(connection)
    if missing and not known_steps() - state:
        raise MoveRefused(
            f"データベースの見張りが{len(missing)}件ありません（{missing[0]} など）。"
            "先に manage.py migrate を実行してください。"
        )


def _write_file(writer: BackupWriter, target: Path) -> None:
    """Copy the file of SQLite beside the target first: its own back-up needs a file to write to."""
    make_folder(target.parent)
    copy = draft_of(target)
    try:
        writer.manifest.tables = copy_file(Path(connection.settings_dict["NAME"]), copy)
        writer.write(DATABASE, blocks_of(copy))
    finally:
        for ending in ("", *BESIDE):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _write_tables(writer: BackupWriter, name: str) -> None:
    with told_in_words(name), transaction.atomic(), connection.cursor() as cursor:
        snapshot(cursor)
        for table, columns in copied_tables(connection, cursor).items():
            counted = Counted(columns)
            rows = rows_out(table, columns, connection, cursor)
            writer.write(f"tables/{table}", counted.passing(rows))
            writer.manifest.tables[table] = counted.note()
        writer.manifest.sequences = given_numbers(connection)
