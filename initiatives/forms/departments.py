"""What is asked of those who say who is responsible."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from initiatives.forms.offering import offer_departments
from initiatives.forms.opened import OpenedForm
from kirishima_dx.far_day import FarDayForm, Years
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import JapaneseDateField, ProseField
from people.models import Department


class DepartmentsForm(FarDayForm, OpenedForm):
    """Who leads and who supports an item from a day on; `shown_on` is the day of which the page tells who does."""

    from_date = JapaneseDateField(
        label="いつから",
        help_text="この日から担当が変わります。前の日までの担当は、そのまま記録に残ります。",
    )
    lead = forms.ModelChoiceField(
        Department.objects.none(),
        label="主担当課",
        required=False,
        to_field_name="code",
        empty_label="未設定（主担当課を置かない）",
        error_messages={"invalid_choice": "この部署は選べません。一覧から選んでください。"},
    )
    supporting = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label="関係課",
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "「%(value)s」は選べません。一覧から選んでください。",
            "invalid_pk_value": "「%(pk)s」は選べません。一覧から選んでください。",
        },
    )
    reason = ProseField(
        label="理由",
        rows=2,
        error_messages={"required": "担当を変える理由を書いてください。"},
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        shown_on: date,
        years: Years | None,
        is_change: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.is_change, self.shown_on, self.years = is_change, shown_on, years
        for name in ("lead", "supporting"):
            offer_departments(self, name, shown_on)
        self.fields["reason"].required = is_change

    def again(self) -> dict[str, Any]:
        own = {"is_change": self.is_change, "shown_on": self.shown_on, "years": self.years}
        return {**super().again(), **own}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lead, supporting = cleaned.get("lead"), list(cleaned.get("supporting") or [])
        if lead in supporting:
            self.add_error("supporting", f"「{lead}」は主担当課なので、関係課には選べません。")
        from_date = cleaned.get("from_date")
        if from_date is not None:
            refuse_absent(self, "lead", [lead] if lead else [], from_date)
            refuse_absent(self, "supporting", supporting, from_date)
        self.ask_about_far_day(from_date, today=self.today, years=self.years)
        return cleaned


def refuse_absent(
    form: forms.Form, name: str, departments: Iterable[Department], day: date
) -> None:
    """Refuse departments that do not exist on the day from which they would be responsible."""
    absent = "」「".join(d.name for d in departments if not d.is_valid_on(day))
    if absent:
        form.add_error(name, f"「{absent}」は{wareki_date(day)}には置かれていない部署です。")
