"""What stands behind the editions, on the page that lists them in plans/ (which knows nothing of revisions/)."""

from typing import Any

from django import template
from django.template import Context

from kirishima_dx import clock
from plans.models import Edition, Plan
from reviews.models import Decision
from reviews.queries.considerations import considered_years
from reviews.rules import can_record_considerations, can_see_drafts
from revisions.models import AdoptionDecision

register = template.Library()


@register.inclusion_tag("revisions/_considerations_told.html", takes_context=True)
def considerations_told(context: Context, plan: Plan) -> dict[str, Any]:
    """Tell staff of each year whether its update was considered; others nothing."""
    visitor = context["user"]
    years = considered_years(plan, clock.today()) if can_see_drafts(visitor) else []
    return {"years": years, "may_record": can_record_considerations(visitor)}


@register.simple_tag(takes_context=True)
def adoption_decisions(context: Context, plan: Plan) -> dict[int, Decision]:
    """Return for staff which decision the adoption of each edition rests on, by the edition's key, in one query."""
    if not can_see_drafts(context["user"]):
        return {}
    kept = AdoptionDecision.objects.filter(edition__plan=plan)
    return {one.edition_id: one.decision for one in kept.select_related("decision__meeting")}


@register.filter
def behind(edition: Edition, decisions: dict[int, Decision]) -> Decision | None:
    """Return the decision that an edition rests on."""
    return decisions.get(edition.pk)
