"""決定・指示事項: what the DX推進本部 decided, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kirishima_dx.constraints import filled, one_of
from kirishima_dx.fiscal_year import fiscal_year_short
from kirishima_dx.history import tracked
from people.models import Department
from plans.models import FocusItem
from reviews.enums import OWED_KINDS, DecisionKind, FollowUpStep
from reviews.models.meeting import AgendaItem, Meeting
from reviews.querysets import DecisionQuerySet


def decision_code(fiscal_year: int, meeting: int, number: int) -> str:
    """Return R8-1-3: fiscal year, meeting, decision."""
    return f"{fiscal_year_short(fiscal_year)}-{meeting}-{number}"


class Decision(models.Model):
    """決定・指示事項: fixed once the record of its sitting is closed; what came of it are its FollowUps.

    `number` counts the decisions of a sitting and is never used again. `owner` is who answers for it, under the name
    it then bore; where that department has ended, those that took over from it. What is forgotten is added to a
    closed record with `addition_reason`. `version` counts the savings (G4).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField("番号")
    kind = models.CharField("区分", max_length=16, choices=DecisionKind)
    text = models.TextField("決定・指示の内容")
    owner = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="担当",
    )
    owner_name = models.CharField("担当（当時）", max_length=100, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    focus_items = models.ManyToManyField(
        FocusItem, through="DecisionItem", related_name="decisions", verbose_name="重点項目"
    )
    addition_reason = models.TextField("後から加えた理由", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField("記録日時")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    recorded_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    history = tracked()
    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "決定・指示事項"
        verbose_name_plural = "決定・指示事項"
        ordering = ("-meeting__held_on", "-meeting", "number")
        constraints = (
            one_of("kind", DecisionKind, name="decision_kind_known"),
            models.UniqueConstraint("meeting", "number", name="decision_number_once"),
            models.CheckConstraint(name="decision_written", condition=filled("text")),
            models.CheckConstraint(
                name="decision_owner_named",
                condition=Q(owner__isnull=True, owner_name="")
                | Q(owner__isnull=False) & filled("owner_name"),
            ),
            models.CheckConstraint(
                name="decision_due_of_somebody",
                condition=Q(due_on__isnull=True) | Q(owner__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_owed_by_somebody_until",
                condition=~Q(kind__in=OWED_KINDS) | Q(owner__isnull=False, due_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def code(self) -> str:
        return decision_code(self.meeting.fiscal_year, self.meeting.number, self.number)

    @property
    def is_owed(self) -> bool:
        """Whether somebody has to answer for it."""
        return self.owner_id is not None

    @property
    def can_be_settled(self) -> bool:
        """Whether it may be closed: somebody has to answer for it, or the plan was to read otherwise upon it."""
        return self.is_owed or DecisionKind(self.kind).changes_plan


class DecisionItem(models.Model):
    """Which focus items a decision concerns."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="concerns")
    focus_item = models.ForeignKey(
        FocusItem, on_delete=models.PROTECT, related_name="decision_links"
    )

    class Meta:
        verbose_name = "決定が関わる重点項目"
        verbose_name_plural = "決定が関わる重点項目"
        ordering = ("decision", "focus_item")
        constraints = (
            models.UniqueConstraint("decision", "focus_item", name="decision_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.decision} {self.focus_item}"


class FollowUp(models.Model):
    """対応の経過: one step about a decision. Append-only; the last one says how far it is.

    `number` counts the steps of a decision from 1, so that of two people who act at once one is told (G4).
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField("順")
    step = models.CharField("したこと", max_length=12, choices=FollowUpStep)
    text = models.TextField("内容")
    taken_at = models.DateTimeField("記録日時")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    taken_by_name = models.CharField("記録者の氏名（当時）", max_length=100)
    department_name = models.CharField("部署名（当時）", max_length=100, blank=True)

    class Meta:
        verbose_name = "決定への対応"
        verbose_name_plural = "決定への対応"
        ordering = ("decision", "number")
        constraints = (
            one_of("step", FollowUpStep, name="follow_up_step_known"),
            models.UniqueConstraint("decision", "number", name="follow_up_number_once"),
            models.CheckConstraint(name="follow_up_written", condition=filled("text")),
        )

    def __str__(self) -> str:
        return f"{self.decision} {self.get_step_display()}"

    @property
    def said_by(self) -> str:
        """Return the department and name as they were."""
        return f"{self.department_name} {self.taken_by_name}".strip()
