"""The form that picks two editions to compare."""

from typing import Any

from django import forms

from plans.models import Edition


class CompareForm(forms.Form):
    """Which two editions to compare."""

    old = forms.ChoiceField(label="改正前の版")
    new = forms.ChoiceField(label="改正後の版")

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(edition.number, edition.name) for edition in editions]
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # Field knows none.
            self.fields[name].error_messages["invalid_choice"] = (
                "版を、表示されている中から選んでください。"
            )
