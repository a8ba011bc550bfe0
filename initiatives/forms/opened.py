"""Forms that tell what an action refused, and those that know on which state they were opened (G4)."""

from datetime import date
from typing import Any, Self, cast

from django import forms
from django.http import QueryDict


class RefusableForm(forms.Form):
    """A form whose action may refuse what it says."""

    def refuse(self, errors: dict[str, str]) -> None:
        """Show what an action refused where it belongs."""
        for name, message in errors.items():
            self.add_error(name if name in self.fields else None, message)


class OpenedForm(RefusableForm):
    """A form that knows on which revision of the initiative it was opened (G4), and what day it is."""

    opened_revision = forms.IntegerField(
        label="開いたときの状態", min_value=0, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def reopened(self, **hidden: Any) -> Self:
        """Return the form with everything that was typed, on the state that now stands."""
        data = cast(QueryDict, self.data).copy()
        for key, value in hidden.items():
            data[key] = "" if value is None else str(value)
        return type(self)(data, today=self.today, **self.again())

    def again(self) -> dict[str, Any]:
        """Return what else the form is made from."""
        return {"auto_id": self.auto_id}
