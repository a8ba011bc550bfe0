"""改定の検討: whether the year's update of the plan was considered, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kirishima_dx.constraints import filled, one_of
from kirishima_dx.fiscal_year import fiscal_year_wareki
from plans.models import Edition, Plan
from reviews.enums import ConsiderationOutcome
from reviews.models.meeting import Meeting


class Consideration(models.Model):
    """改定の検討: that the year's update was considered, what came of it, why, and at which sitting.

    The plan asks for the consideration, not for a new number: 「毎年度…見直し」. Never edited; a later one of the year
    takes its place. `edition` is the draft that was opened upon it; set once.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="considerations")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    outcome = models.CharField("結論", max_length=10, choices=ConsiderationOutcome)
    reason = models.TextField("理由")
    considered_on = models.DateField("検討した日")
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="considerations",
        verbose_name="検討した会議",
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="considerations",
        verbose_name="これにより作成した案",
    )
    recorded_at = models.DateTimeField("記録日時")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    recorded_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "改定の検討"
        verbose_name_plural = "改定の検討"
        ordering = ("-fiscal_year", "-recorded_at", "-pk")
        constraints = (
            one_of("outcome", ConsiderationOutcome, name="consideration_outcome_known"),
            models.CheckConstraint(name="consideration_has_reason", condition=filled("reason")),
            models.CheckConstraint(
                name="consideration_draft_of_revision",
                condition=Q(edition__isnull=True) | Q(outcome=ConsiderationOutcome.REVISE),
            ),
        )

    def __str__(self) -> str:
        return f"{fiscal_year_wareki(self.fiscal_year)} {self.get_outcome_display()}"

    def get_absolute_url(self) -> str:
        return f"{reverse('considerations')}#consideration-{self.pk}"
