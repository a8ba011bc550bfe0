"""Writing down what is said in a sitting, and the 議事要旨 as a document."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx import clock
from people.access import actor, secretariat_only, signed_in
from reviews.actions.minutes import write_minutes
from reviews.errors import RecordConflict
from reviews.forms.decision import DecisionForm
from reviews.forms.meeting_minutes import DiscussionForm
from reviews.models import AgendaItem, Meeting
from reviews.queries.meetings import AgendaRow, MeetingPage, meeting_page
from reviews.queries.papers import report_words
from reviews.rules import can_run_meetings
from reviews.views.decision_record import decision_form
from reviews.views.meeting_clash import clash_of
from reviews.views.meeting_loading import (
    attempt,
    load_meeting,
    load_row,
    meeting_crumbs,
    meeting_step,
    refuse_closed,
)

PREFIX = "decision"
SAID = ("discussion", "version")


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def agenda_minutes(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    page = meeting_page(meeting, clock.today(), with_opinions=True)
    row = load_row(page, item_id)
    if request.method != "POST":
        refuse_closed(meeting)
        opened = {name: getattr(row.item, name) for name in SAID}
        form = DiscussionForm(initial=opened)
        return _minutes_page(request, page, row, form, _decision_form(meeting, row))
    form = DiscussionForm(request.POST)
    decision = _decision_form(meeting, row, request.POST)
    try:
        written = _write(request, row.item, form, decision)
    except RecordConflict as conflict:
        now = {name: getattr(conflict.current, name) for name in SAID}
        clash = clash_of(form, now)
        return _minutes_page(request, page, row, form, decision, clash=clash, status=409)
    if written is None:
        return _minutes_page(request, page, row, form, decision)
    return _onwards(request, page, row)


def _decision_form(meeting: Meeting, row: AgendaRow, data: Any = None) -> DecisionForm:
    """Return the form of one more decision, which may stay empty."""
    return decision_form(
        meeting, row.item, data, prefix=PREFIX, empty_permitted=True, use_required_attribute=False
    )


def _write(
    request: HttpRequest, item: AgendaItem, form: DiscussionForm, decision: DecisionForm
) -> AgendaItem | None:
    if not decision.is_valid():
        form.is_valid()
        return None
    return attempt(
        form,
        lambda: write_minutes(
            agenda_item=item,
            discussion=form.cleaned_data["discussion"],
            verdict=decision.verdict if decision.has_changed() else None,
            opened_version=form.cleaned_data["version"],
            by=actor(request),
        ),
    )


def _onwards(request: HttpRequest, page: MeetingPage, row: AgendaRow) -> HttpResponse:
    """Go where the pressed button says: on with the next agenda item, or on with this one."""
    messages.success(request, f"議題{row.number}の議事を保存しました。")
    following = page.after(row)
    if "then_next" not in request.POST:
        return redirect("agenda_minutes", page.meeting.pk, row.item.pk)
    if following is None:
        return redirect(page.meeting)
    return redirect("agenda_minutes", page.meeting.pk, following.item.pk)


def _minutes_page(
    request: HttpRequest,
    page: MeetingPage,
    row: AgendaRow,
    form: DiscussionForm,
    decision: DecisionForm,
    **context: Any,
) -> HttpResponse:
    context |= {"page": page, "row": row, "form": form, "decision_form": decision}
    context |= {"following": page.after(row), "is_held": page.meeting.is_held(clock.today())}
    step = f"議題{row.number}の議事"
    return meeting_step(request, "agenda_minutes", page.meeting, step=step, **context)


@require_safe
@signed_in
def meeting_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    context = {
        "nav": "meetings",
        "crumbs": meeting_crumbs(meeting, ("議事要旨", "")),
        "meeting": meeting,
        "page": meeting_page(meeting, clock.today()),
        "words": report_words(meeting),
        "may_run": can_run_meetings(request.user),
    }
    return render(request, "reviews/meeting_minutes.html", context)
