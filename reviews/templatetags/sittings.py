"""The way from what was put before the DX推進本部 to the agenda item, and from a ★ item to the report that tells of its
study: each on its own page."""

from typing import Any

from django import template
from django.template import Context

from kirishima_dx import clock
from plans.models import Edition, FocusItem
from reviews.models import AnnualReport, Meeting
from reviews.queries.studied import report_telling_of_study
from reviews.rules import can_record_considerations, can_see_drafts

register = template.Library()


@register.inclusion_tag("reviews/_agenda_links.html", takes_context=True)
def sittings_about(context: Context, matter: AnnualReport | Edition) -> dict[str, Any]:
    """Show to staff on which agendas a report or an edition stood, in one query; to others nothing."""
    visitor = context.get("user")
    if visitor is None or not can_see_drafts(visitor):
        return {"items": []}
    items = matter.agenda_items.select_related("meeting")
    return {"items": items.order_by("-meeting__held_on", "-meeting", "position")}


@register.inclusion_tag("reviews/_study_published.html")
def study_published(focus_item: FocusItem) -> dict[str, Any]:
    """Show to everybody which published report tells of the study of an item, in three queries."""
    return {"report": report_telling_of_study(focus_item)}


@register.inclusion_tag("reviews/_considered_here.html", takes_context=True)
def considered_here(context: Context, meeting: Meeting) -> dict[str, Any]:
    """Show to staff whether a sitting considered the year's update of the plan, in one query.

    Of one that was held and bears no record, whoever may record it is led there.
    """
    visitor = context.get("user")
    if visitor is None or not can_see_drafts(visitor):
        return {"considerations": []}
    return {
        "meeting": meeting,
        "considerations": meeting.considerations.select_related("edition__base"),
        "may_record": can_record_considerations(visitor) and meeting.is_held(clock.today()),
    }
