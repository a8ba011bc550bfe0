"""Recording a 決定・指示事項, changing it and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kirishima_dx import clock
from kirishima_dx.way_back import WayBack, tell_done
from people.access import actor, secretariat_only
from people.models import Department
from people.queries import DepartmentNames
from reviews.actions.deciding import ANSWERED, change_decision, record_decision, withdraw_decision
from reviews.errors import RecordConflict
from reviews.forms.decision import DecisionForm, opened_decision
from reviews.forms.meetings import ReasonForm
from reviews.models import AgendaItem, Decision, Meeting
from reviews.queries.meeting_offers import item_names
from reviews.views.meeting_clash import clash_of
from reviews.views.meeting_loading import (
    attempt,
    load_agenda_item,
    load_decision,
    load_meeting,
    meeting_step,
    refuse_closed,
)


def decision_form(
    meeting: Meeting, item: AgendaItem, data: Any = None, **made: Any
) -> DecisionForm:
    """Return the form of a new decision on an agenda item; it begins with the item that this one concerns."""
    concerned = item.focus_item.code if item.focus_item else ""
    return _form(meeting, data, initial={"items": concerned}, **made)


def _form(
    meeting: Meeting, data: Any = None, *, owner_id: int | None = None, **made: Any
) -> DecisionForm:
    """Return a form that knows the departments of today, and whoever is named already."""
    valid = Q(pk__in=Department.objects.valid_on(clock.today())) | Q(pk=owner_id)
    return DecisionForm(
        data,
        departments=DepartmentNames(Department.objects.filter(valid)),
        names=item_names(meeting.plan, meeting.held_on),
        is_addition=meeting.is_closed,
        **made,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def decision_record(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    item = load_agenda_item(meeting, item_id)
    form = decision_form(meeting, item, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        decision = attempt(form, lambda: _record(request, item, form))
        if decision is not None:
            told = f"決定・指示事項 {decision.code} を記録しました。"
            if meeting.is_closed:
                messages.success(request, told)
            else:
                url = reverse("decision_withdraw", args=[meeting.pk, decision.pk])
                tell_done(request, told, WayBack(url))
            return _back(decision)
    elif not meeting.is_closed:
        refuse_closed(meeting)
    step = "決定を後から加える" if meeting.is_closed else "決定・指示事項を記録する"
    is_held = meeting.is_held(clock.today())
    return meeting_step(
        request, "decision_record", meeting, step=step, form=form, item=item, is_held=is_held
    )


def _record(request: HttpRequest, item: AgendaItem, form: DecisionForm) -> Decision:
    return record_decision(
        agenda_item=item,
        verdict=form.verdict,
        addition_reason=form.cleaned_data.get("addition_reason", ""),
        by=actor(request),
    )


def _back(decision: Decision) -> HttpResponse:
    """Return to where the record is being written or, once it is closed, to where it is read."""
    if decision.meeting.is_closed:
        return redirect(decision.agenda_item)
    return redirect("agenda_minutes", decision.meeting_id, decision.agenda_item_id)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def decision_edit(request: HttpRequest, meeting_id: int, decision_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    decision = load_decision(meeting, decision_id)
    data = request.POST if request.method == "POST" else None
    form = _form(meeting, data, owner_id=decision.owner_id)
    if request.method != "POST":
        _refuse_fixed(decision)
        form.initial = opened_decision(decision, form.departments)
        return _edit_page(request, decision, form)
    form.fields.pop("addition_reason", None)
    try:
        changed = attempt(form, lambda: _change(request, decision, form))
    except RecordConflict as conflict:
        now = opened_decision(load_decision(meeting, conflict.current.pk), form.departments)
        return _edit_page(request, decision, form, clash=clash_of(form, now), status=409)
    if changed is None:
        return _edit_page(request, decision, form)
    messages.success(request, f"決定・指示事項 {decision.code} を保存しました。")
    return _back(decision)


def _refuse_fixed(decision: Decision) -> None:
    """Refuse the form of a decision that is not changed any more: its record is closed, or somebody answered."""
    refuse_closed(decision.meeting)
    if decision.follow_ups.exists():
        raise PermissionDenied(ANSWERED)


def _change(request: HttpRequest, decision: Decision, form: DecisionForm) -> Decision:
    return change_decision(
        decision=decision,
        verdict=form.verdict,
        opened_version=form.cleaned_data["version"] or 0,
        by=actor(request),
    )


def _edit_page(
    request: HttpRequest, decision: Decision, form: DecisionForm, **context: Any
) -> HttpResponse:
    context |= {"form": form, "decision": decision}
    step = f"{decision.code} を直す"
    return meeting_step(request, "decision_edit", decision.meeting, step=step, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def decision_withdraw(request: HttpRequest, meeting_id: int, decision_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    decision = load_decision(meeting, decision_id)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="取り消す理由")
    if request.method != "POST":
        _refuse_fixed(decision)
    elif attempt(form, lambda: _withdraw(request, decision, form)):
        messages.success(request, f"決定・指示事項 {decision.code} を取り消しました。")
        return redirect("agenda_minutes", meeting.pk, decision.agenda_item_id)
    step = f"{decision.code} を取り消す"
    return meeting_step(
        request, "decision_withdraw", meeting, step=step, form=form, decision=decision
    )


def _withdraw(request: HttpRequest, decision: Decision, form: ReasonForm) -> bool:
    withdraw_decision(decision=decision, reason=form.cleaned_data["reason"], by=actor(request))
    return True
