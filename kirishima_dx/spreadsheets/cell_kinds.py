"""What the cells of a list mean: how one is read, told in the preview, and written.

A kind is a widget of django-import-export, whose own widgets guess, cut and lose faults. Ours say in Japanese what is
wrong with a cell, and two values are the same where == says so.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from import_export import widgets

from kirishima_dx.forms import plain_prose
from kirishima_dx.spreadsheets.day_cells import day_in
from kirishima_dx.spreadsheets.look import Look, Value
from kirishima_dx.spreadsheets.table import TableCell

BODY = Look(vertical="center")
TEXT = replace(BODY, number_format="@")
"""Excel keeps what is typed into such a cell: 0101 does not become 101."""
DAY = replace(BODY, number_format="yyyy-mm-dd", horizontal="center")


class Kind(widgets.Widget):
    """One line of text. `required` says what is wrong with an empty cell; where it is empty, nothing is."""

    look = BODY
    blank: Any = ""
    """What a new row says where the file lacks the column."""

    def __init__(self, *, required: str = "") -> None:
        super().__init__()
        self.required = required

    def clean(self, value: TableCell, row: Any = None, **options: Any) -> Any:
        """Return what a cell says. Raises ValueError, which says in Japanese what is wrong with it."""
        if value.fault:
            raise ValueError(value.fault)
        read = self.read(value)
        if self.required and not read:
            raise ValueError(self.required)
        return read

    def read(self, cell: TableCell) -> Any:
        return " ".join(plain_prose(cell.text()).split())

    def shown(self, value: Any) -> str:
        """Return a value as the preview tells it."""
        return "" if value is None else str(value)

    def render(self, value: Any, **options: Any) -> Value:
        """Return a value as the workbook holds it."""
        held: Value = value
        return held


class Code(Kind):
    """A short key of letters and digits, in half width however they were typed."""

    look = TEXT

    def read(self, cell: TableCell) -> str:
        code = unicodedata.normalize("NFKC", super().read(cell))
        if code and not re.fullmatch(r"[-\w]{1,40}", code, re.ASCII):
            raise ValueError(
                f"「{code}」はコードに使えません。半角の英数字とハイフンで40文字以内にしてください。"
            )
        return code


class MailAddress(Kind):
    look = TEXT

    def read(self, cell: TableCell) -> str:
        address = unicodedata.normalize("NFKC", super().read(cell))
        try:
            return str(forms.EmailField(required=False, max_length=254).clean(address))
        except ValidationError as error:
            raise ValueError(f"「{address}」はメールアドレスとして読めません。") from error


class PlaceInOrder(Kind):
    """A whole number by which rows are ordered, 0 where the cell is empty: never cut, never guessed."""

    blank = 0

    def read(self, cell: TableCell) -> int:
        written = unicodedata.normalize("NFKC", cell.text()) or "0"
        if not re.fullmatch("0*[0-9]{1,6}", written, re.ASCII):
            raise ValueError(
                f"「{cell.text()}」は並び順として読めません。0から999999までの整数にしてください。"
            )
        return int(written[-6:])


class Day(Kind):
    """A day, also from a date cell; an unchanged one stays equal to what is stored."""

    look, blank = DAY, None

    def read(self, cell: TableCell) -> date | None:
        day, fault = day_in(cell)
        if fault:
            raise ValueError(fault)
        return day
