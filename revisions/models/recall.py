"""On which decision an adoption rested that was called off."""

from django.db import models

from plans.models import RecalledAdoption
from reviews.models.decision import Decision


class RecalledDecision(models.Model):
    """The decision that a called-off adoption rested on; it may be adopted upon again."""

    recall = models.OneToOneField(
        RecalledAdoption, on_delete=models.PROTECT, related_name="recalled_decision"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="recalled_adoptions"
    )

    class Meta:
        verbose_name = "取りやめた施行の根拠とした決定"
        verbose_name_plural = "取りやめた施行の根拠とした決定"
        ordering = ("recall",)

    def __str__(self) -> str:
        return f"{self.recall} {self.decision}"
