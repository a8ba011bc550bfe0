"""Triggers by which every change of the content replaces the content token (docs/decisions/0035)."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from kirishima_dx.content_token import MOVED_BY, TOKEN
from kirishima_dx.guard_triggers import OWN_WORDS, Trigger

FUNCTION = "kirishima_dx_content_moves"
UNCOUNTED = {
    "kirishima_dx.ContentToken": "the token itself",
    "sessions.Session": "who is signed in; what is kept for somebody is kept for his session",
    "people.SignIn": "attempts to sign in; /records/ and /sign-ins/ show them, which are drawn anew each time",
    "people.Download": "who took which file; /records/ shows it, which is drawn anew each time",
}
"""The tables whose changes do not count, each with its reason: they change while people only read."""
UNCOUNTED_COLUMNS = {"people.User": ("last_login",)}
"""Columns whose change alone does not count: signing in notes when, and only the admin shows it."""

MOVES = f""" {OWN_WORDS}
BEGIN
IF current_setting('{MOVED_BY}', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
UPDATE {TOKEN} SET value = gen_random_uuid()::text
WHERE id = (SELECT id FROM {TOKEN} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
IF NOT FOUND THEN INSERT INTO {TOKEN} (value) VALUES (gen_random_uuid()::text); END IF;
PERFORM set_config('{MOVED_BY}', pg_current_xact_id()::text, true);
END IF;
RETURN NULL;
END """  # noqa: S608 — our own words
"""What the triggers of PostgreSQL do, once a transaction: a row that nobody is at gets another value; where all rows
are taken, one more is added. So nobody waits for the transaction of somebody else."""


@dataclass(frozen=True)
class ContentTrigger:
    """The triggers of one table; `uncounted` are columns that may change unseen, `columns` all that are there."""

    table: str
    uncounted: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def on(self, columns: Collection[str]) -> "ContentTrigger":
        return replace(self, columns=tuple(columns))

    def triggers(self, connection: BaseDatabaseWrapper, schema: str = "") -> list[Trigger]:
        if connection.vendor == "sqlite":
            return [self._on_sqlite(event) for event in ("INSERT", self._update, "DELETE")]
        return [self._on_postgresql(schema)]

    @property
    def _update(self) -> str:
        if not self.uncounted:
            return "UPDATE"
        return f"UPDATE OF {', '.join(name for name in self.columns if name not in self.uncounted)}"

    def _on_sqlite(self, event: str) -> Trigger:
        name = f"{self.table}_content_{event.partition(' ')[0].lower()}"
        moves = f"UPDATE {TOKEN} SET value = hex(randomblob(16))"  # noqa: S608 — our own words
        made = f"CREATE TRIGGER {name} AFTER {event} ON {self.table} BEGIN {moves}; END"
        return Trigger(name, self.table, (f"DROP TRIGGER IF EXISTS {name}", made), made)

    def _on_postgresql(self, schema: str) -> Trigger:
        """Return the one trigger of a table; it asks no row, so that a thousand rows cost as much as one."""
        name = f"{self.table}_content"
        made = (
            f"CREATE TRIGGER {name} AFTER INSERT OR DELETE OR {self._update} OR TRUNCATE ON {self.table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        )
        statements = (f"DROP TRIGGER IF EXISTS {name} ON {self.table}", made)
        definition = "\n".join((made, f"search_path={_path(schema)}", MOVES))
        return Trigger(name, self.table, statements, definition)


def function_of(schema: str) -> str:
    """Return what makes the function of the triggers of PostgreSQL; whatever a session made for itself, it finds the
    tables of the schema."""
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger"
        f" AS $content${MOVES}$content$ LANGUAGE plpgsql SET search_path = {_path(schema)}"
    )


def _path(schema: str) -> str:
    return f"{schema}, pg_temp"


def content_triggers() -> list[ContentTrigger]:
    """Return the triggers of every table whose changes count, of whichever app."""
    return [
        ContentTrigger(model._meta.db_table, UNCOUNTED_COLUMNS.get(model._meta.label, ()))
        for model in models_with_tables()
        if model._meta.label not in UNCOUNTED
    ]


def models_with_tables() -> list[type[Model]]:
    """Return every model that has a table of its own, those between many and many included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]
