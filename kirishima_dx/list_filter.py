"""Lists that are narrowed and sorted by their address (design.md §5)."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models import Choices as ModelChoices

Options = list[tuple[str, str]]
ALL = "すべて"


@dataclass(frozen=True)
class Shortcut:
    """A narrowing that somebody is likely to want: what people call it, and the query that asks for it."""

    label: str
    query: str


def shortcut(label: str, conditions: dict[str, str]) -> Shortcut:
    return Shortcut(label, urlencode(conditions))


def choice(label: str, method: str, choices: Options | None = None) -> django_filters.ChoiceFilter:
    """Return a condition of which one value or none is chosen."""
    return django_filters.ChoiceFilter(
        label=label, method=method, choices=choices or [], empty_label=ALL
    )


def sort_filter(sorts: Mapping[str, str]) -> django_filters.ChoiceFilter:
    """Return the condition that the heads of the columns set: a key, with `-` turned round."""
    return django_filters.ChoiceFilter(
        label="並び順",
        method="sorted_by",
        choices=[(key, "") for name in sorts for key in (name, f"-{name}")],
        widget=forms.HiddenInput,
    )


def rank(column: str, choices: type[ModelChoices]) -> Case:
    """Put the values of a closed set into the order in which it is declared."""
    ranks = [When(**{column: value}, then=Value(n)) for n, value in enumerate(choices.values)]
    return Case(*ranks, output_field=IntegerField())


def every_word(text: str, found: Callable[[str], Q]) -> Q:
    """Return the condition that every word of a text is found, also where it was typed in full-width letters."""
    wanted = Q()
    for word in dict.fromkeys(text.split()):
        forms_of_word = Q()
        for form in {word, unicodedata.normalize("NFKC", word)}:
            forms_of_word |= found(form)
        wanted &= forms_of_word
    return wanted


class ListFilter(django_filters.FilterSet):
    """A list with conditions and, as `sort`, an order. A condition that makes no sense is reported and left out."""

    default_order = ""

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Return what the list is narrowed to, label and value as people read them."""
        if not self.form.is_bound:
            return []
        held = [(name, self.form.cleaned_data.get(name)) for name in self.filters if name != "sort"]
        return [
            (self.filters[name].label, self._shown(name, value)) for name, value in held if value
        ]

    def _shown(self, name: str, value: Any) -> str:
        labels = dict(self.filters[name].extra.get("choices", []))
        return str(labels.get(value, value))

    @property
    def order(self) -> str:
        if not self.form.is_bound:
            return self.default_order
        return self.form.cleaned_data.get("sort") or self.default_order
