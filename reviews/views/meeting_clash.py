"""Two people wrote the same part of a sitting's record: what stands now beside what was typed (G4)."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, cast

from django import forms
from django.http import QueryDict

from initiatives.forms.offering import labels_of
from kirishima_dx.clash import ClashField, clash_field
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import ProseField
from reviews.queries.meeting_offers import codes_of


def clash_of(form: forms.Form, now: Mapping[str, Any]) -> list[ClashField]:
    """Compare the fields of a valid form with what stands now, given as the form would be opened with it.

    The form then carries the version that stands: sent once more, it overwrites knowingly.
    """
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("version")] = str(now["version"])
    form.data = data
    return [
        clash_field(
            form[name],
            opened=None,
            now=_words(form, name, now[name]),
            typed=_words(form, name, form.cleaned_data[name]),
            whole=not isinstance(field, ProseField),
        )
        for name, field in form.fields.items()
        if name in now and not form[name].is_hidden
    ]


def _words(form: forms.Form, name: str, value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, date):
        return wareki_date(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list):
        return codes_of(text.focus_item for text in value)
    if isinstance(form.fields[name], forms.ModelChoiceField):
        return str(value or "")
    return labels_of(form, name).get(str(value), "" if value is None else str(value))
