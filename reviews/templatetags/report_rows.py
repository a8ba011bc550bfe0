"""The rows of the tables of a report, as tags."""

from django import template

from reviews.components.changes import change_row
from reviews.components.rows import plain_row, progress_row, report_row
from reviews.components.totals import totals_row

register = template.Library()
register.simple_tag(change_row)
register.simple_tag(plain_row)
register.simple_tag(progress_row)
register.simple_tag(report_row)
register.simple_tag(totals_row)
