"""The database into which something is moved: it must be empty, and says that it is unfinished until all is there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.backups.marker import TABLE, mark, unfinished_work, unmark
from kirishima_dx.backups.states import known_steps, refuse_later, state_of
from kirishima_dx.backups.tables import called
from kirishima_dx.content_token import TOKEN
from kirishima_dx.standing_triggers import install_all, missing_guards

FILLED_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission", TOKEN}
"""Tables that hold rows as soon as a database is migrated."""
MOST_NAMED = 5
Proof = Callable[[], list[str]]
"""Looks at everything sealed and kept in `default` and names what fails."""


def refuse_unless_empty(connection: BaseDatabaseWrapper, what: str) -> None:
    """Refuse a database that holds anything; one that was left unfinished may be filled anew."""
    if unfinished_work(connection):
        return
    filled = list(_filled(connection))
    if filled:
        more = f" ほか{len(filled) - MOST_NAMED}表" if len(filled) > MOST_NAMED else ""
        raise MoveRefused(
            f"{what}は空ではありません: {'、'.join(filled[:MOST_NAMED])}{more}。"
            "何も変えていません。新しい空のデータベースを作り、それを指定してください。"
        )


def _filled(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield 「利用者（12件）」 for each table with rows; of a table that is none of ours its name."""
    ours = {model._meta.db_table: called(model) for model in apps.get_models()}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in FILLED_BY_MIGRATE:
                continue
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 — a name of the database itself
            (rows,) = cursor.fetchone()
            if rows:
                yield f"{ours.get(table, table)}（{rows:,}件）"


def refuse_if_used(connection: BaseDatabaseWrapper, what: str) -> None:
    """Refuse a database of PostgreSQL to which anybody else is connected; of SQLite the file is locked instead."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND usesysid IS NOT NULL "
            "AND coalesce(backend_type, 'client backend') = 'client backend'"
        )
        (others,) = cursor.fetchone()
    if others:
        raise MoveRefused(
            f"{what}に、ほかの接続が{others}本あります。サーバー（serve）などを止めてから、もう一度実行してください。"
            "何も変えていません。"
        )


@contextmanager
def unfinished(connection: BaseDatabaseWrapper, work: str) -> Iterator[None]:
    """Mark the database inside the block; where the block fails, the mark stays."""
    mark(connection, work)
    yield
    unmark(connection)


def empty_tables(connection: BaseDatabaseWrapper) -> None:
    """Make the tables of today where there are none, and take away what `migrate` filled in, guards included."""
    state = state_of(connection)
    refuse_later(state, "移し先のデータベース")
    if known_steps() - state:
        call_command("migrate", verbosity=0)
    without_rows_and_guards(connection)


def without_rows_and_guards(connection: BaseDatabaseWrapper) -> None:
    keep = {"django_migrations", TABLE}
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - keep)
        quoted = [connection.ops.quote_name(name) for name in names]
        for table, trigger in _triggers(connection, cursor):
            where = (
                f" ON {connection.ops.quote_name(table)}" if connection.vendor != "sqlite" else ""
            )
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(trigger)}{where}")
        if connection.vendor != "sqlite":
            cursor.execute(f"TRUNCATE {', '.join(quoted)}")
            return
        with connection.constraint_checks_disabled():
            for name in quoted:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 — a name of the database itself


def _triggers(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute(
            "SELECT c.relname, g.tgname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid "
            "WHERE NOT g.tgisinternal AND pg_table_is_visible(c.oid)"
        )
    return [(str(table), str(trigger)) for table, trigger in cursor.fetchall()]


def guarded(connection: BaseDatabaseWrapper) -> None:
    """Take the steps that are left and install the guards. Raises MoveRefused where one is missing afterwards."""
    if known_steps() - state_of(connection):
        call_command("migrate", verbosity=0)
    install_all(connection)
    missing = missing_guards(connection)
    if missing:
        raise MoveRefused(
            f"データベースの見張りが{len(missing)}件そろいません（{missing[0]} など）。このデータベースは使えません。"
        )


def proved(proof: Proof) -> None:
    """Look at everything that is sealed or kept. Raises MoveRefused with what fails."""
    failing = proof()
    if failing:
        named = "、".join(failing[:MOST_NAMED])
        raise MoveRefused(f"封印または保存したファイルが{len(failing)}件合いません: {named}。")
