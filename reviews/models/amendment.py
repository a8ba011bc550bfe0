"""Why a draft edition differs from the edition in force."""

from django.conf import settings
from django.db import models

from kirishima_dx.constraints import filled, one_of
from plans.models import Edition, FocusItem
from reviews.enums import AmendmentKind


class Amendment(models.Model):
    """改定: one change of one item in a draft edition, with its reason. Never edited; fixed with its edition."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="amendments", verbose_name="版"
    )
    focus_item = models.ForeignKey(
        FocusItem, on_delete=models.PROTECT, related_name="amendments", verbose_name="重点項目"
    )
    kind = models.CharField("種類", max_length=12, choices=AmendmentKind)
    reason = models.TextField("理由")
    amended_at = models.DateTimeField("記録日時")
    amended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    amended_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "改定"
        verbose_name_plural = "改定"
        ordering = ("amended_at", "pk")
        constraints = (
            one_of("kind", AmendmentKind, name="amendment_kind_known"),
            models.CheckConstraint(name="amendment_has_reason", condition=filled("reason")),
        )

    def __str__(self) -> str:
        return f"{self.focus_item} {self.get_kind_display()}"
