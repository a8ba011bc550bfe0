"""未来図: the living plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives import queries
from initiatives.queries import plan_summary
from kirishima_dx import clock
from plans.forms import SearchForm
from plans.queries import errata_by_anchor
from plans.search import search
from plans.served import served_plan


@require_safe
def living_plan(request: HttpRequest) -> HttpResponse:
    """Show the edition in force (or the 案), whole, with today's state of each item."""
    plan = served_plan(request)
    living = queries.living_plan(plan, clock.today()) if plan else None
    if living is None:
        return render(request, "initiatives/living_plan_empty.html", {"nav": "plan"})
    outline = living.outline
    form = SearchForm(request.GET)
    context = {
        "nav": "plan",
        "living": living,
        "edition": outline.edition,
        "is_upcoming": not (outline.edition.is_draft or outline.edition.took_effect_by(living.at)),
        "outline": outline,
        "summary": plan_summary(living),
        "errata": errata_by_anchor(outline.edition),
        "form": form,
        "hits": search(outline, form.words),
    }
    return render(request, "initiatives/living_plan.html", context)
