"""The annual report of a fiscal year, issue by issue."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kirishima_dx.constraints import both_or_neither, filled, one_of
from kirishima_dx.fiscal_year import fiscal_year_wareki
from kirishima_dx.history import tracked
from plans.models import Edition, Plan
from reviews.enums import ReportStatus
from reviews.querysets import AnnualReportQuerySet


class IssueManager(models.Manager.from_queryset(AnnualReportQuerySet)):  # type: ignore[misc]  # Made at run time.
    """The issues that count: all but drafts that were given up."""

    def get_queryset(self) -> AnnualReportQuerySet:
        issues: AnnualReportQuerySet = super().get_queryset()
        return issues.filter(abandoned_at__isnull=True)


_CORRECTS = Q(abandoned_at__isnull=True, corrects__isnull=False) | Q(
    abandoned_at__isnull=False, corrects__isnull=True
)


class AnnualReport(models.Model):
    """年次報告: one issue of the report of one fiscal year, 作成中 → 確定.

    A sealed issue never changes and is never unsealed (R1, R2): what it shows is its own passages and tables, not the
    live records. A mistake is corrected by the next issue, which names the one it corrects and why.
    A draft may be given up: its words stay, its year and number are free again, and it corrects nothing any more. Only
    `everything` finds it, and what named it before; `objects` are the issues that count.
    `version` counts the savings of the draft's words (G4).
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="annual_reports")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("号", default=1)
    status = models.CharField(
        "状態", max_length=8, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    as_of = models.DateField("基準日")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="annual_reports", verbose_name="版"
    )
    overview = models.TextField("総括", blank=True)
    technology_trends = models.TextField("技術動向", blank=True)
    national_trends = models.TextField("国・県の動向", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.TextField("訂正の理由", blank=True)
    opened_at = models.DateTimeField("作成日時")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sealed_at = models.DateTimeField("確定日時", null=True, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seal_reason = models.TextField("確定の理由", blank=True)
    digest = models.CharField("ダイジェスト（SHA-256）", max_length=64, blank=True)
    abandoned_at = models.DateTimeField("取りやめの日時", null=True, blank=True)
    abandoned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    abandoned_by_name = models.CharField("取りやめた人（当時）", max_length=100, blank=True)
    abandoned_because = models.TextField("取りやめの理由", blank=True)

    history = tracked()
    objects = IssueManager()
    everything = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = "年次報告"
        verbose_name_plural = "年次報告"
        ordering = ("-fiscal_year", "-number")
        constraints = (
            one_of("status", ReportStatus, name="report_status_known"),
            models.UniqueConstraint(
                fields=("plan", "fiscal_year", "number"),
                condition=Q(abandoned_at__isnull=True),
                name="report_number_once",
            ),
            models.UniqueConstraint(
                fields=("plan", "fiscal_year"),
                condition=Q(status=ReportStatus.DRAFT, abandoned_at__isnull=True),
                name="report_one_draft_a_year",
            ),
            both_or_neither("sealed_at", "sealed_by", name="report_sealed_pair"),
            models.CheckConstraint(
                name="report_sealed_whole",
                condition=Q(status=ReportStatus.DRAFT, sealed_at__isnull=True, digest="")
                | (
                    Q(status=ReportStatus.SEALED, sealed_at__isnull=False)
                    & filled("digest", "seal_reason", "overview")
                ),
            ),
            models.CheckConstraint(
                name="report_correction_names_what_and_why",
                condition=Q(number=1, corrects__isnull=True, correction_reason="")
                | Q(number__gt=1) & filled("correction_reason") & _CORRECTS,
            ),
            models.CheckConstraint(
                name="report_corrects_an_earlier_issue",
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
            ),
            both_or_neither("abandoned_at", "abandoned_by", name="report_abandoned_pair"),
            models.CheckConstraint(
                name="report_abandoned_draft_with_reason",
                condition=Q(abandoned_at__isnull=True, abandoned_because="")
                | Q(abandoned_at__isnull=False, status=ReportStatus.DRAFT)
                & filled("abandoned_because"),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.is_abandoned:
            return f"{reverse('report_list')}#abandoned-{self.pk}"
        return reverse("report_issue", args=[self.fiscal_year, self.number])

    @property
    def title(self) -> str:
        """Return 令和8年度 年次報告（第2号）; the first issue bears no number, one that was given up says so."""
        issue = f"（第{self.number}号）" if self.number > 1 else ""
        end = "（取りやめ）" if self.is_abandoned else ""
        return f"{fiscal_year_wareki(self.fiscal_year)} 年次報告{issue}{end}"

    @property
    def is_sealed(self) -> bool:
        return self.status == ReportStatus.SEALED

    @property
    def was_published(self) -> bool:
        return hasattr(self, "publication")

    @property
    def is_withheld(self) -> bool:
        """Whether nobody reads it any more (A3)."""
        return hasattr(self, "withholding")

    @property
    def is_abandoned(self) -> bool:
        """Whether it is a draft that was given up."""
        return self.abandoned_at is not None

    @property
    def is_published(self) -> bool:
        """Whether anyone may read it."""
        return self.was_published and not self.is_withheld

    def get_workbook_url(self) -> str:
        return reverse("report_issue_workbook", args=[self.fiscal_year, self.number])


class Publication(models.Model):
    """公表: from when on anyone may read a sealed issue, and who let them. Append-only."""

    report = models.OneToOneField(
        AnnualReport, on_delete=models.PROTECT, related_name="publication"
    )
    reason = models.TextField("公表の理由")
    published_at = models.DateTimeField("公表日時")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="公表者"
    )
    published_by_name = models.CharField("公表者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "年次報告の公表"
        verbose_name_plural = "年次報告の公表"
        ordering = ("published_at", "pk")
        constraints = (
            models.CheckConstraint(name="publication_has_reason", condition=filled("reason")),
        )

    def __str__(self) -> str:
        return f"{self.report} 公表"


class Withholding(models.Model):
    """差し控え: a sealed issue that tells of personal data is read by nobody any more, and why (A3). Append-only.

    The issue itself stays as it was sealed (R1), its digest in public; the next issue takes its place.
    """

    report = models.OneToOneField(
        AnnualReport, on_delete=models.PROTECT, related_name="withholding"
    )
    reason = models.TextField("差し控えの理由")
    withheld_at = models.DateTimeField("差し控えの日時")
    withheld_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    withheld_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "年次報告の差し控え"
        verbose_name_plural = "年次報告の差し控え"
        ordering = ("withheld_at", "pk")
        constraints = (
            models.CheckConstraint(name="withholding_has_reason", condition=filled("reason")),
        )

    def __str__(self) -> str:
        return f"{self.report} 差し控え"
