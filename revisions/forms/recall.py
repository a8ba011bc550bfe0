"""The form of calling off a scheduled adoption, or of moving it to another day."""

from datetime import date
from typing import Any

from django import forms

from kirishima_dx.far_day import FarDayForm, Years
from kirishima_dx.forms import JapaneseDateField, ProseField

CALL_OFF, MOVE = "call_off", "move"
ACTS = {CALL_OFF: "施行を取りやめ、案に戻す", MOVE: "施行日を変える"}


class RecallForm(FarDayForm):
    """What to do with a scheduled adoption, why, and which one the person saw (G4)."""

    act = forms.ChoiceField(
        label="どうするか",
        choices=list(ACTS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "施行を取りやめるか、施行日を変えるかを選んでください。",
            "invalid_choice": "施行を取りやめるか、施行日を変えるかを選んでください。",
        },
    )
    effective_from = JapaneseDateField(
        label="新しい施行日",
        required=False,
        help_text="施行日を変えるときだけ入れます。効力をもつ最初の日です。",
    )
    reason = ProseField(
        label="理由",
        rows=3,
        max_length=2000,
        help_text="記録に残り、職員が読めます。",
        error_messages={"required": "理由を書いてください。"},
    )
    opened_adoption = forms.DateTimeField(
        label="開いたときの施行の記録",
        widget=forms.HiddenInput,
        error_messages={
            "required": "画面を開き直してから、もう一度送ってください。",
            "invalid": "画面を開き直してから、もう一度送ってください。",
        },
    )

    def __init__(self, *args: Any, today: date, years: Years, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.years = today, years

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        day = typed.get("effective_from")
        if typed.get("act") == MOVE and day is None and "effective_from" not in self.errors:
            self.add_error("effective_from", "新しい施行日を入れてください。")
        if typed.get("act") == CALL_OFF and day is not None:
            self.add_error(
                "effective_from", "施行を取りやめるときは、新しい施行日を空にしてください。"
            )
        if typed.get("act") == MOVE:
            self.ask_about_far_day(day, today=self.today, years=self.years)
        return typed
