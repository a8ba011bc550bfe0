"""Make the table of the content token, and its one row."""

from uuid import uuid4

from django.db import migrations, models


def make_row(apps, schema_editor):
    rows = apps.get_model("kirishima_dx", "ContentToken").objects.using(schema_editor.connection.alias)
    if not rows.exists():
        rows.create(value=uuid4().hex)


def forget(apps, schema_editor):
    """Take away what would write into the table on PostgreSQL; SQLite's triggers are away during a migrate."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS kirishima_dx_content_moves() CASCADE")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ContentToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=36, verbose_name='値')),
            ],
            options={
                'verbose_name': '内容の印',
                'verbose_name_plural': '内容の印',
            },
        ),
        migrations.RunPython(make_row, forget),
    ]
