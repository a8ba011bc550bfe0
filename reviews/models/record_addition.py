"""追記: what is added to the closed record of a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kirishima_dx.clock import day_of
from kirishima_dx.constraints import filled
from kirishima_dx.fiscal_year import wareki_date
from reviews.models.decision import Decision
from reviews.models.meeting import AgendaItem, Meeting
from reviews.querysets import RecordAdditionQuerySet


class RecordAddition(models.Model):
    """追記: what is added to the closed record of a meeting, and why. Append-only.

    One that corrects a decision names it. One that was written by mistake stays, and another that takes it back names
    it: then it corrects nothing any more. What takes back is not taken back itself.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="additions")
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="additions"
    )
    corrects = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="訂正する決定",
    )
    takes_back = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_back_by",
        verbose_name="取り消す追記",
    )
    text = models.TextField("追記")
    reason = models.TextField("追記の理由")
    added_at = models.DateTimeField("記録日時")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    added_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    objects = RecordAdditionQuerySet.as_manager()

    class Meta:
        verbose_name = "議事の追記"
        verbose_name_plural = "議事の追記"
        ordering = ("meeting", "added_at", "pk")
        constraints = (
            models.CheckConstraint(name="addition_explained", condition=filled("text", "reason")),
            models.CheckConstraint(
                name="addition_corrects_or_takes_back",
                condition=Q(corrects__isnull=True) | Q(takes_back__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting} 追記"

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back_by")

    @property
    def head(self) -> str:
        """Return 追記, and what it corrects or takes back."""
        if self.corrects is not None:
            told = f"追記（{self.corrects.code}の訂正）"
        elif self.takes_back is not None:
            told = f"{wareki_date(day_of(self.takes_back.added_at))}の追記の取消し"
        else:
            told = "追記"
        return f"{told}（取り消されています）" if self.is_taken_back else told

    @property
    def in_words(self) -> str:
        """Return what it says with its day, as lists and papers tell it beside a decision."""
        return f"（{wareki_date(day_of(self.added_at))}の追記）{self.text}"
