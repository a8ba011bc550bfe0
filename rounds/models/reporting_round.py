"""照会: asking the departments how their items stand."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kirishima_dx.constraints import both_or_neither, filled, one_of
from kirishima_dx.fiscal_year import fiscal_year_wareki
from people.models import Department
from plans.models import Plan
from rounds.enums import OverdueRule, RoundKind


class ReportingRound(models.Model):
    """照会: what period is asked about, of which day, and in which window it is answered.

    `period_from`, `period_until` are the first and last day asked about, `as_of` the 基準日 of the answers,
    `opens_on`, `due_on` the first and last day to answer. A round only closes; a department's deadline moves by an
    Extension, a single answer's by being reopened. What is accepted in a rehearsal (練習) becomes no entry.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("区分", max_length=12, choices=RoundKind)
    title = models.CharField("名称", max_length=60, blank=True)
    period_from = models.DateField("対象期間の初日")
    period_until = models.DateField("対象期間の末日")
    as_of = models.DateField("基準日")
    opens_on = models.DateField("回答の開始日")
    due_on = models.DateField("回答の期限")
    instructions = models.TextField("記入のお願い", blank=True)
    asks_certification = models.BooleanField("確認者の確認を求める", default=False)
    overdue_rule = models.CharField("期限後の回答", max_length=8, choices=OverdueRule)
    is_rehearsal = models.BooleanField("練習", default=False)
    opened_at = models.DateTimeField("開始の記録日時")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="開始者"
    )
    opened_by_name = models.CharField("開始者の氏名（当時）", max_length=100)
    closed_at = models.DateTimeField("締切の記録日時", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_by_name = models.CharField("締切者の氏名（当時）", max_length=100, blank=True)

    class Meta:
        verbose_name = "照会"
        verbose_name_plural = "照会"
        ordering = ("-opened_at", "-pk")
        constraints = (
            one_of("kind", RoundKind, name="round_kind_known"),
            one_of("overdue_rule", OverdueRule, name="round_overdue_rule_known"),
            models.CheckConstraint(
                name="round_ad_hoc_is_named",
                condition=~Q(kind=RoundKind.AD_HOC) | filled("title"),
            ),
            models.CheckConstraint(
                name="round_days_in_order",
                condition=Q(period_until__gte=F("period_from"), due_on__gte=F("opens_on"))
                & Q(as_of__lte=F("due_on")),
            ),
            both_or_neither("closed_at", "closed_by", name="round_closed_pair"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round_board", args=[self.pk])

    @property
    def name(self) -> str:
        """Return 令和8年度 上半期, or the year and the title that it bears."""
        own = self.title or self.get_kind_display()
        return f"{fiscal_year_wareki(self.fiscal_year)} {own}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def has_begun(self, at: date) -> bool:
        return self.opens_on <= at


class Extension(models.Model):
    """A later deadline for one department, or for all where none is named, and why. The latest day counts."""

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="extensions")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("延長後の期限")
    reason = models.TextField("理由")
    extended_at = models.DateTimeField("記録日時")
    extended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    extended_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "期限の延長"
        verbose_name_plural = "期限の延長"
        ordering = ("round", "extended_at", "pk")
        constraints = (
            models.CheckConstraint(name="extension_has_reason", condition=filled("reason")),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.department or 'すべての部署'} {self.due_on:%Y-%m-%d}"


class Reminder(models.Model):
    """督促: what was asked of a department once more; `mailed_to` is empty where the text was handed on by people."""

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="reminders")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("本文")
    mailed_to = models.EmailField("送付先", blank=True)
    reminded_at = models.DateTimeField("記録日時")
    reminded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    reminded_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "督促"
        verbose_name_plural = "督促"
        ordering = ("round", "reminded_at", "pk")

    def __str__(self) -> str:
        return f"{self.round} {self.department}"
