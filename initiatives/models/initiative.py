"""The live record of a focus item, and who is responsible for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from initiatives.enums import ResponsibilityKind
from initiatives.querysets import InitiativeQuerySet, ResponsibilityQuerySet
from kirishima_dx.constraints import both_or_neither, one_of
from people.models import Department
from plans.models import FocusItem


class Initiative(models.Model):
    """取組: lives on through all editions; made when something is first recorded of its item.

    `revision` counts what was recorded. A form carries the revision it was opened on, and writers take turns on the
    row, so that nobody overwrites what they have not seen (G4).
    """

    focus_item = models.OneToOneField(
        FocusItem, on_delete=models.PROTECT, related_name="initiative"
    )
    revision = models.PositiveIntegerField(default=0)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = "取組"
        verbose_name_plural = "取組"
        ordering = ("focus_item",)

    def __str__(self) -> str:
        return str(self.focus_item)


class Responsibility(models.Model):
    """Which department leads or supports an initiative, from when until when (last day; empty: until further notice).

    A change ends the row and begins another, so that any day can be asked. A period that ended before it began
    (`valid_until` < `valid_from`) was taken back on the day it was made and never counted.
    """

    REPEATED_DAYS = ("valid_until",)
    """It ends on the eve of what was planned."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="responsibilities"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="responsibilities"
    )
    kind = models.CharField("区分", max_length=10, choices=ResponsibilityKind)
    valid_from = models.DateField("開始日")
    valid_until = models.DateField("終了日", null=True, blank=True)
    reason = models.TextField("設定の理由", blank=True)
    assigned_at = models.DateTimeField("設定日時")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="設定者"
    )
    ended_at = models.DateTimeField("終了の記録日時", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = "担当"
        verbose_name_plural = "担当"
        ordering = ("initiative", "kind", "department__order", "pk")
        constraints = (
            one_of("kind", ResponsibilityKind, name="responsibility_kind_known"),
            models.UniqueConstraint(
                fields=("initiative",),
                condition=Q(kind=ResponsibilityKind.LEAD, valid_until__isnull=True),
                name="responsibility_one_lead",
            ),
            models.UniqueConstraint(
                fields=("initiative", "department"),
                condition=Q(valid_until__isnull=True),
                name="responsibility_department_once",
            ),
            both_or_neither("ended_at", "ended_by", name="responsibility_ended_pair"),
            models.CheckConstraint(
                name="responsibility_ended_with_date",
                condition=Q(valid_until__isnull=True, ended_at__isnull=True)
                | Q(valid_until__isnull=False, ended_at__isnull=False),
            ),
        )
        indexes = (models.Index(F("initiative"), F("valid_from"), name="responsibility_by_day"),)

    def __str__(self) -> str:
        return f"{self.initiative} {self.get_kind_display()} {self.department}"
