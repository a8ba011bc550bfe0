"""All meetings of the DX推進本部: those under way, those whose record is closed, those that were called off."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q

from plans.models import Plan
from reviews.enums import AttendanceKind
from reviews.models import AgendaItem, Attendance, Decision, Meeting
from reviews.queries.meetings import MeetingState, planned_days, stage_of

LATEST_DELETED = 10


@dataclass(frozen=True)
class CalledOffMeeting:
    """A meeting that was called off; without a `url` its agenda was not kept."""

    title: str
    held_on: date
    reason: str
    by_name: str
    at: datetime
    url: str = ""


@dataclass
class MeetingShelf:
    """All meetings of a plan: those under way, the next one first; those whose record is closed, the last one first."""

    coming: list[MeetingState] = field(default_factory=list)
    closed: list[MeetingState] = field(default_factory=list)
    called_off: list[CalledOffMeeting] = field(default_factory=list)


def meeting_shelf(plan: Plan, today: date) -> MeetingShelf:
    """Return the meetings of a plan with what waits, in a fixed number of queries."""
    meetings = Meeting.objects.going_ahead().filter(plan=plan).select_related("report__plan")
    days = planned_days(plan)
    states = {
        one.pk: MeetingState(one, stage_of(one, today), first_day=next(iter(days[one.pk]), None))
        for one in meetings
    }
    _count(states)
    shelf = MeetingShelf(called_off=_called_off(plan))
    for state in states.values():
        (shelf.closed if state.meeting.is_closed else shelf.coming).append(state)
    shelf.coming.sort(key=lambda state: (state.meeting.held_on, state.meeting.pk))
    return shelf


def _count(states: dict[int, MeetingState]) -> None:
    for name, rows, counted in (
        ("agenda", AgendaItem.objects, Count("pk", distinct=True)),
        ("unsaid", AgendaItem.objects, Count("pk", filter=_UNSAID)),
        ("members", Attendance.objects, Count("pk")),
        ("expected", Attendance.objects, Count("pk", filter=Q(kind=AttendanceKind.EXPECTED))),
        ("decisions", Decision.objects, Count("pk")),
    ):
        counts = rows.filter(meeting__in=states).order_by()
        grouped = counts.values_list("meeting").annotate(n=counted)
        for key, number in grouped:
            setattr(states[key], name, number)


_UNSAID = Q(discussion="", decisions__isnull=True)


def _called_off(plan: Plan) -> list[CalledOffMeeting]:
    """Return the meetings that were called off, the last one first; before their agenda was kept, the latest alone."""
    kept = [
        CalledOffMeeting(
            one.title,
            one.held_on,
            one.called_off_because,
            one.called_off_by_name,
            one.called_off_at,
            one.get_absolute_url(),
        )
        for one in Meeting.objects.filter(plan=plan, called_off_at__isnull=False)
        if one.called_off_at is not None
    ]
    return sorted([*kept, *_deleted(plan)], key=lambda gone: gone.at, reverse=True)


def _deleted(plan: Plan) -> list[CalledOffMeeting]:
    gone = Meeting.history.filter(plan_id=plan.pk, history_type="-")
    latest = gone.select_related("history_user").order_by("-history_id")
    return [
        CalledOffMeeting(
            record.instance.title,
            record.held_on,
            record.history_change_reason,
            record.history_user.display_name if record.history_user else "",
            record.history_date,
        )
        for record in latest[:LATEST_DELETED]
    ]
