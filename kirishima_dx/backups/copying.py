"""Moving everything from one database to another one, of the same kind or of the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kirishima_dx.backups.faults import MoveRefused, told_in_words
from kirishima_dx.backups.notes import database_name
from kirishima_dx.backups.other_database import beside_default, is_file, standing_on
from kirishima_dx.backups.private_files import OWNER_ONLY
from kirishima_dx.backups.sequences import given_numbers, go_on_from
from kirishima_dx.backups.sqlite_files import alone_with
from kirishima_dx.backups.states import refuse_other_than_now, state_of
from kirishima_dx.backups.tables import (
    Columns,
    Digest,
    Loader,
    Row,
    called,
    digest_of_table,
    moved_models,
)
from kirishima_dx.backups.target import (
    Proof,
    empty_tables,
    guarded,
    proved,
    refuse_if_used,
    refuse_unless_empty,
    unfinished,
)

SOURCE = "source"
Told = Callable[[str], None]


@dataclass(frozen=True)
class Copied:
    """How much was moved."""

    tables: int
    rows: int


def copy_database(
    *, source: dict[str, Any], target: dict[str, Any], proof: Proof, tell: Told
) -> Copied:
    """Copy every row to an empty database, compare table by table, install the guards, and verify every seal.

    The source is read as it is at one moment, and is not changed. Raises MoveRefused; what was begun in the target is
    then marked, and serve and migrate refuse it until it is filled anew or thrown away.
    """
    names = database_name(source), database_name(target)
    if names[0] == names[1] or _one_file(source, target):
        raise MoveRefused("移し元と移し先が同じデータベースです。")
    _refuse_missing_file(source)
    with (
        beside_default(source, SOURCE) as there,
        told_in_words(names[0]),
        _snapshot(there),
    ):
        refuse_other_than_now(state_of(there), "移し元のデータベース")
        with told_in_words(names[1]):
            _make_file(target)
            with standing_on(target) as here:
                refuse_if_used(here, "移し先のデータベース")
                refuse_unless_empty(here, "移し先のデータベース")
                with unfinished(here, f"「{names[0]}」からの移行"):
                    return _fill(here, there, proof, tell)


def _refuse_missing_file(source: dict[str, Any]) -> None:
    if is_file(source) and not Path(source["NAME"]).is_file():
        raise MoveRefused(f"移し元「{source['NAME']}」がありません。名前を確かめてください。")


def _one_file(source: dict[str, Any], target: dict[str, Any]) -> bool:
    """Return whether two names are of one file of SQLite, by a link."""
    places = [Path(one["NAME"]) for one in (source, target) if is_file(one)]
    return len(places) == 2 and all(map(Path.exists, places)) and places[0].samefile(places[1])


def _make_file(target: dict[str, Any]) -> None:
    """Make the file of SQLite where there is none; one that somebody has open is refused."""
    if is_file(target):
        Path(target["NAME"]).touch(mode=OWNER_ONLY)
        with alone_with(Path(target["NAME"])):
            pass  # Nobody has it open.


@contextmanager
def _snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Read a database as it is at one moment; people may go on working in it."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _fill(
    here: BaseDatabaseWrapper, there: BaseDatabaseWrapper, proof: Proof, tell: Told
) -> Copied:
    empty_tables(here)
    with transaction.atomic():
        copied = {model: _copy_table(Columns.of(model), tell) for model in moved_models()}
        here.check_constraints()
        go_on_from(given_numbers(there), here)
    guarded(here)
    different = [
        f"{called(model)}（{said[0]:,}件 → {found[0]:,}件）"
        for model, said in copied.items()
        if (found := digest_of_table(Columns.of(model), DEFAULT_DB_ALIAS)) != said
    ]
    if different:
        raise MoveRefused(f"写したものが、もとと違います: {'、'.join(different)}。")
    proved(proof)
    return Copied(len(copied), sum(rows for rows, _ in copied.values()))


def _copy_table(columns: Columns, tell: Told) -> tuple[int, str]:
    """Copy a table and return the count and the digest of what was read."""
    digest = Digest(columns)

    def passing() -> Iterator[list[Row]]:
        for chunk in columns.chunks(SOURCE):
            digest.add(chunk)
            yield chunk

    name = called(columns.model)
    try:
        Loader(columns, DEFAULT_DB_ALIAS).load(passing())
    except (DatabaseError, ValueError) as fault:
        raise MoveRefused(
            f"「{name}」（{columns.table}）に、移し先のデータベースが受け取れない値があります: {str(fault).strip()}"
        ) from fault
    tell(f"{name}　{digest.count:,}件")
    return digest.result()
