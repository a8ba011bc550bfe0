"""The list of members of a sitting, and who was there."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kirishima_dx import clock
from kirishima_dx.text_diff import marks
from people.access import actor, secretariat_only
from reviews.actions.meetings import Member, set_members
from reviews.enums import AttendanceKind
from reviews.errors import MeetingRefused, RecordConflict
from reviews.forms.meeting_members import MemberTable
from reviews.models import Attendance, Meeting
from reviews.views.meeting_loading import load_meeting, meeting_step, refuse_closed


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def meeting_members(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    if request.method != "POST":
        refuse_closed(meeting)
        table = MemberTable(members=_listed(meeting), version=meeting.version)
        return _members_page(request, meeting, table)
    table = MemberTable(request.POST)
    if not table.is_valid():
        return _members_page(request, meeting, table)
    members = table.members(all_present="all_present" in request.POST)
    try:
        set_members(
            meeting=meeting,
            members=members,
            opened_version=table.head.cleaned_data["version"],
            by=actor(request),
        )
    except RecordConflict as conflict:
        return _clash_page(request, load_meeting(request, conflict.current.pk), table, members)
    except MeetingRefused as refusal:
        table.head.add_error(None, str(refusal))
        return _members_page(request, meeting, table, refusal=str(refusal))
    messages.success(request, f"名簿と出欠を保存しました（{len(members)}人）。")
    return redirect(meeting)


def _listed(meeting: Meeting) -> list[Attendance]:
    return list(meeting.attendances.order_by("position", "pk"))


def _clash_page(
    request: HttpRequest, current: Meeting, table: MemberTable, members: list[Member]
) -> HttpResponse:
    """Show the list as it stands beside the one that was typed (G4)."""
    now, typed = _lines(_listed(current)), _lines(members)
    table.renew(current.version)
    clash = {"now": now, "mine": marks(now, typed), "differs": now != typed}
    return _members_page(request, current, table, clash=clash, status=409)


def _lines(members: Iterable[Attendance | Member]) -> str:
    """Return a list of members as people read it, a line each."""
    return "\n".join(
        f"{one.post} {one.name} {AttendanceKind(one.kind).label} {one.substitute}".strip()
        for one in members
    )


def _members_page(
    request: HttpRequest, meeting: Meeting, table: MemberTable, **context: Any
) -> HttpResponse:
    context |= {"table": table, "is_held": meeting.is_held(clock.today())}
    return meeting_step(request, "meeting_members", meeting, step="名簿と出欠", **context)
