"""Carry over the sign-ins that django-axes had noted until 0.3, and let its tables go.

It kept who came in and when; of failures it kept counts alone, and threw them away.
"""

from datetime import UTC, datetime

from django.db import migrations

LOG = "axes_accesslog"
RECORD = "django_migrations"
ASKED = "SELECT username, ip_address, attempt_time FROM axes_accesslog ORDER BY id"
TABLES = ("axes_accessattemptexpiration", "axes_accessattempt", "axes_accessfailurelog", LOG)
NAME_LENGTH, ADDRESS_LENGTH, AT_ONCE = 150, 45, 1000


def carry_over(apps, schema_editor):
    connection = schema_editor.connection
    there = set(connection.introspection.table_names())
    if LOG in there:
        _carry(apps, connection)
    for table in TABLES:
        if table in there:
            schema_editor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")
    if there & set(TABLES) and RECORD in there:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")


def _carry(apps, connection):
    """Only those whose account is known: a name alone says nothing of who came in."""
    sign_in = apps.get_model("people", "SignIn")
    users = dict(apps.get_model("people", "User").objects.values_list("username", "pk"))
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        rows = [
            sign_in(
                tried_at=_aware(tried_at),
                username=username[:NAME_LENGTH],
                user_id=users[username],
                address=str(address or "").partition("/")[0][:ADDRESS_LENGTH],
                door="login",
                outcome="succeeded",
            )
            for username, address, tried_at in cursor.fetchall()
            if username in users
        ]
    sign_in.objects.bulk_create(rows, batch_size=AT_ONCE)


def _aware(moment):
    """SQLite answers with text, in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_sign_in")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
