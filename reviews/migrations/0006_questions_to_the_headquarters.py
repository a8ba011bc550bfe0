"""What an agenda item asks of the 本部, and from which meeting on agendas say so."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def let_open_meetings_ask(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the meetings that may still be prepared or recorded name their questions; a closed record stays as it is."""
    meetings = apps.get_model("reviews", "Meeting").objects.using(schema_editor.connection.alias)
    meetings.filter(closed_at__isnull=True, called_off_at__isnull=True).update(names_questions=True)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_decision_outcomes")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="question",
                field=models.TextField(blank=True, default="", verbose_name="お諮りすること"),
                preserve_default=False,
            )
            for model in ("agendaitem", "historicalagendaitem")
        ),
        *(
            migrations.AlterField(
                model_name=model,
                name="explanation",
                field=models.TextField(blank=True, verbose_name="説明・案"),
            )
            for model in ("agendaitem", "historicalagendaitem")
        ),
        *(
            migrations.AddField(
                model_name=model,
                name="names_questions",
                field=models.BooleanField(
                    default=False, editable=False, verbose_name="諮ることを議題に書く会議"
                ),
            )
            for model in ("meeting", "historicalmeeting")
        ),
        migrations.RunPython(let_open_meetings_ask, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=model,
                name="names_questions",
                field=models.BooleanField(
                    default=True, editable=False, verbose_name="諮ることを議題に書く会議"
                ),
            )
            for model in ("meeting", "historicalmeeting")
        ),
    ]
