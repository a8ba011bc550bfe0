"""Where the texts of a draft are changed, by their places."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from kirishima_dx.quoting import quoted
from plans.places import lasting_anchor

register = template.Library()
register.filter(quoted)

PAGES = {
    "edition": "draft_cover",
    "axes": "draft_axis_edit",
    "policies": "draft_policy_edit",
    "sections": "draft_section_edit",
}


@register.filter
def part_edit_url(place: str) -> str:
    """Return the page on which a part is changed, named by its place: edition, axes/1, sections/purpose."""
    group, _, key = place.partition("/")
    return reverse(PAGES[group], args=[key] if key else [])


@register.filter
def draft_anchor(place: str) -> str:
    """Return where a part stands on the page of the draft."""
    return lasting_anchor(place)


@register.inclusion_tag("revisions/_draft_said.html", takes_context=True)
def said_at(context: Context, anchor: str) -> dict[str, Any]:
    """Show what was just saved of the text at an anchor of the page of the draft."""
    said = context.get("said")
    return {"said": said.beside.get(anchor) if said else None}
