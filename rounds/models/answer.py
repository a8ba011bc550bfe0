"""回答: one item in one round, and everything that was done to it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from initiatives.models.initiative import Initiative
from initiatives.models.progress_entry import ProgressEntry
from initiatives.models.stated import Stated, known_choices
from kirishima_dx.constraints import both_or_neither, filled, one_of
from people.models import Department
from rounds.enums import AnswerKind, AnswerState, AnswerStep
from rounds.models.answer_import import AnswerImport
from rounds.models.reporting_round import ReportingRound
from rounds.querysets import AnswerQuerySet


class Answer(Stated):
    """回答: owed by whoever leads the item today, so a change of 主担当課 takes it along.

    `asked_department` is who led it when the round was opened. `revision` counts the steps taken, each of which is
    kept as an AnswerChange (A2); forms and workbooks carry it (G4, F1). `basis` is the entry that stood beside the
    answer when it was sent (前回), `applied_due_on` the deadline that applied then. Sent means: by the department;
    where the round asks for it, the 確認者 has confirmed once `certified_at` is filled. Accepted by the 事務局, it
    becomes `entry`, except in a rehearsal; reopened and accepted again, the new entry corrects that one.
    """

    REPEATED_DAYS = ("applied_due_on",)

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="answers")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="answers")
    asked_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_department_name = models.CharField("照会先（当時）", max_length=100, blank=True)
    state = models.CharField(
        "回答の状況", max_length=12, choices=AnswerState, default=AnswerState.UNANSWERED
    )
    revision = models.PositiveIntegerField(default=0)

    kind = models.CharField("回答区分", max_length=10, choices=AnswerKind, blank=True)
    basis = models.ForeignKey(
        ProgressEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    own_due_on = models.DateField("再開した回答の期限", null=True, blank=True)
    updated_at = models.DateTimeField("最終更新", null=True, blank=True)
    updated_by_name = models.CharField("最終更新者の氏名（当時）", max_length=100, blank=True)
    sent_at = models.DateTimeField("提出日時", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_by_name = models.CharField("提出者の氏名（当時）", max_length=100, blank=True)
    sent_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_department_name = models.CharField("提出した部署（当時）", max_length=100, blank=True)
    applied_due_on = models.DateField("提出時の期限", null=True, blank=True)
    certified_at = models.DateTimeField("課内の確認日時", null=True, blank=True)
    certified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    certified_by_name = models.CharField("確認者の氏名（当時）", max_length=100, blank=True)
    return_reason = models.TextField("差戻しの理由", blank=True)
    accepted_at = models.DateTimeField("事務局の確認日時", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.OneToOneField(
        ProgressEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="answer"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "回答"
        verbose_name_plural = "回答"
        ordering = ("round", "initiative")
        constraints = (
            models.UniqueConstraint(fields=("round", "initiative"), name="answer_once_in_a_round"),
            one_of("state", AnswerState, name="answer_state_known"),
            one_of("kind", AnswerKind, name="answer_kind_known", blank=True),
            *known_choices("answer", blank=True),
            both_or_neither("sent_at", "sent_by", name="answer_sent_pair"),
            both_or_neither("certified_at", "certified_by", name="answer_certified_pair"),
            both_or_neither("accepted_at", "accepted_by", name="answer_accepted_pair"),
            models.CheckConstraint(
                name="answer_sent_whole",
                condition=Q(
                    state__in=(AnswerState.SENT, AnswerState.ACCEPTED),
                    sent_at__isnull=False,
                    applied_due_on__isnull=False,
                )
                & filled("kind")
                | Q(
                    state__in=(
                        AnswerState.UNANSWERED,
                        AnswerState.WRITING,
                        AnswerState.RETURNED,
                    ),
                    sent_at__isnull=True,
                    applied_due_on__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="answer_accepted_by_somebody",
                condition=Q(state=AnswerState.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=AnswerState.ACCEPTED) & Q(accepted_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="answer_returned_with_reason",
                condition=~Q(state=AnswerState.RETURNED) | filled("return_reason"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.initiative}"

    def get_absolute_url(self) -> str:
        return reverse("answer", args=[self.round_id, self.initiative.focus_item.code])

    @property
    def awaits_certifier(self) -> bool:
        """Whether it was sent and the 確認者 of the department has still to confirm it."""
        return (
            self.state == AnswerState.SENT
            and self.round.asks_certification
            and self.certified_at is None
        )

    @property
    def awaits_secretariat(self) -> bool:
        return self.state == AnswerState.SENT and not self.awaits_certifier

    @property
    def state_label(self) -> str:
        """Return the state as people read it; of one that waits inside the department, that too."""
        label = AnswerState(self.state).label
        return f"{label}（課内確認待ち）" if self.awaits_certifier else label


class AnswerChange(models.Model):
    """One step of an answer: who did what when and why, and what the answer then said. Append-only (A2, F1).

    `content` is AnswerContent.as_json; a form or a workbook of revision n was made from the row of `revision` n.
    `source` is the upload that did it, where one did.
    """

    REPEATED_DAYS = ("due_on",)

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    step = models.CharField("したこと", max_length=12, choices=AnswerStep)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("内容")
    reason = models.TextField("理由", blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    source = models.ForeignKey(
        AnswerImport, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    changed_at = models.DateTimeField("記録日時")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    changed_by_name = models.CharField("記録者の氏名（当時）", max_length=100)
    department_name = models.CharField("部署名（当時）", max_length=100, blank=True)

    class Meta:
        verbose_name = "回答の経過"
        verbose_name_plural = "回答の経過"
        ordering = ("answer", "revision")
        constraints = (
            one_of("step", AnswerStep, name="answer_change_step_known"),
            models.UniqueConstraint(fields=("answer", "revision"), name="answer_change_once"),
            models.CheckConstraint(
                name="answer_change_has_reason",
                condition=~Q(step__in=(AnswerStep.RETURNED, AnswerStep.REOPENED))
                | filled("reason"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.answer} {self.revision} {self.get_step_display()}"

    @property
    def is_closed(self) -> bool:
        """Whether what the answer said then is gone (A3)."""
        return not self.content
