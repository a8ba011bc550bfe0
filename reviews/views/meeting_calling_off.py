"""Calling a meeting off, and holding it after all."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kirishima_dx import clock
from kirishima_dx.way_back import WayBack, tell_done
from people.access import actor, secretariat_only
from reviews.actions.calling_off import call_off_meeting, restore_meeting
from reviews.forms.meetings import ReasonForm, RestoreForm
from reviews.models import Meeting
from reviews.queries.meeting_offers import next_number
from reviews.views.meeting_loading import attempt, load_meeting, meeting_step, refuse_closed


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def meeting_call_off(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="取りやめの理由")
    if request.method != "POST":
        refuse_closed(meeting)
    elif called_off := attempt(form, lambda: _call_off(request, meeting, form)):
        told = f"{meeting.title}を取りやめました。議題と意見は、そのまま読めます。"
        url = reverse("meeting_restore", args=[meeting.pk])
        tell_done(request, told, WayBack(url, "この議題で会議を開く"))
        return redirect(called_off)
    return meeting_step(request, "meeting_call_off", meeting, step="取りやめ", form=form)


def _call_off(request: HttpRequest, meeting: Meeting, form: ReasonForm) -> Meeting:
    return call_off_meeting(meeting=meeting, reason=form.cleaned_data["reason"], by=actor(request))


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def meeting_restore(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    if not meeting.is_called_off:
        messages.info(request, "この会議は、取りやめになっていません。")
        return redirect(meeting)
    offered: dict[str, Any] = {"plan": meeting.plan, "today": clock.today(), "meeting": meeting}
    if request.method != "POST":
        opened = {"held_on": meeting.held_on, "number": meeting.number}
        form = RestoreForm(initial=opened, **offered)
    else:
        form = RestoreForm(request.POST, **offered)
        restored = attempt(form, lambda: _restore(request, meeting, form))
        if restored is not None:
            messages.success(request, f"{restored.title}を開くことにしました。")
            return redirect(restored)
    step = "この議題で会議を開く"
    following = next_number(meeting.plan, meeting.fiscal_year)
    return meeting_step(
        request, "meeting_restore", meeting, step=step, form=form, following=following
    )


def _restore(request: HttpRequest, meeting: Meeting, form: RestoreForm) -> Meeting:
    typed = form.cleaned_data
    return restore_meeting(
        meeting=meeting,
        held_on=typed["held_on"],
        number=typed["number"],
        reason=typed["reason"],
        by=actor(request),
    )
