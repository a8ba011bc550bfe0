"""Considering the year's update of the plan."""

from datetime import date

from django.db import transaction

from kirishima_dx import clock
from people.models import User
from plans.models import Plan
from reviews.enums import ConsiderationOutcome
from reviews.errors import ConsiderationRefused
from reviews.models import Consideration, Meeting


@transaction.atomic
def record_consideration(
    *,
    plan: Plan,
    fiscal_year: int,
    outcome: ConsiderationOutcome,
    reason: str,
    considered_on: date,
    meeting: Meeting | None,
    by: User,
) -> Consideration:
    """Record that the update of a year was considered. Raises ConsiderationRefused without a reason, for a coming day,
    or for a sitting that was not held yet or was about another plan."""
    if not reason.strip():
        raise ConsiderationRefused("理由を書いてください。")
    today = clock.today()
    if considered_on > today:
        raise ConsiderationRefused("検討した日に未来の日は入れられません。")
    if meeting is not None and not meeting.is_held(today):
        raise ConsiderationRefused(f"{meeting.title}は、まだ開かれていません。")
    if meeting is not None and meeting.plan_id != plan.pk:
        raise ConsiderationRefused(f"{meeting.title}は、ほかの計画についての会議です。")
    return Consideration.objects.create(
        plan=plan,
        fiscal_year=fiscal_year,
        outcome=outcome,
        reason=reason,
        considered_on=considered_on,
        meeting=meeting,
        recorded_at=clock.now(),
        recorded_by=by,
        recorded_by_name=by.display_name,
    )
