"""What `check --deploy` says of an installation. Not tagged `database`: `migrate` asks those, and it is what mends."""

from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Error, Info, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

from kirishima_dx.readiness.parts import OF_THE_DATABASE, PARTS, what_is_missing
from kirishima_dx.readiness.report import warnings_now

IDS = {
    "migrations": "kirishima_dx.E010",
    "guards": "kirishima_dx.E011",
    "static_files": "kirishima_dx.E012",
}
NOT_ASKED = Info(
    "データベースは確かめていません（移行、見張り、控え）。",
    hint="「manage.py check --deploy --database default」で確かめます。",
    id="kirishima_dx.I013",
)


@register("kirishima_dx", deploy=True)
def ready_to_be_served(*, databases: Collection[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Name what is missing; of a database only where it was asked for, as Django's own checks do."""
    asked = bool(databases) and DEFAULT_DB_ALIAS in (databases or ())
    parts = PARTS if asked else tuple(part for part in PARTS if part not in OF_THE_DATABASE)
    missing: list[CheckMessage] = [
        Error(one.told, hint=one.part.mend, id=IDS[one.part.key])
        for one in what_is_missing(connections[DEFAULT_DB_ALIAS], parts)
    ]
    if not asked:
        return [*missing, NOT_ASKED]
    return [*missing, *(Warning(words, id="kirishima_dx.W014") for words in warnings_now())]
