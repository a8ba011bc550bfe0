"""Of which day a page shall speak, and since which day what changed is asked."""

from datetime import date
from typing import Any

from django import forms

from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import JapaneseDateField

EXPECTED = "日付は 2026-10-01 のように書いてください。"


class AnyDayField(JapaneseDateField):
    """A day of an address."""

    default_error_messages = {"invalid": f"「%(value)s」は日付として読めません。{EXPECTED}"}


def _day(label: str) -> AnyDayField:
    return AnyDayField(label=label, required=False)


class AnyDayForm(forms.Form):
    """A day; none means today."""

    on = _day("いつの内容を見るか")

    @property
    def day(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        return day


class ChangesForm(forms.Form):
    """Two days in their order. Without the later one it is today, which `today` names."""

    since = _day("この日から")
    on = _day("この日まで")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("on") or self.today
        if since and since > until:
            self.add_error(
                "since",
                f"「この日から」（{wareki_date(since)}）が「この日まで」（{wareki_date(until)}）より後の日です。"
                "早い日を「この日から」に書いてください。",
            )
        return data
