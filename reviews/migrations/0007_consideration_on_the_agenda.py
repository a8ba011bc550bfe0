"""An agenda item may be the 改定の検討 of the year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0003_address_of_evidence_downloads"),
        ("plans", "0003_plan_history"),
        ("reviews", "0006_questions_to_the_headquarters"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agendaitem",
            name="agenda_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="agendaitem",
            name="agenda_names_its_matter",
        ),
        migrations.AlterField(
            model_name="agendaitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("report", "年次報告"),
                    ("problem", "課題・協議事項"),
                    ("item", "重点項目"),
                    ("amendment", "改定案"),
                    ("consider", "改定の検討"),
                    ("other", "その他"),
                ],
                max_length=12,
                verbose_name="区分",
            ),
        ),
        migrations.AlterField(
            model_name="historicalagendaitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("report", "年次報告"),
                    ("problem", "課題・協議事項"),
                    ("item", "重点項目"),
                    ("amendment", "改定案"),
                    ("consider", "改定の検討"),
                    ("other", "その他"),
                ],
                max_length=12,
                verbose_name="区分",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["report", "problem", "item", "amendment", "consider", "other"])
                ),
                name="agenda_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("edition__isnull", True),
                        ("entry__isnull", True),
                        ("focus_item__isnull", True),
                        ("kind", "report"),
                        ("report__isnull", False),
                    ),
                    models.Q(
                        ("edition__isnull", True),
                        ("entry__isnull", False),
                        ("focus_item__isnull", False),
                        ("kind", "problem"),
                        ("report__isnull", True),
                    ),
                    models.Q(
                        ("edition__isnull", True),
                        ("entry__isnull", True),
                        ("focus_item__isnull", False),
                        ("kind", "item"),
                        ("report__isnull", True),
                    ),
                    models.Q(
                        ("edition__isnull", False),
                        ("entry__isnull", True),
                        ("focus_item__isnull", True),
                        ("kind", "amendment"),
                        ("report__isnull", True),
                    ),
                    models.Q(
                        ("edition__isnull", True),
                        ("entry__isnull", True),
                        ("focus_item__isnull", True),
                        ("kind", "consider"),
                        ("report__isnull", True),
                    ),
                    models.Q(
                        ("edition__isnull", True),
                        ("entry__isnull", True),
                        ("focus_item__isnull", True),
                        ("kind", "other"),
                        ("report__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="agenda_names_its_matter",
            ),
        ),
    ]
