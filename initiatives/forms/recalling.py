"""What is asked of those who call a plan off, or move it to another day (rule A4)."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db import models

from initiatives.forms.opened import RefusableForm
from initiatives.queries.planned_turns import PlannedTurn
from kirishima_dx.far_day import FarDayForm, Years
from kirishima_dx.forms import JapaneseDateField, ProseField

FINGERPRINT = re.compile(r"[0-9-]+\.[0-9a-f]{64}")


class RecallWay(models.TextChoices):
    CALL_OFF = "call_off", "取りやめる（予定がなかったことにする）"
    MOVE = "move", "日を変える"


class RecallForm(FarDayForm, RefusableForm):
    """Whether a plan is called off or moved, to which day, and why."""

    way = forms.ChoiceField(
        label="どうするか",
        choices=RecallWay,
        widget=forms.RadioSelect,
        error_messages={
            "required": "どちらかを選んでください。",
            "invalid_choice": "どちらかを選んでください。",
        },
    )
    new_day = JapaneseDateField(
        label="変更後の日", required=False, help_text="「日を変える」ときに入れます。"
    )
    reason = ProseField(
        label="理由",
        rows=2,
        max_length=2000,
        help_text="例：日付の入力誤り。予定の記録とともに残ります。",
        error_messages={"required": "理由を書いてください。"},
    )

    def __init__(self, *args: Any, today: date, years: Years | None, **kwargs: Any) -> None:
        self.today, self.years = today, years
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("way") == RecallWay.CALL_OFF:
            cleaned["new_day"] = None
        elif cleaned.get("way") == RecallWay.MOVE and "new_day" not in self.errors:
            if cleaned.get("new_day") is None:
                self.add_error("new_day", "変更後の日を入れてください。")
            self.ask_about_far_day(cleaned.get("new_day"), today=self.today, years=self.years)
        return cleaned


class _Chosen(forms.MultipleChoiceField):
    """Plans as they were when the page was opened: what is not so any more is told by the action."""

    def valid_value(self, value: Any) -> bool:
        return FINGERPRINT.fullmatch(str(value)) is not None


class PlannedTurnsForm(RecallForm):
    """Which planned changes of responsibility are called off or moved."""

    chosen = _Chosen(
        label="取りやめるか日を変える予定",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "取りやめるか日を変える予定に、印を付けてください。",
            "invalid_choice": "一覧から選んでください。",
        },
    )

    def __init__(self, *args: Any, turns: list[PlannedTurn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.turns = [turn for turn in turns if turn.handover_of is None]
        self.values = {turn.name: f"{turn.name}.{turn.fingerprint}" for turn in self.turns}

    @property
    def rows(self) -> list[tuple[PlannedTurn, str, bool]]:
        """Return the plans, each with the value of its box and whether it is ticked."""
        ticked = set(self["chosen"].value() or ())
        named = {value.partition(".")[0] for value in ticked}
        return [(turn, self.values[turn.name], turn.name in named) for turn in self.turns]

    @property
    def seen(self) -> dict[str, str]:
        """Return the fingerprint of each chosen plan by its name."""
        parted = (value.partition(".") for value in self.cleaned_data["chosen"])
        return {name: fingerprint for name, _, fingerprint in parted}


class PlannedFilterForm(forms.Form):
    """Which planned changes are shown: of one item, or of one day."""

    item = forms.CharField(required=False, max_length=40)
    day = JapaneseDateField(required=False)
