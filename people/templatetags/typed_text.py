"""Showing the fields of any form again, to somebody whose session ended while they were typing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias

from django import forms, template
from django.apps import apps
from django.db.models import Field

register = template.Library()

Column: TypeAlias = "Field[Any, Any]"  # Not subscriptable at run time.

OURS = ("plans", "people", "rounds", "initiatives", "reviews", "revisions")
MACHINERY = ("opened_", "version")
CHOSEN = "（選んだもの）"
"""Stands for a choice among records: its key says nothing, and what it means is not for everybody to read."""


@register.simple_tag
def as_typed(kept: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return label and text of what was typed, as people call and read it.

    A form is known here by its field names alone; columns bear the same names and know labels, else forms do.
    """
    columns, asked = _columns(), _form_fields()
    return [
        _shown(columns[name], value) if columns[name] else _asked(asked.get(name), name, value)
        for name, value in kept
        if value.strip() and not name.startswith(MACHINERY) and not _is_hidden(asked.get(name))
    ]


def _columns() -> dict[str, list[Column]]:
    columns: dict[str, list[Column]] = defaultdict(list)
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                if not field.is_relation:
                    columns[field.name].append(field)
    return columns


def _form_fields() -> dict[str, forms.Field]:
    """Return the fields that our forms ask for, by name."""
    found: dict[str, forms.Field] = {}
    waiting = [forms.Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith(OURS):
            found = {**form.base_fields, **found}
    return found


def _is_hidden(field: forms.Field | None) -> bool:
    return field is not None and isinstance(field.widget, forms.HiddenInput)


def _shown(columns: list[Column], value: str) -> tuple[str, str]:
    """Take the column that knows the value among its choices, else the first of that name."""
    for column in columns:
        choices = dict(column.flatchoices)
        if value in choices:
            return str(column.verbose_name), str(choices[value])
    return str(columns[0].verbose_name), value


def _asked(field: forms.Field | None, name: str, value: str) -> tuple[str, str]:
    """Take the label of a form's field, and of a choice what it is called if the form knows that by itself."""
    label = str(field.label or name) if field else name
    if isinstance(field, forms.ChoiceField):  # A choice among records is one as well.
        is_known = not isinstance(field, forms.ModelChoiceField)
        choices = dict(field.choices) if is_known else {}  # type: ignore[arg-type]  # Pairs, whatever the stubs allow.
        return label, str(choices.get(value, CHOSEN))
    return label, value
