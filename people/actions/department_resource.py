"""The engine of the department list: django-import-export with cells that know where they stand.

Rows are matched by コード; nothing is ever deleted, an absent column is left alone, and a row that changes nothing is
not saved, so that it leaves no history.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from import_export import fields, instance_loaders, resources, widgets
from tablib import Dataset

from kirishima_dx.forms import plain_prose
from kirishima_dx.history import explain
from kirishima_dx.workbook_table import Table, TableCell, day_in
from people.models import Department, DepartmentSuccession, User

COLUMNS = {
    "code": "コード",
    "division": "部",
    "name": "名称",
    "order": "並び順",
    "email": "メールアドレス",
    "valid_from": "設置日",
    "valid_until": "廃止日",
}
"""Columns of the list by the field that they fill, in their order."""
REQUIRED = ("コード", "名称")
LATEST_ORDER = 999_999
Row = Mapping[str, TableCell | None]


class _CellWidget(widgets.Widget):
    """Reads a cell; says in Japanese what is wrong with it."""

    def clean(self, value: TableCell | None, row: Row | None = None, **kwargs: Any) -> Any:
        if value is None:
            return self.read("", None)
        if value.fault:
            raise ValueError(value.fault)
        return self.read(value.text(), value.value)

    def read(self, text: str, value: object) -> Any:
        return " ".join(plain_prose(text).split())


class _Name(_CellWidget):
    def read(self, text: str, value: object) -> str:
        name = str(super().read(text, value))
        if not name:
            raise ValueError("名称を入れてください。")
        return name


class _Code(_CellWidget):
    """Letters and digits in half width, however they were typed."""

    def read(self, text: str, value: object) -> str:
        code = unicodedata.normalize("NFKC", super().read(text, value))
        if not code:
            raise ValueError("コードを入れてください。")
        if not re.fullmatch(r"[-\w]{1,40}", code, re.ASCII):
            raise ValueError(
                f"「{code}」はコードに使えません。半角の英数字とハイフンで40文字以内にしてください。"
            )
        return code


class _Address(_CellWidget):
    def read(self, text: str, value: object) -> str:
        address = unicodedata.normalize("NFKC", super().read(text, value))
        try:
            return str(forms.EmailField(required=False, max_length=254).clean(address))
        except ValidationError as error:
            raise ValueError(f"「{address}」はメールアドレスとして読めません。") from error


class _Order(_CellWidget):
    """A whole number: never cut, never guessed."""

    def read(self, text: str, value: object) -> int:
        written = unicodedata.normalize("NFKC", text).strip()
        if not written:
            return 0
        if not (written.isascii() and written.isdigit() and int(written) <= LATEST_ORDER):
            raise ValueError(
                f"「{text}」は並び順として読めません。0から{LATEST_ORDER}までの整数にしてください。"
            )
        return int(written)


class _Day(_CellWidget):
    """A day, also from a date cell; an unchanged one stays equal to what is stored."""

    def clean(self, value: TableCell | None, row: Row | None = None, **kwargs: Any) -> date | None:
        day, fault = day_in(value) if value is not None else (None, "")
        if fault:
            raise ValueError(fault)
        return day


class _Preloaded(instance_loaders.BaseInstanceLoader):
    """All departments by code, in one query."""

    def __init__(self, resource: Any, dataset: Dataset | None = None) -> None:
        super().__init__(resource, dataset)
        self.by_code = {department.code: department for department in Department.objects.all()}

    def get_instance(self, row: Row) -> Department | None:
        return self.by_code.get(code_of(row))


def code_of(row: Row) -> str:
    """Return the code of a row; empty where its cell cannot be read."""
    try:
        return str(_Code().clean(row.get(COLUMNS["code"])))
    except ValueError:
        return ""


def _field(name: str, widget: widgets.Widget) -> fields.Field:
    return fields.Field(attribute=name, column_name=COLUMNS[name], widget=widget)


class DepartmentResource(resources.ModelResource):
    code = _field("code", _Code())
    division = _field("division", _CellWidget())
    name = _field("name", _Name())
    order = _field("order", _Order())
    email = _field("email", _Address())
    valid_from = _field("valid_from", _Day())
    valid_until = _field("valid_until", _Day())

    class Meta:
        model = Department
        fields = tuple(COLUMNS)
        import_id_fields = ("code",)
        instance_loader_class = _Preloaded
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, by: User | None = None, reason: str = "") -> None:
        super().__init__()
        self.by, self.reason = by, reason
        self.numbers: dict[str, list[int]] = {}
        self.last_days: dict[int, date] = {}

    def import_data_inner(
        self,
        dataset: Dataset,
        dry_run: bool,
        raise_errors: bool,
        using_transactions: bool,
        *rest: Any,
        **options: Any,
    ) -> Any:
        """Leave transactions to the outer block: no savepoint a row, and a dry run writes nothing at all."""
        return super().import_data_inner(dataset, dry_run, raise_errors, False, *rest, **options)

    def before_import(self, dataset: Dataset, **options: Any) -> None:
        """Note on which rows of the sheet each code stands, and which departments were handed over."""
        self.last_days = {
            before: day - timedelta(days=1)
            for before, day in DepartmentSuccession.objects.values_list(
                "before_id", "effective_from"
            )
        }
        found = defaultdict(list)
        for row in dataset.dict:
            cell = row.get(COLUMNS["code"])
            if cell is not None and code_of(row):
                found[code_of(row)].append(int("".join(filter(str.isdigit, cell.address))))
        self.numbers = dict(found)

    def import_instance(self, instance: Department, row: Row, **options: Any) -> None:
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **options)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        twice = self.numbers.get(code_of(row), [])
        if len(twice) > 1:
            rows = "、".join(map(str, twice))
            errors["code"] = [
                ValidationError(
                    f"同じコードの行が二つ以上あります（{rows}行目）。一行にしてください。"
                )
            ]
        if errors:
            raise ValidationError(errors)

    def validate_instance(
        self, instance: Department, import_validation_errors: Any = None, **options: Any
    ) -> None:
        """Check a row without asking the database: codes are known, and the one rule of two columns is simple."""
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(
                exclude=set(errors), validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        begins, ends = instance.valid_from, instance.valid_until
        if begins and ends and not {"valid_from", "valid_until"} & set(errors) and ends < begins:
            errors["valid_until"] = [ValidationError("廃止日は設置日以後の日にしてください。")]
        last_day = self.last_days.get(instance.pk)
        if last_day is not None and ends != last_day and "valid_until" not in errors:
            errors["valid_until"] = [
                ValidationError(
                    f"この部署は引継ぎが記録されているので、廃止日（{last_day.isoformat()}）は変えられません。"
                    "いまの部署一覧をダウンロードし直して、書き込んでください。"
                )
            ]
        if errors:
            raise ValidationError(errors)

    def before_save_instance(self, instance: Department, row: Row, **options: Any) -> None:
        explain(instance, by=self.by, reason=self.reason)


def dataset_of(table: Table) -> Dataset:
    """Return the table as the engine reads it; only the columns that the sheet has."""
    present = [name for name in COLUMNS.values() if name in table.columns]
    dataset = Dataset(headers=present)
    for row in table.rows:
        dataset.append([row.cells.get(name) for name in present])
    return dataset
