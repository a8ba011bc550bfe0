"""Triggers as the two databases hold them: how each is made, and how the database tells of one that stands."""

from dataclasses import dataclass

OWN_WORDS = "#variable_conflict use_column"
"""How the body of each of our functions begins on PostgreSQL."""


TABLES = {
    "sqlite": "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
    " WHERE m.type = 'table' ORDER BY m.name, c.cid",
    "postgresql": "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
    " WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid) AND a.attnum > 0 AND NOT a.attisdropped"
    " AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
    " ORDER BY c.relname, a.attnum",
}
STANDING = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # One that fires for replicas alone, or in a session that says it is one, keeps nothing.
    "postgresql": "SELECT t.tgname, concat_ws(E'\\n', pg_get_triggerdef(t.oid, true),"
    " array_to_string(p.proconfig, ';'), p.prosrc)"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND (t.tgenabled = 'A'"
    " OR t.tgenabled = 'O' AND current_setting('session_replication_role') <> 'replica')",
}


@dataclass(frozen=True)
class ByVendor:
    """A condition that the two databases say in different words; a guard without one does not stand there."""

    sqlite: str | None = None
    postgresql: str | None = None

    @classmethod
    def of(cls, when: "str | ByVendor") -> "ByVendor":
        return when if isinstance(when, ByVendor) else cls(when, when)

    def within(self, before: str, after: str) -> "ByVendor":
        """Return a longer condition with this one in it."""
        both = (self.sqlite, self.postgresql)
        return ByVendor(*(one if one is None else before + one + after for one in both))

    def on(self, vendor: str) -> str | None:
        """Return the words of a database; `<=>` becomes its null-safe equality."""
        said, equal = self.postgresql, "IS NOT DISTINCT FROM"
        if vendor == "sqlite":
            said, equal = self.sqlite, "IS"
        return said.replace("<=>", equal) if said is not None else None


@dataclass(frozen=True)
class Trigger:
    """A trigger of one table, what makes it, and what the database says of it where it stands as it should."""

    name: str
    table: str
    statements: tuple[str, ...]
    definition: str


def sqlite_trigger(name: str, table: str, event: str, condition: str, message: str) -> Trigger:
    made = (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN ({condition}) "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
    return Trigger(name, table, (f"DROP TRIGGER IF EXISTS {name}", made), made)


@dataclass(frozen=True)
class PostgresqlTrigger:
    """What differs between a trigger that asks each row and one of TRUNCATE, which has no row."""

    name: str
    table: str
    event: str
    each: str
    result: str

    def made(self, condition: str, message: str, schema: str) -> Trigger:
        """Return the trigger. Its function reads the tables of the schema, whatever somebody made for his session.

        A temporary table of the same name would come first and could say that a cell was closed.
        """
        path = f"{schema}, pg_temp"
        body = (
            f" {OWN_WORDS}\nBEGIN IF ({condition}) THEN RAISE EXCEPTION '{message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {self.result}; END "
        )
        made = (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {self.each} EXECUTE FUNCTION {self.name}()"
        )
        statements = (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger "
            f"AS $guard${body}$guard$ LANGUAGE plpgsql SET search_path = {path}",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            made,
        )
        definition = "\n".join((made, f"search_path={path}", body))
        return Trigger(self.name, self.table, statements, definition)
