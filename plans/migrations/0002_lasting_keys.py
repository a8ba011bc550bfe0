"""Give each axis and policy the key by which it is known from edition to edition: where it first stood."""

from typing import Any

from django.db import migrations, models

GUARDED = ("plans_axis", "plans_policy")


def _step_aside(schema_editor: Any) -> None:
    """Let the texts of editions in force be given keys; the guards are installed anew after every migrate.

    On SQLite they are away already (kirishima_dx.guards).
    """
    if schema_editor.connection.vendor == "postgresql":
        for table in GUARDED:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed_update ON {table}")


def give_keys(apps: Any, schema_editor: Any) -> None:
    """Until now nothing could move: an axis is known by its number, a policy by number and letter."""
    _step_aside(schema_editor)
    for axis in apps.get_model("plans", "Axis").objects.filter(key=""):
        type(axis).objects.filter(pk=axis.pk).update(key=str(axis.number))
    policies = apps.get_model("plans", "Policy").objects.filter(key="").select_related("axis")
    for policy in policies:
        key = f"{policy.axis.number}-{policy.letter}"
        type(policy).objects.filter(pk=policy.pk).update(key=key)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name='axis',
            name='key',
            field=models.SlugField(default='', max_length=20, verbose_name='軸の識別子'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='policy',
            name='key',
            field=models.SlugField(default='', max_length=20, verbose_name='取組方針の識別子'),
            preserve_default=False,
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
