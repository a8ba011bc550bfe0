"""Showing the fields of any form again, to somebody whose session ended while they were typing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias

from django import template
from django.apps import apps
from django.db.models import Field

register = template.Library()

Column: TypeAlias = "Field[Any, Any]"  # Not subscriptable at run time.

OURS = ("plans", "people", "initiatives", "reviews")
MACHINERY = ("opened_", "version")


@register.simple_tag
def as_typed(kept: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return label and text of what was typed, as people call and read it.

    A form is known here by its field names alone; columns bear the same names and know labels.
    """
    columns = _columns()
    return [
        _shown(columns[name], name, value)
        for name, value in kept
        if value.strip() and not name.startswith(MACHINERY)
    ]


def _columns() -> dict[str, list[Column]]:
    columns: dict[str, list[Column]] = defaultdict(list)
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                columns[field.name].append(field)
    return columns


def _shown(columns: list[Column], name: str, value: str) -> tuple[str, str]:
    """Take the column that knows the value among its choices, else the first of that name."""
    for column in columns:
        choices = dict(column.flatchoices)
        if value in choices:
            return str(column.verbose_name), str(choices[value])
    return (str(columns[0].verbose_name) if columns else name), value
