"""改定の検討: year by year, and recording one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx import clock
from people.access import actor, secretariat_only, signed_in
from plans.models import Edition, Plan
from plans.served import served_plan
from reviews.actions.considering import record_consideration
from reviews.enums import ConsiderationOutcome
from reviews.errors import ConsiderationRefused
from reviews.forms.considerations import ConsiderationForm
from reviews.models import Consideration
from reviews.queries.considerations import consideration_offers, considered_years, with_decisions
from reviews.rules import can_record_considerations


@require_safe
@signed_in
def considerations(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    context = {
        "nav": "editions",
        "crumbs": _crumbs(("改定の検討", "")),
        "years": with_decisions(considered_years(plan, clock.today())) if plan else [],
        "has_draft": Edition.objects.draft_of(plan) is not None,
        "may_record": can_record_considerations(actor(request)),
    }
    return render(request, "reviews/considerations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def consideration_add(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    if plan is None:
        raise Http404("計画がまだ読み込まれていません。")
    offers = consideration_offers(plan, clock.today())
    if request.method != "POST":
        from_sitting = {"meeting": request.GET.get("meeting", "")}
        return _page(request, ConsiderationForm(offers=offers, initial=from_sitting))
    form = ConsiderationForm(request.POST, offers=offers)
    if form.is_valid() and form.is_outdated:
        return _page(request, form.reopened(), meanwhile=offers.last)
    record = _recorded(form, plan, request) if form.is_valid() else None
    if record is None:
        return _page(request, form)
    messages.success(request, f"{record}　と記録しました。")
    return redirect(record)


def _recorded(form: ConsiderationForm, plan: Plan, request: HttpRequest) -> Consideration | None:
    typed = form.cleaned_data
    try:
        return record_consideration(
            plan=plan,
            fiscal_year=typed["fiscal_year"],
            outcome=ConsiderationOutcome(typed["outcome"]),
            reason=typed["reason"],
            considered_on=typed["considered_on"],
            meeting=typed["meeting"],
            by=actor(request),
        )
    except ConsiderationRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _page(
    request: HttpRequest, form: ConsiderationForm, meanwhile: Consideration | None = None
) -> HttpResponse:
    context = {
        "nav": "editions",
        "crumbs": _crumbs(("改定の検討", reverse("considerations")), ("検討を記録する", "")),
        "form": form,
        "meanwhile": meanwhile,
    }
    status = 409 if meanwhile else 200
    return render(request, "reviews/consideration_add.html", context, status=status)


def _crumbs(*pages: tuple[str, str]) -> list[tuple[str, str]]:
    return [("版と改定", reverse("edition_list")), *pages]
