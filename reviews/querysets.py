"""Filters over reports and decisions that several pages share."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kirishima_dx.moment import Moment
from reviews.enums import (
    DONE_BY,
    FOLLOW_UPS,
    REVISING_KINDS,
    DecisionState,
    FollowUpStep,
    ReportStatus,
)

if TYPE_CHECKING:
    from plans.models import FocusItem
    from reviews.models import (  # noqa: F401 — in annotations
        AnnualReport,
        Decision,
        DecisionOutcome,
        Meeting,
        RecordAddition,
    )


class AnnualReportQuerySet(QuerySet["AnnualReport"]):
    def sealed(self) -> Self:
        return self.filter(status=ReportStatus.SEALED)

    def published(self) -> Self:
        """Keep what anyone may read (design.md §5)."""
        return self.filter(publication__isnull=False)

    def shown_to_staff(self, is_staff: bool) -> Self:
        """Keep what somebody may see: staff everything, others what is published."""
        return self if is_staff else self.published()


class MeetingQuerySet(QuerySet["Meeting"]):
    def going_ahead(self) -> Self:
        """Drop the meetings that were called off."""
        return self.filter(called_off_at__isnull=True)


class RecordAdditionQuerySet(QuerySet["RecordAddition"]):
    def standing(self, at: Moment | None = None) -> Self:
        """Drop what was taken back; at a moment, keep what was known, and what nobody had taken back by then."""
        if at is None or not at.is_hindsight:
            return self.filter(taken_back_by__isnull=True)
        return self.filter(
            Q(taken_back_by__isnull=True) | at.unknown("taken_back_by__added_at"),
            at.known("added_at"),
        )


class DecisionQuerySet(QuerySet["Decision"]):
    def with_last_step(self, until: datetime | None = None) -> Self:
        """Add `last_step` (None: none yet) and `step_count` as they stood at a moment; None: as they stand."""
        steps = self.model.follow_ups.rel.related_model._base_manager.filter(
            decision=OuterRef("pk")
        )
        if until is not None:
            steps = steps.filter(taken_at__lte=until)
        last = steps.order_by("-number")
        return self.annotate(
            last_step=Subquery(last.values("step")[:1]),
            step_count=Coalesce(
                Subquery(last.values("number")[:1]), Value(0), output_field=IntegerField()
            ),
        )

    def owed(self) -> Self:
        """Keep those that somebody has to answer for."""
        return self.filter(owner__isnull=False)

    def in_state(self, *states: DecisionState) -> Self:
        """Keep decisions by how far they are; after `with_last_step`. What nobody owes may be closed, no more."""
        steps = [step for step, (_, state) in FOLLOW_UPS.items() if state in states]
        chosen = Q(last_step__in=steps)
        if DecisionState.OPEN in states:
            chosen |= Q(last_step__isnull=True)
        chosen &= Q(owner__isnull=False) | Q(last_step=FollowUpStep.CLOSED)
        return self.filter(chosen)

    def not_owed(self) -> Self:
        """Keep those that nobody has to act on and nobody closed; after `with_last_step`."""
        standing = Q(last_step__isnull=True) | ~Q(last_step=FollowUpStep.CLOSED)
        return self.filter(standing, owner__isnull=True)

    def unsettled(self) -> Self:
        """Keep those that were not closed yet; after `with_last_step`."""
        return self.in_state(DecisionState.OPEN, DecisionState.ANSWERED)

    def awaiting_revision(self) -> Self:
        """Keep decisions to change the plan that no edition has done and nobody closed; after `with_last_step`."""
        outcomes = self.model.outcomes.rel.related_model._base_manager
        done = outcomes.filter(decision=OuterRef("pk"), kind__in=DONE_BY, recall__isnull=True)
        standing = Q(last_step__isnull=True) | ~Q(last_step=FollowUpStep.CLOSED)
        return self.filter(standing, ~Exists(done), kind__in=REVISING_KINDS)

    def of_departments(self, department_ids: Collection[int]) -> Self:
        return self.filter(owner_id__in=department_ids)

    def about(self, focus_item: "FocusItem") -> Self:
        return self.filter(concerns__focus_item=focus_item)

    def with_names(self) -> Self:
        """Fetch what a line about a decision names."""
        return self.select_related("meeting__plan", "agenda_item", "owner").prefetch_related(
            "focus_items"
        )


class OutcomeQuerySet(QuerySet["DecisionOutcome"]):
    def counting(self, at: Moment | None = None) -> Self:
        """Drop what was recalled; at a moment, keep what was known, and what nobody had recalled by then."""
        if at is None or not at.is_hindsight:
            return self.filter(recall__isnull=True)
        return self.filter(
            Q(recall__isnull=True) | at.unknown("recall__recalled_at"), at.known("recorded_at")
        )
