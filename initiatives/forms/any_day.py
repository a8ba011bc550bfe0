"""Of which day a page shall speak, and since which day what changed is asked."""

from datetime import date
from typing import Any

from django import forms

from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import LATEST_YEAR, JapaneseDateField, is_western_day

EXPECTED = "日付は 2026-10-01 のように書いてください。"
EARLIEST, LATEST = date(1927, 4, 1), date(LATEST_YEAR, 12, 31)
"""The days that can be read as dates: those before are of a fiscal year without a name."""


class AnyDayField(JapaneseDateField):
    """A day; one that is written as it should be and lies too far away is told which days there are."""

    default_error_messages = {
        "invalid": f"「%(value)s」は日付として読めません。{EXPECTED}",
        "far": f"「%(value)s」は遠すぎて表示できません。{EARLIEST} から {LATEST} までの日付を書いてください。",
    }

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            if not is_western_day(str(value)):
                raise
        raise forms.ValidationError(
            self.error_messages["far"], code="far", params={"value": str(value).strip()}
        )


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
