"""Rows of 新旧対照表 and labels of changes, drawn by revisions/components/."""

from django import template

from revisions.components.comparison import comparison_rows
from revisions.components.labels import amended_labels

register = template.Library()
register.simple_tag(amended_labels)
register.simple_tag(comparison_rows)
