"""The plan as an institution, and its editions."""

from datetime import date
from functools import total_ordering
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kirishima_dx.constraints import both_or_neither, filled, one_of
from kirishima_dx.fiscal_year import fiscal_year_wareki
from kirishima_dx.history import tracked
from plans.enums import ADOPTED, EditionStatus
from plans.querysets import EditionQuerySet, PlanQuerySet

if TYPE_CHECKING:
    from plans.models.recall import RecalledAdoption


class Plan(models.Model):
    """計画（未来図）: outlives its editions. A city has one; the database can hold several.

    Its code stays: files and the setting PLAN_CODE speak of it. Its names are set right by `rename_plan` alone.
    """

    code = models.SlugField("コード", max_length=60, unique=True)
    name = models.CharField("名称", max_length=100)
    municipality = models.CharField("地方公共団体名", max_length=60)
    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    is_demo = models.BooleanField("デモ", default=False)

    objects = PlanQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = "計画"
        verbose_name_plural = "計画"
        constraints = (
            models.CheckConstraint(
                name="plan_named", condition=filled("code", "name", "municipality")
            ),
        )

    def __str__(self) -> str:
        return self.name


@total_ordering
class Edition(models.Model):
    """版: one wording of the whole plan, 案 → 施行中 → 旧版, or 案 → 取りやめた案.

    While 案 its text may be edited. From adoption on the database refuses any change of its text (T1); only the step
    from 施行中 to 旧版 remains and, until its day has come, the steps of a RecalledAdoption. One draft and one edition
    in force a plan (T2). An abandoned draft is kept as it was and gives its number back. `version` counts the savings
    of the facts on its cover (G4).
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="editions", verbose_name="計画"
    )
    major = models.PositiveSmallIntegerField("版番号（整数部）")
    minor = models.PositiveSmallIntegerField("版番号（小数部）")
    status = models.CharField(
        "状態", max_length=12, choices=EditionStatus, default=EditionStatus.DRAFT
    )
    base = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="もとにした版",
    )
    first_fiscal_year = models.PositiveSmallIntegerField("計画期間の最初の年度")
    last_fiscal_year = models.PositiveSmallIntegerField("計画期間の最後の年度")
    issuer = models.CharField("策定者", max_length=100, blank=True)
    last_updated = models.DateField("原案の最終更新日", null=True, blank=True)
    opened_at = models.DateTimeField("作成日時", null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("決定日", null=True, blank=True)
    effective_from = models.DateField("施行日", null=True, blank=True)
    adoption_basis = models.TextField("施行の根拠", blank=True)
    adopted_at = models.DateTimeField("施行の記録日時", null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    abandoned_at = models.DateTimeField("取りやめの日時", null=True, blank=True)
    abandoned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    abandoned_because = models.TextField("取りやめの理由", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    recalled: "RecalledAdoption | None" = None
    """Of an edition as a day that has passed knew it: by what that adoption was taken back or moved since."""
    is_now: "Edition | None" = None
    """What has become of it."""
    kept_text: dict[str, Any] | None = None
    """What it said on such a day, where it has been a draft since (plans/recalls.py)."""

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "版"
        verbose_name_plural = "版"
        ordering = ("plan", "major", "minor")
        constraints = (
            one_of("status", EditionStatus, name="edition_status_known"),
            models.UniqueConstraint(
                fields=("plan", "major", "minor"),
                condition=~Q(status=EditionStatus.ABANDONED),
                name="edition_number_once",
            ),
            models.UniqueConstraint(
                fields=("plan",), condition=Q(status=EditionStatus.DRAFT), name="edition_one_draft"
            ),
            models.UniqueConstraint(
                fields=("plan",),
                condition=Q(status=EditionStatus.IN_FORCE),
                name="edition_one_in_force",
            ),
            models.CheckConstraint(
                name="edition_years_in_order",
                condition=Q(last_fiscal_year__gte=F("first_fiscal_year")),
            ),
            both_or_neither("opened_at", "opened_by", name="edition_opened_pair"),
            both_or_neither("adopted_at", "adopted_by", name="edition_adopted_pair"),
            models.CheckConstraint(
                name="edition_adopted_with_dates",
                condition=Q(
                    ~Q(status__in=ADOPTED),
                    adopted_at__isnull=True,
                    decided_on__isnull=True,
                    effective_from__isnull=True,
                )
                | Q(
                    status__in=ADOPTED,
                    adopted_at__isnull=False,
                    decided_on__isnull=False,
                    effective_from__isnull=False,
                ),
            ),
            both_or_neither("abandoned_at", "abandoned_by", name="edition_abandoned_pair"),
            models.CheckConstraint(
                name="edition_abandoned_with_reason",
                condition=Q(
                    Q(status=EditionStatus.ABANDONED, abandoned_at__isnull=False),
                    filled("abandoned_because"),
                )
                | Q(
                    ~Q(status=EditionStatus.ABANDONED),
                    abandoned_at__isnull=True,
                    abandoned_because="",
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def __lt__(self, other: "Edition") -> bool:
        return (self.major, self.minor) < (other.major, other.minor)

    def get_absolute_url(self) -> str:
        if self.is_abandoned:
            return reverse("abandoned_draft", args=[self.pk])
        return reverse("edition_detail", args=[self.number])

    @property
    def number(self) -> str:
        """Return 2.0."""
        return f"{self.major}.{self.minor}"

    @property
    def mark(self) -> str:
        """Return how a form names the draft it was opened on: by its number and, where drafts that bore it were given
        up before, how many."""
        given_up = Edition.objects.filter(
            plan=self.plan_id,
            major=self.major,
            minor=self.minor,
            status=EditionStatus.ABANDONED,
            pk__lt=self.pk,
        ).count()
        return f"{self.number}+{given_up}" if given_up else self.number

    @property
    def name(self) -> str:
        """Return 第2.0版, with （案） until it is adopted; an abandoned one says so."""
        if self.is_abandoned:
            return f"第{self.number}版（取りやめた案）"
        return f"第{self.number}版（案）" if self.is_draft else f"第{self.number}版"

    @property
    def is_draft(self) -> bool:
        return self.status == EditionStatus.DRAFT

    @property
    def is_abandoned(self) -> bool:
        return self.status == EditionStatus.ABANDONED

    @property
    def is_adopted(self) -> bool:
        return self.status in ADOPTED

    @property
    def is_in_force(self) -> bool:
        return self.status == EditionStatus.IN_FORCE

    @property
    def as_it_is(self) -> "Edition":
        """Return it as it stands now, where it is shown as a day that has passed knew it."""
        return self.is_now or self

    @property
    def was_called_off(self) -> bool:
        """Whether it is shown as a day that has passed knew it, and has been a draft since."""
        return self.kept_text is not None

    @property
    def period(self) -> str:
        """Return 令和8年度～令和9年度."""
        return f"{fiscal_year_wareki(self.first_fiscal_year)}～{fiscal_year_wareki(self.last_fiscal_year)}"

    def leads(self, old: "Edition", new: "Edition") -> bool:
        """Whether it lies on the way from an edition to a later one: after the old, up to the new.

        Nothing came after a draft that was given up: it is on the way to itself alone, behind those it was based on.
        """
        if self == new:
            return old < new
        last = new.base if new.is_abandoned else new
        return last is not None and not self.is_abandoned and old < self <= last

    def took_effect_by(self, day: date) -> bool:
        return self.effective_from is not None and self.effective_from <= day
