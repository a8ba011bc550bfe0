"""What was planned of a responsibility and called off before its day (rule A4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from initiatives.models.initiative import Responsibility
from kirishima_dx.constraints import filled


class ResponsibilityRecall(models.Model):
    """A planned beginning or end of a responsibility that was called off or moved. Append-only.

    `planned_day` is the first day of what was planned, `planned_until` the last day of a responsibility that was to
    end; empty: it was to begin. `recalled_on` is the day of the act. `new_day` is where the plan was moved to; empty:
    it was called off. `new_until` is the end that the responsibility has instead; empty: until further notice.
    """

    REPEATED_DAYS = ("planned_day", "planned_until", "new_until")

    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="recalls", verbose_name="担当"
    )
    planned_day = models.DateField("予定していた日")
    planned_until = models.DateField("予定していた終了日", null=True, blank=True)
    planned_at = models.DateTimeField("予定の記録日時")
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="予定者"
    )
    reason = models.TextField("理由")
    recalled_on = models.DateField("取りやめた日")
    recalled_at = models.DateTimeField("取りやめの記録日時")
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    new_day = models.DateField("変更後の日", null=True, blank=True)
    new_until = models.DateField("変更後の終了日", null=True, blank=True)

    class Meta:
        verbose_name = "担当の予定の取りやめ"
        verbose_name_plural = "担当の予定の取りやめ"
        ordering = ("recalled_at", "pk")
        constraints = (
            models.CheckConstraint(name="recall_has_reason", condition=filled("reason")),
            models.CheckConstraint(
                name="recall_before_the_day", condition=Q(recalled_on__lt=F("planned_day"))
            ),
            models.CheckConstraint(
                name="recall_of_an_end_in_order",
                condition=Q(planned_until__isnull=True)
                | Q(planned_until__lt=F("planned_day"), planned_until__gte=F("recalled_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.responsibility} {self.planned_day:%Y-%m-%d}"
