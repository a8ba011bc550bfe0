"""The sittings of the DX推進本部: all of them, one of them, and planning it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx import clock
from people.access import actor, secretariat_only, signed_in
from plans.models import Plan
from plans.served import served_plan
from reviews.actions.meetings import Member, change_meeting, plan_meeting
from reviews.errors import RecordConflict
from reviews.forms.meeting_agenda import OpinionForm
from reviews.forms.meetings import PlanForm, SittingForm, opened_sitting
from reviews.models import Meeting
from reviews.queries.meeting_offers import SittingOffers, sitting_offers
from reviews.queries.meeting_shelf import MeetingShelf, meeting_shelf
from reviews.queries.meetings import meeting_page
from reviews.queries.papers import lateness_before
from reviews.queries.questions import questions_of
from reviews.queries.reports import issues_shown
from reviews.rules import can_read_opinions, can_run_meetings, can_write_opinions
from reviews.views.meeting_clash import clash_of
from reviews.views.meeting_loading import (
    attempt,
    load_meeting,
    meeting_crumbs,
    meeting_step,
    refuse_closed,
)


@require_safe
@signed_in
def meeting_list(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    context = {
        "nav": "meetings",
        "crumbs": [("本部会議", "")],
        "shelf": meeting_shelf(plan, clock.today()) if plan else MeetingShelf(),
        "may_run": plan is not None and can_run_meetings(request.user),
        "has_plan": plan is not None,
    }
    return render(request, "reviews/meeting_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def meeting_plan(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    if plan is None:
        return redirect("meeting_list")
    offers = sitting_offers(plan, clock.today())
    reports = issues_shown(plan, to_staff=True)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, plan=plan, today=clock.today(), offers=offers, reports=reports)
    if request.method == "POST":
        meeting = attempt(form, lambda: _plan(request, plan, form, offers))
        if meeting is not None:
            messages.success(
                request, f"{meeting.title}を作りました。続けて、議題を加えてください。"
            )
            return redirect(meeting)
    crumbs = [("本部会議", reverse("meeting_list")), ("会議を作る", "")]
    context = {"nav": "meetings", "crumbs": crumbs, "form": form, "offers": offers}
    return render(request, "reviews/meeting_plan.html", context)


def _plan(request: HttpRequest, plan: Plan, form: PlanForm, offers: SittingOffers) -> Meeting:
    copied = offers.members if form.cleaned_data.get("copy_members") else []
    return plan_meeting(
        plan=plan,
        sitting=form.sitting(),
        members=[Member(post=one.post, name=one.name) for one in copied],
        by=actor(request),
    )


@require_safe
@signed_in
def meeting_detail(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return meeting_shown(request, load_meeting(request, meeting_id))


def meeting_shown(
    request: HttpRequest, meeting: Meeting, opinion: OpinionForm | None = None
) -> HttpResponse:
    """Draw the page of a sitting; `opinion` is one that could not be recorded yet."""
    user = request.user
    page = meeting_page(meeting, clock.today(), with_opinions=can_read_opinions(user))
    context = {
        "nav": "meetings",
        "crumbs": meeting_crumbs(meeting),
        "meeting": meeting,
        "page": page,
        "lateness": lateness_before(meeting, clock.today()),
        "questions": questions_of(meeting, [row.item for row in page.agenda]),
        "rows": [(row, _opinion_form(row.item.pk, opinion)) for row in page.agenda],
        "may_run": can_run_meetings(user),
        "may_read_opinions": can_read_opinions(user),
        "may_write_opinions": can_write_opinions(user) and meeting.is_open,
        "opinion": opinion,
    }
    return render(request, "reviews/meeting_detail.html", context)


def _opinion_form(item_id: int, sent: OpinionForm | None) -> OpinionForm:
    prefix = f"opinion-{item_id}"
    return sent if sent is not None and sent.prefix == prefix else OpinionForm(prefix=prefix)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def meeting_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    offered: dict[str, Any] = {
        "plan": meeting.plan,
        "today": clock.today(),
        "meeting": meeting,
        "reports": issues_shown(meeting.plan, to_staff=True),
    }
    if request.method != "POST":
        refuse_closed(meeting)
        form = SittingForm(initial=opened_sitting(meeting), **offered)
        return _edit_page(request, meeting, form)
    form = SittingForm(request.POST, **offered)
    try:
        changed = attempt(form, lambda: _change(request, meeting, form))
    except RecordConflict as conflict:
        now = opened_sitting(conflict.current)  # type: ignore[arg-type]  # Changing a sitting clashes with a sitting.
        clash = clash_of(form, now)
        return _edit_page(request, meeting, form, clash=clash, status=409)
    if changed is None:
        return _edit_page(request, meeting, form)
    messages.success(request, "会議の予定を保存しました。")
    return redirect(changed)


def _change(request: HttpRequest, meeting: Meeting, form: SittingForm) -> Meeting:
    return change_meeting(
        meeting=meeting,
        sitting=form.sitting(),
        opened_version=form.cleaned_data["version"] or 0,
        by=actor(request),
    )


def _edit_page(
    request: HttpRequest, meeting: Meeting, form: SittingForm, **context: Any
) -> HttpResponse:
    step = "予定を直す"
    return meeting_step(request, "meeting_edit", meeting, step=step, form=form, **context)
