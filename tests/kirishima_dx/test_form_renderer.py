"""Selects and inputs are drawn by functions, and are those that Django would draw."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

EVIL = """<script>alert("1")</script>'"><b>&amp;{0}"""
CHOICES = [("", "---"), (1, EVIL), (EVIL, "二"), (EVIL, [("x", EVIL), ("y", "<")])]


class Form(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, help_text="h")
    none = forms.ChoiceField(choices=[], required=False, disabled=True)
    several = forms.MultipleChoiceField(
        choices=CHOICES,
        widget=forms.SelectMultiple(attrs={"size": 7, "data-x": EVIL, "lang": False}),
    )
    flag = forms.NullBooleanField()
    word = forms.CharField(widget=forms.TextInput(attrs={"data-x": EVIL, "lang": False, "x": True}))
    day = forms.DateField(initial=date(2026, 10, 1), disabled=True)
    count = forms.IntegerField(min_value=0, help_text="h", required=False)


@pytest.mark.parametrize("name", Form.base_fields)
@pytest.mark.parametrize(
    "data",
    [
        None,
        {"one": "1", "several": ["1", "x"], "flag": "true", "word": EVIL},
        {"one": "?", "day": "<", "count": "0"},
    ],
)
def test_a_widget_is_that_of_django(name: str, data: dict[str, object] | None) -> None:
    ours, theirs = Form(data), Form(data, renderer=DjangoTemplates())

    assert type(ours.renderer) is not type(theirs.renderer)
    assert parse_html(str(ours[name])) == parse_html(str(theirs[name]))
    assert "<script" not in str(ours[name])
