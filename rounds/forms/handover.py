"""What is asked of those who hand a department over: which and when, and to whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import models

from initiatives.forms.offering import offer_rows
from kirishima_dx.far_day import FarDayForm, Years
from kirishima_dx.forms import JapaneseDateField, LineField
from people.models import Department, DepartmentSuccession
from rounds.actions.handover import refusal_of

MOST_SUCCESSORS = 5


class HandoverKind(models.TextChoices):
    RENAME = "rename", "名称変更（一つの部署が、新しい名称になる）"
    SPLIT = "split", "分割（いくつかの部署に分かれる）"
    MERGE = "merge", "統合（ほかの部署に入る、または新しい一つの部署になる）"


class HandoverStartForm(FarDayForm):
    """Which department, from which day, and how."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="もとの部署",
        to_field_name="code",
        empty_label="選んでください",
        error_messages={
            "required": "部署を選んでください。",
            "invalid_choice": "この部署は選べません。引継ぎがすでに記録されているか、部署がありません。",
        },
    )
    day = JapaneseDateField(
        label="引継ぎの日",
        help_text="新しい体制の最初の日です。もとの部署は前の日で終わります。先の日でもかまいません。",
    )
    kind = forms.ChoiceField(
        label="区分",
        choices=HandoverKind,
        widget=forms.RadioSelect,
        error_messages={
            "required": "区分を選んでください。",
            "invalid_choice": "一覧から選んでください。",
        },
    )

    def __init__(self, *args: Any, today: date, years: Years | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.years = today, years
        handed_over = DepartmentSuccession.objects.standing().values("before")
        departments = Department.objects.not_called_off().exclude(pk__in=handed_over)
        offer_rows(self, "department", departments)

    @property
    def kind_label(self) -> str:
        return str(HandoverKind(self.cleaned_data["kind"]).label).partition("（")[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("department") and cleaned.get("day"):
            refusal = refusal_of(cleaned["department"], cleaned["day"])
            if refusal:
                self.add_error("day", refusal)
        self.ask_about_far_day(cleaned.get("day"), today=self.today, years=self.years)
        return cleaned


class SuccessorForm(forms.Form):
    """One successor: a department that exists, or a new one."""

    existing = forms.ModelChoiceField(
        Department.objects.none(),
        label="いまある部署",
        required=False,
        to_field_name="code",
        empty_label="（新しく置く）",
        error_messages={"invalid_choice": "この部署は選べません。一覧から選んでください。"},
    )
    name = LineField(label="新しい部署の名称", max_length=100, required=False)
    code = LineField(
        label="コード",
        max_length=40,
        required=False,
    )
    division = LineField(label="部", max_length=100, required=False)
    email = LineField(label="共用メールアドレス", max_length=254, required=False)

    def __init__(
        self, data: Any, *, number: int, kind: str, before: Department, day: date, required: bool
    ) -> None:
        is_rename = kind == HandoverKind.RENAME
        initial = {
            "division": before.division,
            "email": before.email if is_rename else "",
        }
        super().__init__(data, initial=initial, prefix=f"s{number}", use_required_attribute=False)
        self.number, self.before, self.day, self.required = number, before, day, required
        self.is_empty = False
        if is_rename:
            del self.fields["existing"]
        else:
            others = Department.objects.valid_on(day).exclude(pk=before.pk)
            offer_rows(self, "existing", others)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code and not slug_re.fullmatch(code):
            raise ValidationError("コードは、半角の英数字、「-」、「_」だけで入れてください。")
        if code and Department.objects.not_called_off().filter(code=code).exists():
            raise ValidationError("このコードは、すでに別の部署に使われています。")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        existing, name, code = (cleaned.get(key) for key in ("existing", "name", "code"))
        if existing is not None:
            if name or code:
                self.add_error(
                    "existing",
                    "いまある部署か、新しい部署の名称とコードの、どちらか一方にしてください。",
                )
            return cleaned
        self.is_empty = not (name or code or self.errors or self.required)
        if not self.is_empty:
            self._clean_new(cleaned)
        return cleaned

    def _clean_new(self, cleaned: dict[str, Any]) -> None:
        """Check the new department as the admin would; one that never came may come now, under the same code."""
        for key, label in (("name", "名称"), ("code", "コード")):
            if not cleaned.get(key) and key not in self.errors:
                self.add_error(key, f"{label}を入れてください。")
        try:
            self.new_department.full_clean(exclude={"name"}, validate_unique=False)
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                if key in self.fields and key not in self.errors:
                    self.add_error(key, messages)

    @property
    def new_department(self) -> Department:
        told = {
            key: self.cleaned_data.get(key) or "" for key in ("code", "name", "division", "email")
        }
        called_off = Department.objects.filter(code=told["code"], called_off_on__isnull=False)
        pk = called_off.values_list("pk", flat=True).first()
        return Department(pk=pk, **told, order=self.before.order, valid_from=self.day)

    @property
    def department(self) -> Department:
        existing: Department | None = self.cleaned_data.get("existing")
        return existing or self.new_department


class SuccessorForms:
    """The successors of one handover: one, or for a split at least two."""

    def __init__(self, start: HandoverStartForm, data: Mapping[str, Any]) -> None:
        told = start.cleaned_data
        self.kind, self.is_bound = told["kind"], "s1-name" in data
        is_split = self.kind == HandoverKind.SPLIT
        self.fault = ""
        self.forms = [
            SuccessorForm(
                data if self.is_bound else None,
                number=number,
                kind=self.kind,
                before=told["department"],
                day=told["day"],
                required=number <= (2 if is_split else 1),
            )
            for number in range(1, (MOST_SUCCESSORS if is_split else 1) + 1)
        ]

    def is_valid(self) -> bool:
        faulty = [form for form in self.forms if not form.is_valid()]
        if not self.is_bound or faulty:
            return False
        codes = [department.code for department in self.departments]
        if len(codes) != len(set(codes)):
            self.fault = "同じ部署（コード）が二つあります。"
        return not self.fault

    @property
    def departments(self) -> list[Department]:
        """Return the successors; new ones are not saved yet."""
        return [form.department for form in self.forms if not form.is_empty]

    @property
    def errors(self) -> bool:
        return bool(self.fault) or (self.is_bound and any(form.errors for form in self.forms))
