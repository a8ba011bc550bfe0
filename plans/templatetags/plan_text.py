"""What the pages of the plan's text need, drawn by plans/components/."""

from django import template

from plans.components.bodies import before_after, text_blocks
from plans.components.document import contents, sections
from plans.components.marks import study_mark, why_link
from plans.components.measures import edition_measures
from plans.components.notes import errata_notes
from plans.places import anchor, lasting_place

register = template.Library()
register.filter(anchor)
register.filter(lasting_place)
register.simple_tag(before_after)
register.simple_tag(contents)
register.simple_tag(edition_measures)
register.simple_tag(errata_notes)
register.simple_tag(sections)
register.simple_tag(study_mark)
register.simple_tag(text_blocks)
register.simple_tag(why_link)
