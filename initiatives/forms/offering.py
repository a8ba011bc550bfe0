"""What a form lets people choose from, where that is known only once the form is made."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str | int, str]]) -> None:
    """Let a field of words choose among these, value and label."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def offer_rows(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of rows choose among these."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


def labels_of(form: forms.Form, name: str) -> dict[str, str]:
    """Return what a field of words offers, label by value; empty where a field is none."""
    offered = getattr(form.fields[name], "choices", [])
    return {str(value): str(label) for value, label in offered}
