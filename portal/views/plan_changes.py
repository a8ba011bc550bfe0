"""What changed of the plan: in a period that people name, or between two days."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.queries.plan_changes import plan_changes as changes_between
from initiatives.views.any_day import AskedDay
from kirishima_dx import clock
from plans.models import Plan
from plans.served import served_plan
from portal.enums import Basis, Period
from portal.forms import ChangesAskedForm
from portal.queries.periods import Span, default_period, span_between, span_of
from reviews.rules import can_see_drafts


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a period up to a day, or two days."""

    period: Period | None
    span: Span | None
    until: date


@require_safe
def plan_changes(request: HttpRequest) -> HttpResponse:
    """Show what changed in a `period` that ends with `on` (today by default), or from the day `since`; without either,
    in the period that has something to tell. Where two days make no sense, ask for them."""
    today = clock.today()
    form = ChangesAskedForm(request.GET, today=today)
    if not form.is_valid():
        return _page(request, form, today, status=400)
    plan = served_plan(request)
    if plan is None:
        return _page(request, form, today)
    asked = _asked(request, form, plan, today)
    if asked.span is None:
        return _page(request, form, today, asked=asked)
    span = asked.span
    initial = {"since": span.old.day, "on": span.new.day, "by": span.basis}
    return _page(
        request,
        ChangesAskedForm(initial=initial, today=today),
        today,
        asked=asked,
        old=AskedDay(span.old, today, []),
        new=AskedDay(span.new, today, []),
        changes=changes_between(plan, span.old, span.new),
    )


def _asked(request: HttpRequest, form: ChangesAskedForm, plan: Plan, today: date) -> Asked:
    data = form.cleaned_data
    until = data["on"] or today
    if data["since"]:
        basis = Basis(data["by"] or Basis.KNOWN)
        return Asked(None, span_between(data["since"], until, basis), until)
    period = Period(data["period"]) if data["period"] else default_period(plan, until)
    span = span_of(period, plan, until, for_staff=can_see_drafts(request.user))
    return Asked(period, span, until)


def _page(
    request: HttpRequest,
    form: ChangesAskedForm,
    today: date,
    *,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    context = {"nav": "changes", "crumbs": [("変わったこと", "")], "form": form}
    context |= {"periods": Period, **shown}
    return render(request, "portal/plan_changes.html", context, status=status)
