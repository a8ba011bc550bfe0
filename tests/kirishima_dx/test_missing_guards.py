"""A guard that is gone, switched off or replaced is told; by its words, not by its name."""

import pytest
from django.db import connection

from kirishima_dx.guards import declared_guards
from kirishima_dx.replace_guards import ReplaceGuard
from kirishima_dx.standing_triggers import install, missing_guards

GUARD = "people_user_no_delete"
REMADE = f"CREATE TRIGGER {GUARD} BEFORE DELETE ON people_user"
ON_SQLITE = [
    [f"DROP TRIGGER {GUARD}"],
    [f"DROP TRIGGER {GUARD}", f"{REMADE} WHEN (FALSE) BEGIN SELECT RAISE(ABORT, 'x'); END"],
]
ON_POSTGRESQL = [
    [f"DROP TRIGGER {GUARD} ON people_user"],
    [f"ALTER TABLE people_user DISABLE TRIGGER {GUARD}"],
    [f"ALTER TABLE people_user ENABLE REPLICA TRIGGER {GUARD}"],
    [
        f"CREATE OR REPLACE FUNCTION {GUARD}() RETURNS trigger"
        " AS 'BEGIN RETURN OLD; END' LANGUAGE plpgsql"
    ],
    [f"ALTER FUNCTION {GUARD}() SET search_path = elsewhere"],
    [
        f"DROP TRIGGER {GUARD} ON people_user",
        f"{REMADE} FOR EACH ROW WHEN (FALSE) EXECUTE FUNCTION {GUARD}()",
    ],
]


def send(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


ON_EACH = [
    *(pytest.param(one, marks=pytest.mark.sqlite) for one in ON_SQLITE),
    *(pytest.param(one, marks=pytest.mark.postgres) for one in ON_POSTGRESQL),
]


@pytest.mark.parametrize("statements", ON_EACH)
def test_a_guard_that_keeps_nothing_is_named(db: None, statements: list[str]) -> None:
    assert missing_guards(connection) == []

    send(statements)

    assert missing_guards(connection) == [GUARD]
    install(declared_guards(), connection)
    assert missing_guards(connection) == []


@pytest.mark.postgres
def test_a_session_that_calls_itself_a_replica_has_no_guards(db: None) -> None:
    send(["SET LOCAL session_replication_role = replica"])

    everywhere = {guard.name for guard in declared_guards() if not isinstance(guard, ReplaceGuard)}
    assert everywhere <= set(missing_guards(connection))
