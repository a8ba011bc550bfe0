"""Decisions with what came of them, as lists, papers and reports show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from kirishima_dx.clock import day_of
from kirishima_dx.elapsed import days_left
from kirishima_dx.moment import Moment
from plans.models import Plan
from reviews.enums import (
    AWAITING,
    DONE_BY,
    NOT_OWED,
    DecisionKind,
    DecisionState,
    FollowUpStep,
    state_after,
)
from reviews.models import Decision, DecisionOutcome, FollowUp, RecordAddition
from reviews.querysets import DecisionQuerySet

NONE, ONLY, AWAITED = "none", "only", "awaited"
"""What the address of the list calls nobody, the overdue ones alone, and those that wait for an edition."""


def has_no_report_in_time(state: DecisionState | None, due_on: date | None, at: date) -> bool:
    """Whether the day has passed without a report: one that is reported waits for the 事務局, not for the owner."""
    return state == DecisionState.OPEN and due_on is not None and due_on < at


@dataclass
class DecisionRow:
    """A decision with its steps and the 追記 that correct it, up to the end of the day `at`, oldest first, and what
    editions had made of it then."""

    decision: Decision
    at: date
    steps: list[FollowUp] = field(default_factory=list)
    outcomes: list[DecisionOutcome] = field(default_factory=list)
    corrections: list[RecordAddition] = field(default_factory=list)

    @property
    def corrected_text(self) -> str:
        """Return what was decided, and below it each 追記 that corrects it."""
        return "\n".join([self.decision.text, *(one.in_words for one in self.corrections)])

    @property
    def state(self) -> DecisionState | None:
        """Return how far it is; None where nobody has to act on it, unless it was closed."""
        state = state_after(self.steps[-1].step if self.steps else None)
        return state if self.decision.is_owed or state == DecisionState.CLOSED else None

    @property
    def state_label(self) -> str:
        return self.state.label if self.state else NOT_OWED

    @property
    def is_settled(self) -> bool:
        return self.state in (None, DecisionState.CLOSED)

    @property
    def awaits_revision(self) -> bool:
        """Whether the plan is to read otherwise upon it and no edition has done that; closed, it waits for nothing."""
        done = any(one.kind in DONE_BY for one in self.outcomes)
        return DecisionKind(self.decision.kind).changes_plan and not done and not self._is_closed

    @property
    def in_the_plan(self) -> list[str]:
        """Say what editions made of it, and whether it still waits for one."""
        told = [one.in_words for one in self.outcomes]
        return [AWAITING, *told] if self.awaits_revision else told

    @property
    def is_overdue(self) -> bool:
        return has_no_report_in_time(self.state, self.decision.due_on, self.at)

    @property
    def due_in(self) -> str:
        """Return あと5日 or 3日過ぎ; empty where no report is awaited."""
        due_on = self.decision.due_on
        return days_left(due_on, self.at) if due_on and self.state == DecisionState.OPEN else ""

    @property
    def age(self) -> int:
        """Return how many days ago it was decided; of a settled one, how many days it took."""
        until = day_of(self.steps[-1].taken_at) if self._is_closed else self.at
        return (until - self.decision.meeting.held_on).days

    @property
    def _is_closed(self) -> bool:
        return self.state == DecisionState.CLOSED

    @property
    def last_answer(self) -> FollowUp | None:
        return self._last(FollowUpStep.ANSWERED)

    @property
    def settlement(self) -> FollowUp | None:
        """Return the step that closed it, while it is closed."""
        return self._last(FollowUpStep.CLOSED) if self._is_closed else None

    def _last(self, step: FollowUpStep) -> FollowUp | None:
        return next((one for one in reversed(self.steps) if one.step == step), None)

    @property
    def item_codes(self) -> list[str]:
        return sorted(item.code for item in self.decision.focus_items.all())


def decision_rows(decisions: DecisionQuerySet, at: date) -> list[DecisionRow]:
    """Return decisions of sittings up to a day with what had come of them by its end, in four queries."""
    return rows_of(decisions.filter(meeting__held_on__lte=at), at)


def rows_of(decisions: DecisionQuerySet, at: date) -> list[DecisionRow]:
    """Return these decisions, which may be a page of many, with what had come of them by the end of a day; today all
    that is known counts, also what a clock that ran ahead recorded as later."""
    moment = Moment.end_of(at)
    steps = FollowUp.objects.filter(moment.known("taken_at")).order_by("number")
    outcomes = DecisionOutcome.objects.counting(moment).select_related("edition")
    corrections = (
        RecordAddition.objects.standing(moment).select_related("taken_back_by").order_by("pk")
    )
    found = decisions.with_names().prefetch_related(
        Prefetch("follow_ups", queryset=steps, to_attr="steps"),
        Prefetch("outcomes", queryset=outcomes, to_attr="told"),
        Prefetch("corrections", queryset=corrections, to_attr="standing_corrections"),
    )
    return [
        DecisionRow(one, at, one.steps, one.told, one.standing_corrections)  # type: ignore[attr-defined]  # Prefetch.
        for one in found
    ]


def decisions_to_report(plan: Plan, since: date, at: date) -> list[DecisionRow]:
    """Return what a paper about past decisions tells on a day: all but what was settled before `since` and waits for no
    edition."""
    return list(_still_told(decision_rows(Decision.objects.filter(meeting__plan=plan), at), since))


def _still_told(rows: Iterable[DecisionRow], since: date) -> Iterable[DecisionRow]:
    for row in rows:
        decided = row.decision.meeting.held_on
        settled = row.settlement
        ended = day_of(settled.taken_at) if settled else decided
        if row.awaits_revision or not row.is_settled or ended >= since:
            yield row
