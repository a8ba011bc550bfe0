"""What this installation serves: its plan and that plan's editions, as a request finds them."""

from django.http import HttpRequest

from kirishima_dx.moment import Moment
from plans.models import Plan
from plans.shelf import EditionShelf, edition_shelf


def served_plan(request: HttpRequest) -> Plan | None:
    """Return the plan that this installation shows, asked once a request."""
    if not hasattr(request, "_served_plan"):
        request._served_plan = Plan.objects.served()  # type: ignore[attr-defined]
    plan: Plan | None = request._served_plan  # type: ignore[attr-defined]
    return plan


def served_shelf(request: HttpRequest, at: Moment | None = None) -> EditionShelf:
    """Return the editions of the served plan as they stand today or at a moment; none before a plan is loaded."""
    plan = served_plan(request)
    return edition_shelf(plan, at or Moment.today()) if plan else EditionShelf([])
