"""遅れている取組と、お諮りすること: what is late and why for everybody, what there is to decide for staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.queries.late_items import lateness
from initiatives.queries.states import living_plan
from initiatives.views.any_day import asked_day
from kirishima_dx.kept.decorator import kept
from plans.served import served_plan
from reviews.queries.questions import coming_questions


@require_safe
@kept
def late_and_to_decide(request: HttpRequest) -> HttpResponse:
    """Show the late items of a day as it was known; what the next meeting decides, of today alone."""
    asked, plan = asked_day(request), served_plan(request)
    living = living_plan(plan, asked.moment) if plan else None
    if plan is None or living is None:
        return render(request, "initiatives/living_plan_empty.html", {"nav": "plan"})
    is_staff = request.user.is_authenticated
    context = {
        "nav": "plan",
        "crumbs": [("遅れている取組", "")],
        "any_day": asked,
        "shelf": living.shelf,
        "lateness": lateness(living.items, living.moment, query=asked.query),
        "is_staff": is_staff,
        "questions": coming_questions(plan, asked.today) if is_staff and asked.is_today else None,
    }
    return render(request, "portal/late_and_to_decide.html", context)
