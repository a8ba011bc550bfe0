"""What changed of the items of the plan, drawn by portal/components/."""

from django import template

from portal.components.changes import changed_items, changed_names

register = template.Library()
register.simple_tag(changed_items)
register.simple_tag(changed_names)
