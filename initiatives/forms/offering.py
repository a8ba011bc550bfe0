"""What a form lets people choose from, where that is known only once the form is made."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from kirishima_dx.fiscal_year import wareki_date
from people.models import Department


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


def offer_departments(form: forms.Form, name: str, on: date) -> None:
    """Let a field choose among the departments that have not ended by a day; one that begins or ends later says so."""
    offer_rows(form, name, Department.objects.not_abolished(on))

    def label(obj: Department) -> str:
        return f"{obj.name}{period_note(obj, on)}"

    field = cast("forms.ModelChoiceField[Department]", form.fields[name])
    field.label_from_instance = label  # type: ignore[method-assign]  # Of this form alone.


def period_note(department: Department, on: date) -> str:
    """Return （令和9年4月1日から） or （令和9年3月31日まで） for what begins or ends after a day; else nothing."""
    notes = []
    if department.valid_from is not None and department.valid_from > on:
        notes.append(f"{wareki_date(department.valid_from)}から")
    if department.valid_until is not None and department.valid_until >= on:
        notes.append(f"{wareki_date(department.valid_until)}まで")
    return f"（{'、'.join(notes)}）" if notes else ""
