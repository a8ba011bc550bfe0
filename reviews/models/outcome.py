"""What editions made of decisions: recorded when an edition comes into force, and recalled when that is called off."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q

from kirishima_dx.constraints import filled, one_of
from plans.models import Edition, FocusItem
from reviews.enums import OutcomeKind
from reviews.models.decision import Decision
from reviews.querysets import OutcomeQuerySet


class DecisionOutcome(models.Model):
    """決定の扱い: what an edition made of a decision: 反映 in one text, 施行の根拠, 見送り with the reason (rule O3).

    Written when the edition is adopted, never changed. `focus_item` or the lasting `place` say which text, `label`
    what it was called then. It stops counting by an OutcomeRecall.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="outcomes")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="decision_outcomes", verbose_name="版"
    )
    kind = models.CharField("扱い", max_length=10, choices=OutcomeKind)
    focus_item = models.ForeignKey(
        FocusItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decision_outcomes",
        verbose_name="重点項目",
    )
    place = models.CharField("箇所", max_length=80, blank=True)
    label = models.TextField("箇所の名称（当時）", blank=True)
    reason = models.TextField("見送りの理由", blank=True)
    recorded_at = models.DateTimeField("記録日時")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    recorded_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "決定の扱い"
        verbose_name_plural = "決定の扱い"
        ordering = ("recorded_at", "pk")
        constraints = (
            one_of("kind", OutcomeKind, name="outcome_kind_known"),
            models.CheckConstraint(
                name="outcome_says_where_or_why",
                condition=Q(
                    Q(kind=OutcomeKind.REFLECTED, reason="")
                    & (Q(focus_item__isnull=False, place="") | Q(focus_item__isnull=True))
                    & (Q(focus_item__isnull=False) | filled("place"))
                    & filled("label")
                )
                | Q(kind=OutcomeKind.BASIS, focus_item__isnull=True, place="", label="", reason="")
                | Q(
                    Q(kind=OutcomeKind.DEFERRED, focus_item__isnull=True, place="", label=""),
                    filled("reason"),
                ),
            ),
        )

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """Return 第2.1版に反映：1-C-1 …, 第2.1版の施行の根拠 or 第2.1版では見送り（理由）."""
        edition = f"第{self.edition.number}版"
        match self.kind:
            case OutcomeKind.REFLECTED:
                return f"{edition}に反映：{self.label}"
            case OutcomeKind.BASIS:
                return f"{edition}の施行の根拠"
        return f"{edition}では見送り（{self.reason}）"


@dataclass(frozen=True)
class Reflection:
    """A text that reads otherwise upon a decision: an item or, by its lasting place, another part; its name."""

    decision: Decision
    focus_item: FocusItem | None
    place: str
    label: str


class OutcomeRecall(models.Model):
    """決定の扱いの取消し: that an outcome counts no longer, because the adoption of its edition was called off."""

    outcome = models.OneToOneField(
        DecisionOutcome, on_delete=models.PROTECT, related_name="recall", verbose_name="決定の扱い"
    )
    reason = models.TextField("理由")
    recalled_at = models.DateTimeField("記録日時")
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    recalled_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "決定の扱いの取消し"
        verbose_name_plural = "決定の扱いの取消し"
        ordering = ("recalled_at", "pk")
        constraints = (
            models.CheckConstraint(name="outcome_recall_has_reason", condition=filled("reason")),
        )

    def __str__(self) -> str:
        return f"{self.outcome} 取消し"
