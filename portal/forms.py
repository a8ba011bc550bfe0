"""What 利用の記録 is narrowed to, how records are let go after their time, and since when changes are asked for."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from initiatives.forms.any_day import ChangesForm
from kirishima_dx.client_address import read_address
from kirishima_dx.forms import JapaneseDateField, LineField, ProseField
from people.actions.shortening import begin_of, too_late
from people.kept_records import KEPT_FOR_A_TIME, KeptForATime
from portal.enums import Basis, Period, RecordKind
from portal.queries.records.record import Accounts, Wish


class RecordFilterForm(forms.Form):
    """A condition that makes no sense is reported and left out; the others hold."""

    kind = forms.ChoiceField(
        label="種類", required=False, choices=[("", "すべて"), *RecordKind.choices]
    )
    account = LineField(label="ユーザー名・氏名", required=False, max_length=150)
    address = LineField(label="接続元", required=False, max_length=45)
    since = JapaneseDateField(label="いつから", required=False)
    until = JapaneseDateField(label="いつまで", required=False)
    words = LineField(label="語句", required=False, max_length=200)

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"]
        if not typed or typed[-1] in ".:":
            return typed
        address = read_address(typed)
        if not address:
            raise ValidationError(
                f"「{typed}」はIPアドレスとして読めません。例：10.1.2.3、または初めの部分（10.1.）"
            )
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "「いつから」以後の日にしてください。")
        return cleaned

    @property
    def wish(self) -> Wish:
        """Return what is asked, as far as it makes sense."""
        self.is_valid()
        asked = self.cleaned_data
        account, kind = asked.get("account"), asked.get("kind")
        return Wish(
            kind=RecordKind(kind) if kind else None,
            accounts=Accounts.meant_by(account) if account else None,
            address=asked.get("address", ""),
            since=asked.get("since"),
            until=asked.get("until"),
            words=asked.get("words", ""),
        )

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Return what the list is narrowed to, label and value as people read them."""
        kinds = dict(RecordKind.choices)
        held = [(self.fields[name].label, self.cleaned_data.get(name)) for name in self.fields]
        return [(str(label), str(kinds.get(value, value))) for label, value in held if value]


class ShorteningForm(forms.Form):
    """Which records go until when, and why. `seen` is the day whose counts were shown: a tick holds for that day."""

    tables = forms.MultipleChoiceField(
        label="整理する記録",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "整理する記録を一つ以上選んでください。"},
    )
    until = JapaneseDateField(label="この日より前の記録を消す")
    reason = ProseField(
        label="整理の理由",
        rows=2,
        max_length=1000,
        help_text="例：文書の保存期間（3年）が過ぎたため。理由はずっと残ります。",
        error_messages={"required": "整理の理由を書いてください。"},
    )
    is_sure = forms.BooleanField(
        label="消した記録は戻せないことを確かめました",
        error_messages={"required": "件数と、戻せないことを確かめてから、印を付けてください。"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tables", [one.table for one in KEPT_FOR_A_TIME])
        day = self._day()
        self.fields["tables"].choices = [  # type: ignore[attr-defined]  # A field of choices.
            (one.table, f"{one.label}（{_counted(one, day)}）") for one in KEPT_FOR_A_TIME
        ]

    def _day(self) -> date | None:
        """Return the day whose records are counted: the one that was typed, if it can be read."""
        typed = self.data.get("until") if self.is_bound else self.initial.get("until")
        try:
            day: date | None = self.fields["until"].clean(typed)
        except ValidationError:
            return None
        return day

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if fault := too_late(until):
            raise ValidationError(fault)
        return until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        until = cleaned.get("until")
        if until and cleaned.get("tables"):
            self._leave_out_empty(begin_of(until))
        if until and cleaned.get("seen") != until.isoformat():
            without_tick = {name: value for name, value in self.data.lists() if name != "is_sure"}  # type: ignore[attr-defined]  # A QueryDict.
            data = QueryDict(mutable=True)
            for name, values in without_tick.items():
                data.setlist(name, values)
            data["seen"] = until.isoformat()
            self.data = data
            self.add_error(
                "until",
                "日が変わったので、件数を数え直しました。確かめてから、もう一度押してください。",
            )
        return cleaned

    def _leave_out_empty(self, until: datetime) -> None:
        """Keep the tables from which something goes: of nothing nobody says that it went."""
        chosen = [one for one in KEPT_FOR_A_TIME if one.table in self.cleaned_data["tables"]]
        self.cleaned_data["tables"] = [one.table for one in chosen if one.count(until)]
        if not self.cleaned_data["tables"]:
            self.add_error("tables", "この日より前の記録は、一件もありません。")


def _counted(one: KeptForATime, day: date | None) -> str:
    return f"{one.count(begin_of(day)):,}件" if day else "日を読めません"


class ChangesAskedForm(ChangesForm):
    """A period by its name, or two days and by what they are compared. Where a first day is named, it counts.

    `year` is the fiscal year of the report with which a period begins; none: the last one.
    """

    by = forms.ChoiceField(label="比べ方", required=False, choices=Basis.choices)
    period = forms.ChoiceField(
        required=False,
        choices=Period.choices,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "「%(value)s」という期間はありません。"},
    )
    year = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=9999)
