"""Two accounts of PostgreSQL, as deploy/postgresql/ makes them: the server's reads and writes, no more."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg.errors import InsufficientPrivilege

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "deploy" / "postgresql"
AS_OWNER = """
import sys
sys.path.insert(0, "tests")
import django
from django.conf import settings
class Without:
    __contains__ = lambda self, app: True
    __getitem__ = lambda self, app: None
settings.MIGRATION_MODULES = Without()
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from ready_database import all_migrations
call_command("migrate", run_syncdb=True, verbosity=0)
for app, name in all_migrations():
    MigrationRecorder(connection).record_applied(app, name)
"""
"""What `migrate` leaves, without going through the migrations."""
AS_APP = """
import django
django.setup()
from datetime import date
from django.core.management import call_command
from django.db import connection
from kirishima_dx.readiness.parts import what_is_missing
from people.models import User
from plans.models import Edition
from revisions.actions.adoption import adopt_edition
assert what_is_missing(connection) == [], what_is_missing(connection)
call_command("load_plan", "tests/plans/small_plan.yaml", verbosity=0)
by = User.objects.create_superuser(username="jimukyoku", password="x", name="事務 局子")
adopt_edition(
    edition=Edition.objects.get(), decided_on=date(2026, 3, 25), effective_from=date(2026, 4, 1), basis="決裁", by=by
)
"""
FORBIDDEN = (
    "SET session_replication_role = replica",
    "ALTER TABLE plans_edition DISABLE TRIGGER ALL",
    "DROP TRIGGER people_user_no_delete ON people_user",
    "DROP FUNCTION people_user_no_delete() CASCADE",
    "CREATE OR REPLACE FUNCTION people_user_no_delete() RETURNS trigger AS 'BEGIN RETURN OLD; END' LANGUAGE plpgsql",
    "DROP TABLE people_user CASCADE",
    "ALTER TABLE people_user ADD COLUMN x int",
    "TRUNCATE django_session",
    "CREATE TABLE x (y int)",
    "CREATE TEMPORARY TABLE people_closedcell (table_name text)",
    "CREATE SCHEMA x",
    "SELECT setval(pg_get_serial_sequence('people_user', 'id'), 1)",
    "GRANT kirishima_owner TO kirishima_app",
    "SET ROLE kirishima_owner",
    "ALTER ROLE kirishima_app SUPERUSER",
)


class Accounts:
    """The names of the sample with an ending of our own, so that a server can have several."""

    def __init__(self, url: str) -> None:
        self._url, self._ending = url, uuid.uuid4().hex[:8]

    def renamed(self, sql: str) -> str:
        return re.sub(r"\bkirishima(_owner|_app)?\b", rf"\g<0>_{self._ending}", sql)

    def url(self, account: str) -> str:
        head, _, place = self._url.partition("://")
        host = place.partition("@")[2].rpartition("/")[0]
        return f"{head}://{self.renamed(account)}@{host}/{self.renamed('kirishima')}"

    def run(self, account: str, script: str) -> None:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": self.url(account)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def administer(sql: str, database: str = "postgres") -> None:
    known = connection.get_connection_params()
    to = {key: known[key] for key in ("host", "user", "port", "password") if known.get(key)}
    with psycopg.connect(**to, dbname=database, autocommit=True) as server:
        for statement in re.sub(r"(?m)^(--|\\set).*$", "", sql).split(";"):
            if statement.strip():
                server.execute(statement)


@pytest.fixture
def accounts(db: None) -> Iterator[Accounts]:
    made = Accounts(os.environ["DATABASE_URL"])
    roles, database = (
        (SAMPLES / name).read_text(encoding="utf-8").replace(':"name"', "kirishima")
        for name in ("accounts.sql", "database.sql")
    )
    on_server, _, in_database = database.partition("\\connect kirishima")
    administer(made.renamed(roles))
    administer(made.renamed(on_server))
    administer(made.renamed(in_database), made.renamed("kirishima"))
    yield made
    administer(made.renamed("DROP DATABASE kirishima WITH (FORCE)"))
    administer(made.renamed("DROP ROLE kirishima_owner; DROP ROLE kirishima_app"))


@pytest.mark.postgres
def test_the_account_of_the_server_works_and_cannot_go_round_a_guard(accounts: Accounts) -> None:
    accounts.run("kirishima_owner", AS_OWNER)
    accounts.run("kirishima_app", AS_APP)

    url = accounts.url("kirishima_app").replace("%2F", "/")
    with psycopg.connect(**psycopg_parameters(url), autocommit=True) as app:
        allowed = []
        for statement in FORBIDDEN:
            try:
                app.execute(accounts.renamed(statement))
            except InsufficientPrivilege:
                continue
            allowed.append(statement)
        assert allowed == []
        with pytest.raises(psycopg.errors.IntegrityError):
            app.execute("DELETE FROM people_user")


def psycopg_parameters(url: str) -> dict[str, str]:
    """Read an address as Django does: the host of a socket is a path."""
    user, _, place = url.partition("://")[2].partition("@")
    host, _, name = place.rpartition("/")
    return {"user": user, "host": host, "dbname": name}
