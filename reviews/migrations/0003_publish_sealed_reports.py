"""Publish the reports that were sealed while every sealed report was public: their addresses go on working."""

from typing import Any

from django.db import migrations

REASON = "公表の操作ができる前に確定した報告。確定したときから誰でも読めた。"


def publish_sealed(apps: Any, schema_editor: Any) -> None:
    publication = apps.get_model("reviews", "Publication")
    sealed = apps.get_model("reviews", "AnnualReport").objects.filter(
        status="sealed", publication__isnull=True
    )
    for report in sealed.select_related("sealed_by"):
        publication.objects.create(
            report=report,
            reason=REASON,
            published_at=report.sealed_at,
            published_by=report.sealed_by,
            published_by_name=report.sealed_by.name or report.sealed_by.username,
        )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_meetings_and_decisions")]

    # Going back drops the table with its rows: nothing to undo.
    operations = [migrations.RunPython(publish_sealed, migrations.RunPython.noop)]
