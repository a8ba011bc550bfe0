"""Showing the fields of any form again, to somebody whose session ended while they were typing."""

from collections.abc import Iterable

from django import template
from django.apps import apps
from django.db.models import Field

register = template.Library()

OURS = ("plans", "people", "initiatives", "reviews")
MACHINERY = ("opened_", "version")


@register.simple_tag
def as_typed(kept: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return label and text of what was typed, as people call and read it.

    A form is known here by its field names alone; its columns bear the same names and know their labels.
    """
    columns = _columns()
    shown = []
    for name, value in kept:
        if not value.strip() or name.startswith(MACHINERY):
            continue
        column = columns.get(name)
        labels = dict(column.flatchoices) if column is not None else {}
        shown.append((_label(column, name), str(labels.get(value, value))))
    return shown


def _columns() -> dict[str, "Field[object, object]"]:
    columns: dict[str, Field[object, object]] = {}
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                columns.setdefault(field.name, field)
    return columns


def _label(column: "Field[object, object] | None", name: str) -> str:
    return str(column.verbose_name) if column is not None else name
