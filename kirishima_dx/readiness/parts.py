"""The parts without which nothing is served: what is missing of each, and how it is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from kirishima_dx.readiness.static_files import faults_of_static_files
from kirishima_dx.standing_triggers import missing_guards

MOST_NAMED = 10
"""Names of one part that are told."""


@dataclass(frozen=True)
class Part:
    """A part, by the key that probes and monitoring know it by; the keys never change."""

    key: str
    says: str
    """What it means that something of it is missing."""
    mend: str
    look: Callable[[BaseDatabaseWrapper], list[str]]
    """Return the names of what is missing."""


@dataclass(frozen=True)
class Missing:
    """What is missing of a part, by name."""

    part: Part
    names: tuple[str, ...]

    @property
    def told(self) -> str:
        more = len(self.names) - MOST_NAMED
        named = "、".join(self.names[:MOST_NAMED]) + (f"、ほか{more}件" if more > 0 else "")
        return f"{self.part.says}（{named}）。"

    def __str__(self) -> str:
        return f"{self.told}{self.part.mend}"


def unapplied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return people.0004_names of each step that `migrate` would take."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


MIGRATIONS = Part(
    "migrations",
    "データベースに、まだ行っていない移行があります",
    "サーバーを止め、表の持ち主として「manage.py migrate」を実行してください。",
    unapplied_migrations,
)
GUARDS = Part(
    "guards",
    "データベースの見張り（トリガー）が、外れているか書き換えられています",
    "表の持ち主として「manage.py migrate」を実行すると、付け直します。だれがなぜ外したかを確かめ、"
    "その間に確定した内容が変わっていないかを「manage.py verify_all」で確かめてください。",
    missing_guards,
)
STATIC_FILES = Part(
    "static_files",
    "画面の部品（静的ファイル）が、このバージョンのものとしてそろっていません",
    "「manage.py collectstatic --noinput --clear」を実行し、サーバーを起動し直してください。",
    lambda connection: faults_of_static_files(),
)
OF_THE_DATABASE = (MIGRATIONS, GUARDS)
PARTS = (*OF_THE_DATABASE, STATIC_FILES)


def what_is_missing(
    connection: BaseDatabaseWrapper, parts: tuple[Part, ...] = PARTS
) -> list[Missing]:
    """Look the parts up, now. Raises DatabaseError where the database does not answer."""
    missing: list[Missing] = []
    for part in parts:
        if part is GUARDS and any(one.part is MIGRATIONS for one in missing):
            continue  # The same migrate brings them.
        if names := part.look(connection):
            missing.append(Missing(part, tuple(names)))
    return missing
