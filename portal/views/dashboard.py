"""図で見る: how the plan stands in pictures, today and on any day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.views.any_day import asked_day
from kirishima_dx.kept.decorator import kept
from plans.served import served_plan, served_shelf
from portal.queries.dashboard.page import dashboard


@require_safe
@kept
def dashboard_page(request: HttpRequest) -> HttpResponse:
    asked, plan = asked_day(request), served_plan(request)
    shelf = served_shelf(request, asked.moment)
    pictures = []
    if plan is not None and shelf.living is not None:
        edition = shelf.living.edition
        edition.plan = plan
        pictures = dashboard(
            edition,
            asked.moment,
            asked.kept,
            query=asked.query,
            for_staff=request.user.is_authenticated,
        )
    context = {
        "nav": "dashboard",
        "crumbs": [("図で見る", "")],
        "any_day": asked,
        "shelf": shelf,
        "pictures": pictures,
    }
    return render(request, "portal/dashboard.html", context)
