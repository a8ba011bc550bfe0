"""Closing the record of a sitting, and adding to it afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kirishima_dx import clock
from people.access import actor, secretariat_only
from reviews.actions.minutes import add_to_record, close_meeting, closing_obstacles, record_stamp
from reviews.errors import RecordConflict
from reviews.forms.meeting_minutes import AdditionForm, CloseForm
from reviews.models import AgendaItem, Meeting, RecordAddition
from reviews.queries.meetings import meeting_page
from reviews.views.meeting_loading import attempt, load_meeting, meeting_step, refuse_closed


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def meeting_close(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    if meeting.is_closed:
        messages.info(request, "この会議の記録は、すでに確定しています。")
        return redirect(meeting)
    if request.method != "POST":
        refuse_closed(meeting)
        return _close_page(request, meeting)
    form = CloseForm(request.POST)
    try:
        closed = attempt(form, lambda: _close(request, meeting, form))
    except RecordConflict:
        return _close_page(request, load_meeting(request, meeting_id), has_clash=True, status=409)
    if closed is None:
        return _close_page(request, meeting, refused=form)
    messages.success(request, f"{closed.title}の記録を確定しました。")
    return redirect(closed)


def _close(request: HttpRequest, meeting: Meeting, form: CloseForm) -> Meeting:
    typed = form.cleaned_data
    return close_meeting(
        meeting=meeting, opened_version=typed["version"], seen=typed["seen"], by=actor(request)
    )


def _close_page(
    request: HttpRequest, meeting: Meeting, *, refused: CloseForm | None = None, **context: Any
) -> HttpResponse:
    """Show what will be fixed for good; the form carries how the record stands."""
    stands = {"version": meeting.version, "seen": record_stamp(meeting)}
    context |= {
        "page": meeting_page(meeting, clock.today()),
        "obstacles": closing_obstacles(meeting),
        "form": CloseForm(initial=stands),
        "refused": refused,
    }
    return meeting_step(request, "meeting_close", meeting, step="記録の確定", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def meeting_addition(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    if not meeting.is_closed:
        raise PermissionDenied("記録がまだ確定していないので、追記せずにそのまま直せます。")
    page = meeting_page(meeting, clock.today())
    if request.method != "POST":
        named = {"agenda_item": "item", "corrects": "corrects", "takes_back": "takes_back"}
        initial = {field: request.GET.get(name) for field, name in named.items()}
        form = AdditionForm(page=page, initial=initial)
    else:
        form = AdditionForm(request.POST, page=page)
        added = attempt(form, lambda: _add(request, meeting, form))
        if added is not None:
            messages.success(request, "記録に追記しました。")
            return redirect(added.agenda_item or meeting)
    return meeting_step(request, "meeting_addition", meeting, step="追記", form=form)


def _add(request: HttpRequest, meeting: Meeting, form: AdditionForm) -> RecordAddition:
    typed = form.cleaned_data
    item = AgendaItem.objects.filter(meeting=meeting, pk=typed["agenda_item"]).first()
    return add_to_record(
        meeting=meeting,
        agenda_item=item,
        corrects=meeting.decisions.filter(pk=typed["corrects"]).first(),
        takes_back=meeting.additions.filter(pk=typed["takes_back"]).first(),
        text=typed["text"],
        reason=typed["reason"],
        by=actor(request),
    )
