"""The rows of the tables of a report, as tags."""

from django import template

from reviews.components import change_row, plain_row, progress_row, report_row, totals_row

register = template.Library()
register.simple_tag(change_row)
register.simple_tag(plain_row)
register.simple_tag(progress_row)
register.simple_tag(report_row)
register.simple_tag(totals_row)
