"""決定・指示事項: the list and its files, one decision, and what is done about it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.views.sort_heads import sort_heads
from kirishima_dx import clock
from kirishima_dx.spreadsheets.writing import ENCODINGS, XLSX, Readers, csv_download, download
from people.access import actor, secretariat_only, signed_in
from plans.models import Plan
from plans.served import served_plan
from reviews.actions.following_up import follow_up
from reviews.enums import FollowUpStep
from reviews.errors import DecisionRefused, RecordConflict
from reviews.exports.decision_list import decisions_csv, decisions_workbook
from reviews.filters import SORTS, DecisionFilter, shortcuts
from reviews.forms.follow_up import AnswerDecisionForm, SettleDecisionForm, StepForm
from reviews.models import Decision
from reviews.queries.decisions import rows_of
from reviews.queries.follow_up import (
    FollowedUp,
    decision_page,
    decision_tallies,
    followed_up,
)
from reviews.rules import can_answer_decision, can_run_meetings, can_settle_decisions

PER_PAGE = 100
DONE = {
    FollowUpStep.CLOSED: "決着としました。",
    FollowUpStep.RETURNED: "差し戻しました。担当のマイページに出ます。",
    FollowUpStep.REOPENED: "再開しました。担当のマイページに出ます。",
}
REOPENED = "再開しました。"


def _plan(request: HttpRequest) -> Plan:
    plan = served_plan(request)
    if plan is None:
        raise Http404
    return plan


def _listing(request: HttpRequest) -> DecisionFilter:
    return DecisionFilter(request.GET, plan=_plan(request), at=clock.today())


@require_safe
@signed_in
def decision_list(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    page = Paginator(listing.qs, PER_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(page.object_list, listing.at)  # type: ignore[arg-type]  # A queryset, as its source.
    context = {
        "nav": "meetings",
        "crumbs": [("決定・指示事項", "")],
        "today": listing.at,
        "filter": listing,
        "shortcuts": shortcuts(actor(request)),
        "heads": sort_heads(SORTS, listing.order),
        "page_obj": page,
        "rows": followed_up(rows, listing.at),
        "tallies": decision_tallies(listing.qs, listing.at),
    }
    return render(request, "reviews/decision_list.html", context)


def _file_name(listing: DecisionFilter, suffix: str) -> str:
    return f"決定・指示事項_{listing.at:%Y%m%d}.{suffix}"


def _back_to_list(request: HttpRequest) -> HttpResponse:
    """Answer a filter that makes no sense with the page that says so, not with a file of other rows."""
    return redirect(f"{reverse('decision_list')}?{request.GET.urlencode()}")


def _rows(listing: DecisionFilter) -> list[FollowedUp]:
    return followed_up(rows_of(listing.qs, listing.at), listing.at)


@require_safe
@signed_in
def decision_list_workbook(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    if not listing.form.is_valid():
        return _back_to_list(request)
    content = decisions_workbook(
        _rows(listing), plan=listing.plan, at=listing.at, made_at=clock.now()
    )
    name = _file_name(listing, "xlsx")
    return download(content, name=name, content_type=XLSX, readers=Readers.STAFF)


@require_safe
@signed_in
def decision_list_csv(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    encoding = ENCODINGS.get(request.GET.get("encoding", ""))
    if encoding is None or not listing.form.is_valid():
        return _back_to_list(request)
    content = decisions_csv(_rows(listing), encoding=encoding)
    name = _file_name(listing, "csv")
    return csv_download(content, name=name, encoding=encoding, readers=Readers.STAFF)


def _load(request: HttpRequest, decision_id: int) -> Decision:
    decisions = Decision.objects.filter(meeting__plan=_plan(request))
    decision = decisions.select_related("meeting").filter(pk=decision_id).first()
    if decision is None:
        raise Http404("この決定はありません。")
    return decision


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    found = _load(request, decision_id)
    if request.method != "POST":
        return _page(request, found)
    if not can_answer_decision(request.user, found, clock.today()):
        raise PermissionDenied(
            "対応を報告できるのは、この決定の担当の入力者と確認者、事務局だけです。"
        )
    form = AnswerDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answer_form=form)
    return _take(request, found, form, FollowUpStep.ANSWERED, "対応を報告しました。")


@require_POST
@secretariat_only
def decision_settle(request: HttpRequest, decision_id: int) -> HttpResponse:
    found = _load(request, decision_id)
    if not found.can_be_settled:
        raise PermissionDenied("この決定には担当がないので、決着させるものはありません。")
    page = decision_page(found, clock.today())
    form = SettleDecisionForm(request.POST, state=page.state)
    if form.is_valid():
        step = FollowUpStep(form.cleaned_data["step"])
        done = REOPENED if step == FollowUpStep.REOPENED and not found.is_owed else DONE[step]
        return _take(request, found, form, step, done)
    if form.is_outdated(page.step_count):
        return _clash_page(request, found, form)
    return _page(request, found, settle_form=form)


def _take(
    request: HttpRequest, found: Decision, form: StepForm, step: FollowUpStep, done: str
) -> HttpResponse:
    try:
        follow_up(
            decision=found,
            step=step,
            text=form.cleaned_data["text"],
            opened_number=form.cleaned_data["opened_number"],
            seen_version=form.cleaned_data["seen_version"],
            by=actor(request),
        )
    except RecordConflict:
        if not _is_taken_already(request, found, form, step):
            return _clash_page(request, found, form)
    except DecisionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, **_named(form))
    messages.success(request, done)
    return redirect(found)


def _is_taken_already(
    request: HttpRequest, found: Decision, form: StepForm, step: FollowUpStep
) -> bool:
    """Whether the same person just took the same step with the same words: a form that was sent twice is no clash."""
    last = found.follow_ups.order_by("-number").first()
    typed = (step, form.cleaned_data["text"], actor(request))
    return last is not None and typed == (last.step, last.text, last.taken_by)


def _named(form: StepForm) -> dict[str, Any]:
    return {"answer_form" if isinstance(form, AnswerDecisionForm) else "settle_form": form}


def _clash_page(request: HttpRequest, found: Decision, form: StepForm) -> HttpResponse:
    """Show what others did beside what was typed (G4); the form then stands on what holds now."""
    page = decision_page(found, clock.today())
    data = request.POST.copy()
    data["opened_number"] = str(page.step_count)
    data["seen_version"] = str(page.decision.version)
    again: StepForm
    if isinstance(form, AnswerDecisionForm):
        again = AnswerDecisionForm(data)
    else:
        again = SettleDecisionForm(data, state=page.state)
    opened = form.cleaned_data["opened_number"]
    told = {
        "taken": page.steps_after(opened),
        "is_reworded": form.cleaned_data.get("seen_version") not in (None, page.decision.version),
    }
    return _page(request, found, status=409, **told, **_named(again))


def _page(
    request: HttpRequest, found: Decision, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a decision with the forms that the visitor may use; one that was sent stays whatever may be done now."""
    today = clock.today()
    page = decision_page(found, today)
    opened = {"opened_number": page.step_count, "seen_version": page.decision.version}
    if page.takes_answers and can_answer_decision(request.user, found, today):
        context.setdefault("answer_form", AnswerDecisionForm(initial=opened))
    may_settle = can_settle_decisions(request.user)
    if may_settle and page.awaits_settlement:
        context.setdefault("settle_form", SettleDecisionForm(initial=opened, state=page.state))
    context |= {
        "nav": "meetings",
        "crumbs": [("決定・指示事項", reverse("decision_list")), (found.code, "")],
        "page": page,
        "decision": page.decision,
        "row": page.row,
        "may_settle": may_settle,
        "may_add": page.decision.meeting.is_closed and can_run_meetings(request.user),
        "may_edit": page.can_be_changed and can_run_meetings(request.user),
    }
    return render(request, "reviews/decision_detail.html", context, status=status)
