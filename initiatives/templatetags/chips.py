"""The chips of a statement, as tags: `{% status_chip value label %}`, `{% rating_chip value label %}`."""

from django import template

from initiatives.components.chips import rating_chip, status_chip

register = template.Library()
register.simple_tag(rating_chip)
register.simple_tag(status_chip)
