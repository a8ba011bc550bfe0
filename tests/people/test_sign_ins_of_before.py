"""A database in which django-axes had noted sign-ins: they are carried over, and its tables go."""

from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from people.models import SignIn, User

MIGRATION = import_module("people.migrations.0006_sign_ins_of_before")
MOMENT = datetime(2026, 9, 30, 23, 15, 1, 250, tzinfo=UTC)
IS_SQLITE = connection.vendor == "sqlite"


def test_they_are_carried_over_and_the_tables_go(staff: User) -> None:
    address = "text" if IS_SQLITE else "inet"
    moment = "datetime" if IS_SQLITE else "timestamp with time zone"
    told = str(MOMENT.replace(tzinfo=None)) if IS_SQLITE else MOMENT
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE axes_accesslog (id integer, username text, ip_address {address}, "
            f"attempt_time {moment})"
        )
        cursor.execute("CREATE TABLE axes_accessattempt (id integer)")
        for number, who in enumerate((staff.username, "dare-ka", None)):
            cursor.execute(
                "INSERT INTO axes_accesslog VALUES (%s, %s, '192.0.2.9', %s)", [number, who, told]
            )
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        MIGRATION.carry_over(apps, editor)
        MIGRATION.carry_over(apps, editor)

    assert list(
        SignIn.objects.values_list("username", "user", "address", "outcome", "tried_at")
    ) == [(staff.username, staff.pk, "192.0.2.9", "succeeded", MOMENT)]
    assert [name for name in connection.introspection.table_names() if "axes" in name] == []
