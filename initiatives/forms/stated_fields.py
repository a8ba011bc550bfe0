"""A form field for each column of a statement, after the kind of the column."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from initiatives.stated_column import Kind, StatedColumn
from kirishima_dx.closed_set import Meaning
from kirishima_dx.forms import JapaneseDateField, NumberField, ProseField


def stated_field(column: StatedColumn) -> forms.Field:
    """Return the field in which a column is asked for, empty at first."""
    return _FIELDS[column.kind](column)


def _choice(column: StatedColumn) -> forms.Field:
    """Return a choice that begins with none, so that nothing is answered by not looking; its words are explained under
    it."""
    return ExplainedChoiceField(
        meanings=column.choices.meanings() if column.choices else (),
        **_asking(column),
        choices=[("", "選んでください"), *column.words.items()],
        error_messages={
            "required": "選んでください。",
            "invalid_choice": "「%(value)s」は選べません。一覧から選んでください。",
        },
    )


class ExplainedChoiceField(forms.ChoiceField):
    """A choice whose words are told in a fold below it (components/_field.html)."""

    def __init__(self, *, meanings: Sequence[Meaning] = (), **options: Any) -> None:
        self.meanings = meanings
        super().__init__(**options)


def _prose(column: StatedColumn) -> forms.Field:
    return ProseField(
        **_asking(column),
        rows=column.rows,
        error_messages={"required": f"{column.label}を書いてください。"},
    )


def _day(column: StatedColumn) -> forms.Field:
    return JapaneseDateField(**_asking(column))


def _flag(column: StatedColumn) -> forms.Field:
    return forms.BooleanField(label=column.question, help_text=column.help, required=False)


def _number(column: StatedColumn) -> forms.Field:
    return NumberField(**_asking(column), unit=column.unit, places=column.places)


def _asking(column: StatedColumn) -> dict[str, Any]:
    return {"label": column.label, "help_text": column.help, "required": column.is_required}


_FIELDS: dict[Kind, Callable[[StatedColumn], forms.Field]] = {
    Kind.TEXT: _prose,
    Kind.CHOICE: _choice,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.WHOLE: _number,
    Kind.DECIMAL: _number,
}
