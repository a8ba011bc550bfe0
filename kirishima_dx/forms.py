"""Form fields that every app uses: dates as people here write them, and prose."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from kirishima_dx.days import EARLIEST_DAY, LATEST_DAY, day_fault
from kirishima_dx.fiscal_year import ERAS
from kirishima_dx.number import number_fault, read_number
from kirishima_dx.typed_text import narrow

EXAMPLES = "2026-10-01、2026/10/1、令和8年10月1日、R8.10.1"
_SEPARATED = r"[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_PATTERNS = (
    re.compile(r"(?P<year>\d{4})" + _SEPARATED),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<era>令和|平成|昭和|[RHSrhs])(?P<year>元|\d{1,2})" + _SEPARATED),
)
_FIRST_DAYS = {name: start for start, *names in ERAS for name in names}


def read_date(text: str) -> date | None:
    """Read a date in any usual Japanese form, full-width digits too; None where it is none.

    A day outside the era it is written in (平成32年, 令和元年4月) is no date: never a guess. Any other is read:
    whether it may come in is for `day_fault` to say.
    """
    written = narrow(text)
    found = (pattern.fullmatch(written) for pattern in _PATTERNS)
    parts = next((one.groupdict() for one in found if one), None)
    return _day(parts) if parts else None


def _day(parts: dict[str, str]) -> date | None:
    year = 1 if parts["year"] == "元" else int(parts["year"])
    start = _FIRST_DAYS[parts["era"].upper()] if "era" in parts else None
    try:
        day = date(year + start.year - 1 if start else year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None
    begun = next((first for first, *_ in ERAS if first <= day), None)
    return day if start in (None, begun) else None


_BOUNDS = ("min", "max")


class JapaneseDateInput(forms.DateInput):
    """A date input that turns into a text input where it has to show something that is no ISO date.

    A browser empties a date input whose value it cannot read, and what was typed would be lost.
    """

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        bounds = {"min": EARLIEST_DAY.isoformat(), "max": LATEST_DAY.isoformat()}
        super().__init__({**bounds, **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _is_iso(shown):
            context["widget"]["type"] = "text"
            # Bounds are for inputs of dates.
            bounded = context["widget"]["attrs"]
            context["widget"]["attrs"] = {k: v for k, v in bounded.items() if k not in _BOUNDS}
        return context


def _is_iso(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and parse_date(text))
    except ValueError:
        return False


class JapaneseDateField(forms.DateField):
    """A date as the browser's date input sends it, or as people type it (see read_date), within `days.py`."""

    widget = JapaneseDateInput
    default_error_messages = {
        "required": "日付を入れてください。",
        "invalid": f"「%(value)s」は日付として読めません。例：{EXAMPLES}",
    }

    def to_python(self, value: Any) -> date | None:
        day = self._read(value)
        fault = day_fault(day, str(value)) if day else ""
        if fault:
            raise ValidationError(fault, code="out_of_range")
        return day

    def _read(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        text = str(value)
        if not text.strip():
            return None
        day = read_date(text)
        if day is None:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": text.strip()}
            )
        return day


class NumberField(forms.CharField):
    """A number as people type it (see read_number): an int, or a Decimal where it has places after the point."""

    default_error_messages = {"required": "数を入れてください。"}

    def __init__(self, *, unit: str = "", places: int = 0, **options: Any) -> None:
        self.unit, self.places = unit, places
        widget = forms.TextInput(attrs={"inputmode": "decimal" if places else "numeric"})
        super().__init__(**{"widget": widget, **options})

    def clean(self, value: Any) -> int | Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        number = read_number(text, unit=self.unit, places=self.places)
        if number is None:
            fault = number_fault(text, unit=self.unit, places=self.places)
            raise ValidationError(fault, code="invalid")
        return number if self.places else int(number)


_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Controls, marks that have no width, and those that turn the order of letters. What joins emoji stays."""


def plain_prose(text: str) -> str:
    """Return text with one kind of line break, without marks that nobody sees: of those alone it is empty."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


TOO_LONG = {"max_length": "%(limit_value)d文字以内にしてください（いま%(show_value)d文字です）。"}


def without_limit(attrs: dict[str, Any]) -> dict[str, Any]:
    """Leave the limit to the form: a browser that knows it cuts a pasted text without saying so."""
    return {name: value for name, value in attrs.items() if name != "maxlength"}


class LineField(forms.CharField):
    """Text of one line."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        options["error_messages"] = {**TOO_LONG, **options.get("error_messages", {})}
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        return " ".join(plain_prose(super().to_python(value) or "").split("\n")).strip()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return without_limit(super().widget_attrs(widget))


class ProseField(forms.CharField):
    """Text of several lines; with `strip=False` as it was typed, but for what plain_prose takes away."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 4, max_length: int = 5000, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        options["error_messages"] = {**TOO_LONG, **options.get("error_messages", {})}
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        text = plain_prose(super().to_python(value) or "")
        return text.strip() if self.strip else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return without_limit(super().widget_attrs(widget))
