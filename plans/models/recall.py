"""An adoption that was taken back, or moved to another day, before its day had come."""

from copy import copy

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kirishima_dx.constraints import filled
from plans.enums import EditionStatus
from plans.models.plan import Edition
from plans.querysets import RecalledAdoptionQuerySet


class RecalledAdoption(models.Model):
    """施行の取りやめ・施行日の変更: what had been recorded of the adoption of an edition, and why it counts no more.

    With a `new_effective_from` the edition stays adopted, for that day; without one it is a draft again, and `kept`
    says what it said while it was adopted (plans/recalls.py). Never edited. The database lets go of an adoption only
    upon such a row: it compares the day of the act with the planned day, and asks no clock.
    """

    REPEATED_DAYS = ("decided_on", "effective_from")

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="recalls", verbose_name="版"
    )
    decided_on = models.DateField("決定日")
    effective_from = models.DateField("予定していた施行日")
    adoption_basis = models.TextField("施行の根拠", blank=True)
    adopted_at = models.DateTimeField("施行の記録日時")
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="施行の記録者",
    )
    adopted_by_name = models.CharField("施行の記録者の氏名（当時）", max_length=100)
    new_effective_from = models.DateField("新しい施行日", null=True, blank=True)
    reason = models.TextField("理由")
    kept = models.JSONField("施行を決めていた間の文言", default=dict, blank=True)
    recalled_on = models.DateField("取りやめ・変更の日")
    recalled_at = models.DateTimeField("記録日時")
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    recalled_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    objects = RecalledAdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "施行の取りやめ・変更"
        verbose_name_plural = "施行の取りやめ・変更"
        ordering = ("edition", "recalled_at")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "adopted_at"), name="recalled_adoption_once"
            ),
            models.CheckConstraint(name="recalled_adoption_has_reason", condition=filled("reason")),
            models.CheckConstraint(
                name="recalled_adoption_before_its_day",
                condition=Q(recalled_on__lt=F("effective_from")),
            ),
            models.CheckConstraint(
                name="recalled_adoption_to_another_day",
                condition=Q(new_effective_from__isnull=True)
                | ~Q(new_effective_from=F("effective_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition} {self.what}"

    @property
    def is_called_off(self) -> bool:
        return self.new_effective_from is None

    @property
    def what(self) -> str:
        return "施行の取りやめ" if self.is_called_off else "施行日の変更"

    def as_planned(self, edition: Edition, kept_by: "RecalledAdoption | None") -> Edition:
        """Return an edition as it stood until this row was written: adopted for the planned day.

        `kept_by` is the row that keeps its text of then, where that has been a draft since. A first edition stands in
        on the days before it as it is now, for the plan had no other text.
        """
        planned = copy(edition)
        planned.recalled, planned.is_now = self, edition
        if kept_by is not None and edition.base_id is None:
            return planned
        planned.status = EditionStatus.IN_FORCE
        planned.decided_on, planned.effective_from = self.decided_on, self.effective_from
        planned.adoption_basis = self.adoption_basis
        planned.adopted_at, planned.adopted_by_id = self.adopted_at, self.adopted_by_id
        planned.abandoned_at = planned.abandoned_by = None
        if kept_by is not None:
            planned.kept_text = kept_by.kept
            for name, value in kept_by.kept.get("cover", {}).items():
                setattr(planned, name, value)
        return planned
