"""What SQLite's REPLACE would take away: INSERT OR REPLACE and UPDATE OR REPLACE remove the row that bears the same
unique key, and ask no trigger of DELETE (docs/decisions/0024).

Before a row comes in, or gets another key, the guards of the row that is in its way are asked. A plain INSERT would be
refused by the key itself, so nothing else is refused that could have been done; INSERT OR IGNORE and ON CONFLICT are
refused where the row in the way may not go.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from kirishima_dx.guard_triggers import ByVendor, Trigger, sqlite_trigger
from kirishima_dx.guards import Event, Guard
from kirishima_dx.unique_keys import UniqueKey, unique_keys

MESSAGE = "すでにある記録を、ほかの記録で置き換えることはできません。"
ROW = "in_the_way"
"""What the row is called of which guards speak as OLD. In a trigger of UPDATE the deeper parts of a query would take
OLD for the row that changes, whatever a table around them is called."""


@dataclass(frozen=True)
class ReplaceGuard(Guard):
    """Refuse that a row takes the place of one that `watched`, the guards of its table, keep."""

    model: type[Model] = Model
    watched: tuple[Guard, ...] = ()
    columns: frozenset[str] = frozenset()

    def on(self, columns: Collection[str]) -> "ReplaceGuard":
        return replace(self, columns=frozenset(columns))

    def triggers(self, connection: BaseDatabaseWrapper, schema: str = "") -> list[Trigger]:
        if connection.vendor != "sqlite":
            return []
        in_the_way = list(self._in_the_way(connection))
        if not in_the_way:
            return []
        condition = " OR ".join(in_the_way)
        return [sqlite_trigger(self.name, self.table, self.event, condition, self.message)]

    def _in_the_way(self, connection: BaseDatabaseWrapper) -> Iterator[str]:
        """Yield for each key that another row bears it already and is kept."""
        known = (key for key in unique_keys(self.model) if key.columns() <= self.columns)
        primary, *others = known
        stays = _any_of(self.watched, "DELETE")
        if self.event == "INSERT":
            kept = stays if stays == "TRUE" else _any_of(self.watched, "DELETE", "UPDATE")
            yield from self._kept_with(primary, kept, connection)
            for key in others:
                yield from self._kept_with(key, stays, connection)
        elif stays:
            # The number of a row never changes, so this is another row.
            another = f"{ROW}.{self.key} <> NEW.{self.key}"
            for key in others:
                yield from self._kept_with(key, f"{another} AND ({stays})", connection)

    def _kept_with(
        self, key: UniqueKey, kept: str, connection: BaseDatabaseWrapper
    ) -> Iterator[str]:
        if kept:
            shared = key.shared(ROW, "NEW", connection)
            yield f"EXISTS (SELECT 1 FROM {self.table} AS {ROW} WHERE {shared} AND ({kept}))"  # noqa: S608 — our own words


def _any_of(guards: Iterable[Guard], *events: str) -> str:
    """Return when one of the guards of these events keeps the row in the way; an empty text where there is none."""
    said = [ByVendor.of(one.when).on("sqlite") for one in guards if one.event in events]
    conditions = [re.sub(r"\bOLD\b", ROW, one) for one in said if one is not None]
    return "TRUE" if "TRUE" in conditions else " OR ".join(f"({one})" for one in conditions)


def guards_of_replacing(models: Iterable[type[Model]], guards: Iterable[Guard]) -> Iterator[Guard]:
    """Return, for every table of which a guard keeps rows, what keeps them from being replaced, and from getting
    another number."""
    guards = list(guards)
    for model in models:
        table = model._meta.db_table
        watched = tuple(one for one in guards if one.table == table and one.event != "INSERT")
        if watched:
            yield from _guards_of(model, watched)


def _guards_of(model: type[Model], watched: tuple[Guard, ...]) -> Iterator[Guard]:
    table, key = model._meta.db_table, str(model._meta.pk.column)

    def refused(event: Event) -> Guard:
        name = f"{table}_replace_{event.lower()}"
        return ReplaceGuard(name, table, event, MESSAGE, key=key, model=model, watched=watched)

    if not any(one.event == "UPDATE" and one.when == "TRUE" for one in watched):
        changed = f"NOT (NEW.{key} <=> OLD.{key})"
        message = "記録の番号（id）は変更できません。"
        yield Guard(f"{table}_number_kept", table, "UPDATE", message, changed)
        yield refused("UPDATE")
    yield refused("INSERT")
