"""Make the table of the content token, and its one row."""

from uuid import uuid4

from django.db import migrations, models


def make_row(apps, schema_editor):
    rows = apps.get_model("kirishima_dx", "ContentToken").objects.using(schema_editor.connection.alias)
    if not rows.exists():
        rows.create(value=uuid4().hex)


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
        migrations.RunPython(make_row, migrations.RunPython.noop),
    ]
