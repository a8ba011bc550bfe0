"""The registry of the columns of a statement: every place that holds statements holds these columns."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from stated_values import values_of

from initiatives.forms.progress import ProgressForm
from initiatives.forms.stated_fields import stated_field
from initiatives.models import ProgressEntry, Stated
from initiatives.stated_cell import cell_value, number_format
from initiatives.stated_column import Asked, Kind, StatedColumn
from initiatives.statement import COLUMNS, Statement
from kirishima_dx.number import MOST_DIGITS
from kirishima_dx.spreadsheets.table import TableCell
from rounds.answer_content import ANSWER_COLUMNS, AnswerContent
from rounds.answer_sheet.reading import said_in_cell
from rounds.models import Answer

BUDGET = StatedColumn(key="budget", label="予算額", kind=Kind.WHOLE, unit="千円")
SHARE = StatedColumn(key="share", label="利用率", kind=Kind.DECIMAL, unit="%", places=2)
MADE_UP = (BUDGET, SHARE)
"""Columns of kinds that no column has yet."""


def test_the_statement_and_its_tables_hold_the_columns_of_the_registry() -> None:
    keys = [column.key for column in COLUMNS]

    assert [field.name for field in fields(Statement)] == keys
    assert [field.name for field in Stated._meta.get_fields()] == keys
    assert {"kind", *keys} <= {field.name for field in Answer._meta.get_fields()}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_a_column_of_a_table_is_what_its_kind_says(column: StatedColumn) -> None:
    field: Any = ProgressEntry._meta.get_field(column.key)

    assert str(field.verbose_name) == column.label
    assert dict(field.choices or []) == (dict(column.choices.choices) if column.choices else {})
    assert getattr(Statement(), column.key) == column.empty == getattr(ProgressEntry(), column.key)
    assert is_fit(field, column), f"{column.key} loses values of {column.kind} (see is_fit)"


FIELDS: dict[Kind, type] = {
    Kind.TEXT: models.TextField,
    Kind.CHOICE: models.CharField,
    Kind.DAY: models.DateField,
    Kind.FLAG: models.BooleanField,
    Kind.WHOLE: models.BigIntegerField,
    Kind.DECIMAL: models.DecimalField,
}


def is_fit(field: Any, column: StatedColumn) -> bool:
    """Whether a field of a table keeps every value of a column: a number has MOST_DIGITS digits at most."""
    if type(field) is not FIELDS[column.kind] or field.null != (column.empty is None):
        return False
    digits = (MOST_DIGITS, column.places)
    return column.kind is not Kind.DECIMAL or (field.max_digits, field.decimal_places) == digits


def test_a_field_that_loses_numbers_is_told_apart() -> None:
    def decimal(digits: int, places: int) -> Any:
        return models.DecimalField(max_digits=digits, decimal_places=places, null=True)

    assert is_fit(models.BigIntegerField(null=True), BUDGET)
    assert is_fit(decimal(15, 2), SHARE)
    assert not is_fit(models.IntegerField(null=True), BUDGET)
    assert not is_fit(models.BigIntegerField(default=0), BUDGET)
    assert not is_fit(decimal(9, 2), SHARE)
    assert not is_fit(decimal(15, 1), SHARE)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_field_words_and_a_cell(kind: Kind) -> None:
    column = StatedColumn(key="x", label="試し", kind=kind, yes="希望する")

    assert stated_field(column).required is False
    assert column.in_words(column.empty) == ""
    assert said_in_cell(column, TableCell("A1")) == (column.empty, "")


def test_the_form_asks_for_every_column_once() -> None:
    form = ProgressForm(today=date(2026, 10, 15))

    asked = [field.column.key for rows in form.parts.values() for row in rows for field in row]

    assert asked == [column.key for column in COLUMNS]
    late = [field.column.asked for row in form.parts["late"] for field in row]
    # 「三つとも」 stands in the part for late items, and in the guide of the workbook.
    assert late == [Asked.WHEN_LATE] * 3


@given(st.data())
@pytest.mark.parametrize("column", [*ANSWER_COLUMNS, *MADE_UP], ids=lambda column: column.key)
def test_a_value_comes_back_from_json_and_from_its_cell(
    column: StatedColumn, data: st.DataObject
) -> None:
    value = data.draw(values_of(column))

    assert column.from_json(column.as_json(value)) == value
    assert said_in_cell(column, TableCell("A1", cell_value(column, value))) == (value, "")


def test_what_was_stored_before_a_column_was_there_says_nothing_of_it() -> None:
    assert AnswerContent.from_json({"kind": "update", "problem": "人手"}) == AnswerContent(
        kind="update", problem="人手"
    )


@pytest.mark.parametrize(
    ("column", "typed", "value", "words"),
    [
        (BUDGET, "１，２００千円", 1200, "1,200千円"),
        (BUDGET, "0", 0, "0千円"),
        (BUDGET, "▲5", -5, "-5千円"),
        (SHARE, "12.5％", Decimal("12.50"), "12.50%"),
    ],
)
def test_a_number_is_read_as_people_type_it(
    column: StatedColumn, typed: str, value: Any, words: str
) -> None:
    read = stated_field(column).clean(typed)

    assert (read, type(read)) == (value, type(value))
    assert said_in_cell(column, TableCell("A1", typed)) == (value, "")
    assert column.in_words(value) == words


@pytest.mark.parametrize(
    ("column", "typed", "fault"),
    [
        (BUDGET, "約100", "「約100」は読めません。整数を入れてください。単位は千円です。例：1,200"),
        (BUDGET, "1.5", "「1.5」は読めません。整数を入れてください。単位は千円です。例：1,200"),
        (BUDGET, "1,20", "「1,20」は読めません。整数を入れてください。単位は千円です。例：1,200"),
        (
            SHARE,
            "1.234",
            "「1.234」は読めません。小数点以下2桁までの数を入れてください。単位は%です。例：12.50",
        ),
    ],
)
def test_what_is_no_number_is_told_and_never_rounded(
    column: StatedColumn, typed: str, fault: str
) -> None:
    assert said_in_cell(column, TableCell("A1", typed)) == (None, fault)


def test_numbers_stand_in_cells_as_numbers() -> None:
    assert (cell_value(BUDGET, 1200), number_format(BUDGET)) == (1200, "#,##0")
    assert (cell_value(SHARE, Decimal("12.50")), number_format(SHARE)) == (12.5, "#,##0.00")
