"""Which migrations a database has gone through, and whether this version knows them."""

from collections.abc import Collection

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kirishima_dx.backups.faults import MoveRefused

State = Collection[tuple[str, str]]


def state_of(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return the steps that were taken, of apps that this version has; others left tables that it does not use."""
    ours = {app.label for app in apps.get_app_configs()}
    return {step for step in MigrationRecorder(connection).applied_migrations() if step[0] in ours}


def known_steps() -> set[tuple[str, str]]:
    """Return every step that this version knows."""
    return set(MigrationLoader(None).graph.nodes)


def refuse_later(state: State, what: str) -> None:
    """Refuse what was made by a later version than this one."""
    ours = {app.label for app in apps.get_app_configs()}
    later = sorted(step for step in set(state) - known_steps() if step[0] in ours)
    if later:
        named = "、".join(f"{app}.{name}" for app, name in later[:3])
        raise MoveRefused(
            f"{what}は、このバージョンより新しい製品で作られたものです（知らない移行: {named}）。"
            "製品を新しくしてから実行してください。"
        )


def refuse_other_than_now(state: State, what: str) -> None:
    """Refuse what is not at the state of this version."""
    refuse_later(state, what)
    missing = sorted(known_steps() - set(state))
    if missing:
        raise MoveRefused(
            f"{what}には、済んでいない移行が{len(missing)}件あります（{missing[0][0]}.{missing[0][1]} など）。"
            "先に、そのデータベースで manage.py migrate を実行してください。"
        )


def go_to(state: State, connection: BaseDatabaseWrapper) -> None:
    """Make the tables as they were after some steps; no guards are installed, and nothing is filled in."""
    if not set(state) - state_of(connection):
        return
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    wanted = {step for step in state if step in graph.nodes}
    behind = {parent.key for step in wanted for parent in graph.node_map[step].parents}
    executor.migrate(sorted(wanted - behind))
