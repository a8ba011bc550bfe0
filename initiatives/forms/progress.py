"""What is asked of people who record progress."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from initiatives.forms.opened import OpenedForm
from initiatives.forms.stated_fields import stated_field
from initiatives.stated_column import Asked, StatedColumn
from initiatives.statement import COLUMNS, Statement, faults_of
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import JapaneseDateField, ProseField


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


@dataclass(frozen=True)
class AskedField:
    """A field of a column; `is_optional` lets it say 任意."""

    column: StatedColumn
    field: BoundField

    @property
    def is_optional(self) -> bool:
        return self.column.is_optional


class StatementForm(OpenedForm):
    """What is said of an item: a field for each of `statement.COLUMNS`, in their order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {column.key: stated_field(column) for column in COLUMNS}

    def read(self, column: StatedColumn) -> Any:
        """Return what a cleaned form says in a column; what is missing or cannot be read says nothing."""
        value = self.cleaned_data.get(column.key)
        return column.empty if value in (None, "") else value

    @property
    def parts(self) -> dict[str, list[list[AskedField]]]:
        """Return the fields before, in and after the part for late items, row by row."""
        parts: dict[str, list[list[AskedField]]] = {"before": [], "late": [], "after": []}
        for column in COLUMNS:
            rows = parts[self._part_of(column, after=bool(parts["late"]))]
            asked = AskedField(column, self[column.key])
            if column.shares_row and rows:
                rows[-1].append(asked)
            else:
                rows.append([asked])
        return parts

    @staticmethod
    def _part_of(column: StatedColumn, *, after: bool) -> str:
        if column.asked is Asked.WHEN_LATE:
            return "late"
        return "after" if after else "before"


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
        return Statement(**{column.key: self.read(column) for column in COLUMNS})


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
