"""Fetching a sitting and its parts for a view, and what the pages about it share."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plans.served import served_plan
from reviews.actions.meetings import CALLED_OFF, CLOSED
from reviews.errors import DecisionRefused, MeetingRefused
from reviews.models import AgendaItem, Decision, Meeting
from reviews.queries.meetings import AgendaRow, MeetingPage

Done = TypeVar("Done")
NO_AGENDA_ITEM = "この議題はありません。議題から外されたのかもしれません。"


def load_meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """Return a sitting of the plan that is served; 404 where there is none."""
    plan = served_plan(request)
    meetings = Meeting.objects.filter(plan=plan).select_related(
        "plan", "report__plan", "report__corrected_by", "report__withholding"
    )
    meeting = meetings.filter(pk=meeting_id).first() if plan else None
    if meeting is None:
        raise Http404("この本部会議はありません。")
    return meeting


def load_agenda_item(meeting: Meeting, item_id: int) -> AgendaItem:
    """Return an item of the agenda of a sitting; 404 where there is none."""
    item = meeting.agenda.filter(pk=item_id).first()
    if item is None:
        raise Http404(NO_AGENDA_ITEM)
    item.meeting = meeting
    return item


def load_row(page: MeetingPage, item_id: int) -> AgendaRow:
    """Return an item of the agenda as a page shows it; 404 where there is none."""
    row = page.row(item_id)
    if row is None:
        raise Http404(NO_AGENDA_ITEM)
    return row


def load_decision(meeting: Meeting, decision_id: int) -> Decision:
    """Return a decision of a sitting; 404 where there is none."""
    decision = meeting.decisions.with_names().filter(pk=decision_id).first()
    if decision is None:
        raise Http404("この決定はありません。取り消されたのかもしれません。")
    return decision


def refuse_closed(meeting: Meeting) -> None:
    """Refuse to open a form that changes a closed record, or one of a meeting that was called off."""
    if meeting.is_called_off:
        raise PermissionDenied(CALLED_OFF)
    if meeting.is_closed:
        raise PermissionDenied(CLOSED)


def attempt(form: forms.BaseForm, act: Callable[[], Done]) -> Done | None:
    """Do what a form asks for, once it is valid. A refusal becomes an error of the form, and the answer is None."""
    if not form.is_valid():
        return None
    try:
        return act()
    except (MeetingRefused, DecisionRefused) as refused:
        for message in str(refused).split("\n"):
            form.add_error(None, message)
        return None


def meeting_crumbs(meeting: Meeting, *pages: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a sitting or, with names and addresses, to a page below it."""
    own = (meeting.title, meeting.get_absolute_url() if pages else "")
    return [("本部会議", reverse("meeting_list")), own, *pages]


def meeting_step(
    request: HttpRequest,
    template: str,
    meeting: Meeting,
    *,
    step: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Draw a page below a sitting."""
    crumbs = meeting_crumbs(meeting, (step, ""))
    context = {"nav": "meetings", "crumbs": crumbs, "meeting": meeting, "step": step, **context}
    return render(request, f"reviews/{template}.html", context, status=status)
