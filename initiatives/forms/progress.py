"""What is asked of people who record progress."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices

from initiatives.actions import Statement, faults_of
from initiatives.enums import CycleStep, Direction, Rating, Status
from initiatives.forms.opened import OpenedForm
from initiatives.models.progress_entry import STATEMENT_FIELDS
from initiatives.queries import FIELD_LABELS
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import JapaneseDateField, ProseField


def _choice(name: str, choices: type[Choices]) -> forms.ChoiceField:
    """Return a choice that begins with none, so that nothing is answered by not looking."""
    return forms.ChoiceField(
        label=FIELD_LABELS[name],
        choices=[("", "選んでください"), *choices.choices],
        error_messages={
            "required": "選んでください。",
            "invalid_choice": "「%(value)s」は選べません。一覧から選んでください。",
        },
    )


def _prose(name: str, help_text: str = "", *, rows: int = 4, required: bool = False) -> ProseField:
    return ProseField(
        label=FIELD_LABELS[name],
        help_text=help_text,
        rows=rows,
        required=required,
        error_messages={"required": f"{FIELD_LABELS[name]}を書いてください。"},
    )


class AsOfForm(OpenedForm):
    as_of = JapaneseDateField(
        label="基準日", help_text="いつの時点の状況かを入れます。今日までの日です。"
    )

    def clean_as_of(self) -> date:
        as_of: date = self.cleaned_data["as_of"]
        if as_of > self.today:
            raise ValidationError(
                f"基準日に未来の日は入れられません。{wareki_date(self.today)}までの日にしてください。"
            )
        return as_of


class StatementForm(OpenedForm):
    """What is said of an item: the columns of STATEMENT_FIELDS in their order."""

    status = _choice("status", Status)
    step = _choice("step", CycleStep)
    rating = _choice("rating", Rating)
    rating_reason = _prose(
        "rating_reason", "その評価とした理由を、予定と比べて書きます。", rows=3, required=True
    )
    achievements = _prose("achievements", "期間中に行ったことを、時期や数とともに書きます。")
    outcome = _prose("outcome", "行ったことで何がどう変わったかを書きます。", rows=3)
    problem = _prose("problem", "進めるうえで妨げになっていることを書きます。", rows=3)
    for_headquarters = forms.BooleanField(
        label="この課題を本部で協議したい",
        required=False,
        help_text="課だけでは解けない課題を、DX推進本部の協議事項に挙げます。",
    )
    delay_cause = _prose("delay_cause", rows=3)
    countermeasure = _prose("countermeasure", rows=3)
    new_due_date = JapaneseDateField(
        label=FIELD_LABELS["new_due_date"],
        required=False,
        help_text="いつまでに遅れを取り戻すか。基準日より後の日です。",
    )
    next_steps = _prose("next_steps", rows=3)
    direction = _choice("direction", Direction)


class ProgressForm(StatementForm, AsOfForm):
    """One statement of a day, under rule G3."""

    opened_entry = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "rating" in cleaned and "as_of" in cleaned:
            unread = set(self.errors)
            for name, message in faults_of(self.statement, cleaned["as_of"]).items():
                if name not in unread:
                    self.add_error(name, message)
        return cleaned

    @property
    def statement(self) -> Statement:
        said = {name: self.cleaned_data.get(name) for name in STATEMENT_FIELDS}
        due, wished = said.pop("new_due_date"), bool(said.pop("for_headquarters"))
        texts = {name: value or "" for name, value in said.items()}
        return Statement(**texts, new_due_date=due, for_headquarters=wished)


class CorrectionForm(ProgressForm):
    """A statement that takes the place of an entry, and why."""

    correction_reason = ProseField(
        label="訂正の理由",
        rows=2,
        help_text="何がどう誤っていたのかを書きます。経過に残ります。",
        error_messages={"required": "訂正の理由を書いてください。"},
    )
    field_order = ("correction_reason", "as_of")


class UnchangedForm(AsOfForm):
    """変更なし: the last statement, said again of a later day."""
