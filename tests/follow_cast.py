"""What comes of decisions, for the tests; the decisions themselves come from meeting_cast."""

from datetime import UTC, date, datetime, timedelta

from people.models import Department, DepartmentSuccession, User
from reviews.actions.following_up import follow_up
from reviews.enums import FollowUpStep
from reviews.models import Decision, FollowUp

REPORTED = "十月から三つの手続きを始めた。"
REASON = "求めたことが済んだため。"


def step(
    decision: Decision,
    kind: FollowUpStep,
    by: User,
    text: str = REPORTED,
    *,
    opened: int | None = None,
) -> FollowUp:
    """Take a step; on the state in which the decision is, unless `opened` says otherwise."""
    number = decision.follow_ups.count() if opened is None else opened
    return follow_up(decision=decision, step=kind, text=text, opened_number=number, by=by)


def ended(
    department: Department, *heirs: Department, by: User, on: date = date(2026, 10, 1)
) -> None:
    """機構改革: a department ends, others take over from it."""
    department.valid_until = on - timedelta(days=1)
    department.save()
    for heir in heirs:
        DepartmentSuccession.objects.create(
            before=department,
            after=heir,
            effective_from=on,
            reason="機構改革",
            recorded_at=datetime(2026, 9, 1, tzinfo=UTC),
            recorded_by=by,
        )
