"""The living plan, drawn by initiatives/components/: きょうの未来図, the items, those that are late."""

from django import template

from initiatives.components.board import board_axes, named
from initiatives.components.item_list import item_row
from initiatives.components.late import late_rows
from initiatives.components.plan import plan_measures

register = template.Library()
register.filter(named)
register.simple_tag(board_axes)
register.simple_tag(item_row)
register.simple_tag(late_rows)
register.simple_tag(plan_measures)
