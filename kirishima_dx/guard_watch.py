"""When the guards of an app are in place: away during a `migrate`, installed anew after it (docs/decisions/0004)."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from kirishima_dx.day_guards import guards_of_days
from kirishima_dx.guards import Guard
from kirishima_dx.history_guards import guards_of_histories
from kirishima_dx.replace_guards import guards_of_replacing
from kirishima_dx.standing_triggers import (
    install,
    install_content_triggers,
    remove,
    remove_content_triggers,
)


def watch(app: AppConfig) -> None:
    """Let the guards of an app, its `guards` and those that follow from its models, step aside for every migrate and
    come back after it."""
    models = list(app.get_models())
    own: list[Guard] = [*app.guards, *guards_of_histories(models)]  # type: ignore[attr-defined]  # Ours have guards.
    app.guards = [*own, *guards_of_replacing(models, own), *guards_of_days(models)]  # type: ignore[attr-defined]  # As above.
    pre_migrate.connect(_before_migrate, sender=app)
    post_migrate.connect(_after_migrate, sender=app)


def _before_migrate(sender: Any, *, using: str, **_: Any) -> None:
    if connections[using].vendor == "sqlite":
        remove(sender, connections[using])


def _after_migrate(sender: Any, *, using: str, **_: Any) -> None:
    install(sender.guards, connections[using])


def watch_content(app: AppConfig) -> None:
    """Likewise for the triggers of the content token, which stand on the tables of all apps."""
    pre_migrate.connect(_content_before_migrate, sender=app)
    post_migrate.connect(_content_after_migrate, sender=app)


def _content_before_migrate(sender: Any, *, using: str, **_: Any) -> None:
    if connections[using].vendor == "sqlite":
        remove_content_triggers(connections[using])


def _content_after_migrate(sender: Any, *, using: str, **_: Any) -> None:
    install_content_triggers(connections[using])
