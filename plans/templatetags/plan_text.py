"""What the pages of the plan's text need."""

from collections.abc import Mapping

from django import template

from plans.components import study_mark, why_link
from plans.models import Axis, Erratum, FocusItemText, Policy, Section
from plans.places import lasting_place
from plans.section_text import under_headings

register = template.Library()
register.filter(under_headings)
register.filter(lasting_place)
register.simple_tag(study_mark)
register.simple_tag(why_link)

Anchored = Axis | Policy | FocusItemText | Section


@register.filter
def anchor(text: Anchored) -> str:
    """Return where a text stands on the page of its edition (as `places.locate` does)."""
    match text:
        case Axis():
            return f"axis-{text.number}"
        case Policy():
            return f"policy-{text.code}"
        case FocusItemText():
            return f"item-{text.place}"
        case _:
            return text.key


@register.filter
def about(errata: Mapping[str, list[Erratum]], text: Anchored) -> list[Erratum]:
    """Return the errata, given by anchor, that speak of a text."""
    return errata.get(anchor(text), [])
