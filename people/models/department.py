"""Departments under the names they bear in a period, and which took over from which."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kirishima_dx.constraints import both_or_neither, filled
from kirishima_dx.history import tracked
from kirishima_dx.spreadsheets.list_upload import ListUpload
from people.querysets import DepartmentQuerySet, DepartmentSuccessionQuerySet


class Department(models.Model):
    """A unit of the city (課) under the name it bore in a period.

    機構改革 renames and merges units: the old row ends, a new row begins, and what was said under the old name
    keeps it. `valid_until` is the last day; empty means until further notice. `valid_from` empty means always. One
    that was to begin with a handover and was called off with it (`called_off_on`) never was.
    """

    code = models.SlugField(
        "コード",
        max_length=40,
        unique=True,
        help_text="部署を見分けるための短い符号です。半角の英数字とハイフンで自由に決めます（例：hojo-fukushi）。"
        "画面のアドレスやExcelの照合に使うので、一度決めたら変えません。廃止した部署の符号も使い回しません。",
        error_messages={"unique": "このコードは、すでに別の部署に使われています。"},
    )
    name = models.CharField("名称", max_length=100)
    division = models.CharField("部", max_length=100, blank=True)
    order = models.PositiveIntegerField(
        "並び順", default=0, help_text="一覧に並べる順です。小さい数から並びます。"
    )
    email = models.EmailField(
        "メールアドレス",
        blank=True,
        help_text="課の共用アドレスです。照会と督促のお知らせを送ります。職員個人のアドレスは入れません。",
    )
    valid_from = models.DateField("設置日", null=True, blank=True)
    valid_until = models.DateField("廃止日（最終日）", null=True, blank=True)
    called_off_on = models.DateField("設置を取りやめた日", null=True, blank=True, editable=False)

    history = tracked()
    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "部署"
        verbose_name_plural = "部署"
        ordering = ("order", "code")
        constraints = (
            models.CheckConstraint(name="department_named", condition=filled("code", "name")),
            models.CheckConstraint(
                name="department_period_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message="廃止日は設置日以後の日にしてください。",
            ),
            models.CheckConstraint(
                name="department_called_off_before_it_began",
                condition=Q(called_off_on__isnull=True)
                | Q(valid_from__isnull=False, called_off_on__lt=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def place_order(self) -> tuple[int, str]:
        """Return where the department stands in the city's list, for sorting."""
        return self.order, self.code

    def is_valid_on(self, day: date) -> bool:
        has_begun = self.valid_from is None or self.valid_from <= day
        goes_on = self.valid_until is None or self.valid_until >= day
        return has_begun and goes_on and self.called_off_on is None

    def has_ended_by(self, day: date) -> bool:
        """Whether its last day has passed; one that is still to come has not ended."""
        return self.valid_until is not None and self.valid_until < day


class DepartmentSuccession(models.Model):
    """One department took over from another on a day (機構改革). Append-only.

    名称変更 is one row, 分割 several with one `before`, 統合 several with one `after`. Two departments are joined once,
    apart from what was called off before its day (the database sees to that).
    """

    before = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="succeeded_by", verbose_name="前身"
    )
    after = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="preceded_by", verbose_name="後継"
    )
    effective_from = models.DateField("引継ぎの日")
    reason = models.TextField("理由")
    recorded_at = models.DateTimeField("記録日時")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )

    objects = DepartmentSuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "部署の引継ぎ"
        verbose_name_plural = "部署の引継ぎ"
        ordering = ("effective_from", "before", "after")
        constraints = (
            models.CheckConstraint(name="succession_of_another", condition=~Q(before=F("after"))),
            models.CheckConstraint(name="succession_has_reason", condition=filled("reason")),
        )

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class SuccessionRecall(models.Model):
    """A planned handover was called off before its day, or moved to another one (rule A4). Append-only.

    `recalled_on` is the day of the act; `new_day` is where it was moved to, empty where it was called off.
    """

    REPEATED_DAYS = ("planned_day",)

    succession = models.OneToOneField(
        DepartmentSuccession, on_delete=models.PROTECT, related_name="recall", verbose_name="引継ぎ"
    )
    planned_day = models.DateField("予定していた日")
    reason = models.TextField("理由")
    recalled_on = models.DateField("取りやめた日")
    recalled_at = models.DateTimeField("取りやめの記録日時")
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    new_day = models.DateField("変更後の日", null=True, blank=True)

    class Meta:
        verbose_name = "引継ぎの取りやめ"
        verbose_name_plural = "引継ぎの取りやめ"
        ordering = ("recalled_at", "pk")
        constraints = (
            models.CheckConstraint(name="succession_recall_has_reason", condition=filled("reason")),
            models.CheckConstraint(
                name="succession_recall_before_the_day",
                condition=Q(recalled_on__lt=F("planned_day")),
            ),
        )

    def __str__(self) -> str:
        return str(self.succession)


class DepartmentListUpload(ListUpload):
    """A list of departments that was sent in."""

    class Meta(ListUpload.Meta):
        verbose_name = "部署一覧の取込み"
        verbose_name_plural = "部署一覧の取込み"
        constraints = (
            both_or_neither("applied_at", "applied_by", name="department_upload_applied_pair"),
        )
