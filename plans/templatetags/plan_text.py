"""What the pages of the plan's text need."""

from collections.abc import Mapping

from django import template

from plans.models import Erratum

register = template.Library()


@register.filter
def at_anchor(errata: Mapping[str, list[Erratum]], anchor: str) -> list[Erratum]:
    """Return the errata of the text at an anchor."""
    return errata.get(anchor, [])
