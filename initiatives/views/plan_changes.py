"""What changed of the plan between two days."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.forms.any_day import ChangesForm
from initiatives.queries.plan_changes import plan_changes as changes_between
from initiatives.views.any_day import AskedDay
from kirishima_dx import clock
from kirishima_dx.moment import Moment
from plans.served import served_plan


@require_safe
def plan_changes(request: HttpRequest) -> HttpResponse:
    """Show what differs between `since` and `on` (today by default); without `since`, or where the two make no sense,
    ask for them."""
    today = clock.today()
    asked = ChangesForm(request.GET, today=today)
    if not asked.is_valid():
        return _page(request, asked, status=400)
    plan, since = served_plan(request), asked.cleaned_data["since"]
    until = asked.cleaned_data["on"] or today
    form = ChangesForm(initial={"since": since, "on": until}, today=today)
    if not (plan and since):
        return _page(request, form)
    old, new = _day(since, today), _day(until, today)
    changes = changes_between(plan, old.moment, new.moment)
    return _page(request, form, old=old, new=new, changes=changes)


def _page(
    request: HttpRequest, form: ChangesForm, *, status: int = 200, **shown: object
) -> HttpResponse:
    context = {"nav": "plan", "crumbs": [("変わったところ", "")], "form": form, **shown}
    return render(request, "initiatives/plan_changes.html", context, status=status)


def _day(day: date, today: date) -> AskedDay:
    return AskedDay(Moment.end_of(day), today, [])
