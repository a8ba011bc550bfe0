"""Calling a meeting off, and holding it after all: its agenda, members and opinions stay."""

from datetime import date

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.fiscal_year import fiscal_year_of
from kirishima_dx.history import explain
from people.models import User
from plans.models import Plan
from reviews.actions.meetings import open_record, refuse_taken_number
from reviews.errors import MeetingRefused
from reviews.models import Meeting


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Call a meeting off. Raises MeetingRefused without a reason, and once something was said or decided in it."""
    current = open_record(meeting.pk)
    if not reason.strip():
        raise MeetingRefused("取りやめの理由を書いてください。")
    if current.decisions.exists() or current.agenda.exclude(discussion="").exists():
        raise MeetingRefused("議事が記録されているので、取りやめにできません。")
    if current.considerations.exists():
        raise MeetingRefused("改定の検討の記録がこの会議を挙げているので、取りやめにできません。")
    current.called_off_at, current.called_off_by = clock.now(), by
    current.called_off_by_name, current.called_off_because = by.display_name, reason
    current.version += 1
    explain(current, by=by, reason=reason)
    current.save()
    return current


@transaction.atomic
def restore_meeting(
    *, meeting: Meeting, held_on: date, number: int, reason: str, by: User
) -> Meeting:
    """Hold a meeting after all, on a day and under a number that may be others than before. Raises MeetingRefused
    without a reason, for a meeting that is not called off, and where the number is taken."""
    Plan.objects.select_for_update().get(pk=meeting.plan_id)
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not current.is_called_off:
        raise MeetingRefused("この会議は、取りやめになっていません。")
    if not reason.strip():
        raise MeetingRefused("開くことにした理由を書いてください。")
    current.held_on, current.number = held_on, number
    current.fiscal_year = fiscal_year_of(held_on)
    current.called_off_at = current.called_off_by = None
    current.called_off_by_name = current.called_off_because = ""
    current.names_questions = True
    current.version += 1
    refuse_taken_number(current)
    if current.report is not None and current.report.is_abandoned:
        current.report = None
    explain(current, by=by, reason=reason)
    current.save()
    return current
