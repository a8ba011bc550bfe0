"""What is asked of those who assign many items at once: a day, a reason, and a row for each item."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from initiatives.actions.departments import Assignment, Held
from initiatives.enums import ResponsibilityKind
from initiatives.forms.departments import refuse_absent
from initiatives.forms.offering import period_note
from initiatives.queries.assignments import AssignmentRow, assignment_key, in_words
from kirishima_dx.far_day import FarDayForm, Years
from kirishima_dx.forms import JapaneseDateField, LineField, ProseField
from people.forms import WorkbookField
from people.models import Department
from people.queries import DepartmentNames, UnknownDepartment

UNSET = "未設定"


class LeadSelect(forms.Select):
    """A list of departments that is drawn once for all items: 52 lists of 70 departments take no time."""

    def __init__(self, names: DepartmentNames, at: date) -> None:
        super().__init__()
        offered = [d for d in names.departments if d.valid_until is None or d.valid_until >= at]
        self.labels = {d.code: names.label(d) for d in names.departments}
        self.codes = {d.code for d in offered}
        labelled = ((d.code, f"{names.label(d)}{period_note(d, at)}") for d in offered)
        self.drawn = format_html_join("", '<option value="{}">{}</option>', labelled)

    def __deepcopy__(self, memo: Any) -> "LeadSelect":
        return self

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = str(value or "")
        options = format_html('<option value="">{}</option>{}', UNSET, self.drawn)
        if chosen in self.codes:
            mark = format_html('value="{}"', chosen)
            options = mark_safe(options.replace(mark, f"{mark} selected", 1))  # noqa: S308 — both are escaped
        elif chosen:
            label = f"{self.labels.get(chosen, chosen)}（選べません）"
            kept = format_html('<option value="{}" selected>{}</option>', chosen, label)
            options = format_html("{}{}", kept, options)
        pairs = ((key, val) for key, val in (attrs or {}).items() if val is not False)
        drawn_attrs = format_html_join("", ' {}="{}"', pairs)
        return format_html('<select name="{}"{}>{}</select>', name, drawn_attrs, options)


class AssignmentsForm(FarDayForm):
    """From which day the changed rows hold, and why."""

    from_date = JapaneseDateField(
        label="いつから",
        help_text="変えた項目の担当が、この日から変わります。前の日までの担当は記録に残ります。",
    )
    reason = ProseField(
        label="理由",
        rows=2,
        required=False,
        help_text="はじめて設定する項目だけなら、空欄でもかまいません。",
    )

    def __init__(self, *args: Any, today: date, years: Years | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.years = today, years

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ask_about_far_day(cleaned.get("from_date"), today=self.today, years=self.years)
        return cleaned


class AssignmentRowForm(forms.Form):
    """Who is responsible for one item. `opened` is who was when the form was opened (G4)."""

    opened = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    lead = forms.CharField(label="主担当課", required=False, max_length=100)
    supporting = LineField(label="関係課", required=False, max_length=1000)

    def __init__(
        self, data: Any = None, *, row: AssignmentRow, names: DepartmentNames, select: LeadSelect
    ) -> None:
        initial = {
            "opened": row.opened,
            "lead": row.lead.code if row.lead else "",
            "supporting": names.labels(row.supporting),
        }
        super().__init__(
            data, initial=initial, prefix=f"item-{row.code}", use_required_attribute=False
        )
        self.row, self.names = row, names
        self.clash = ""
        self.fields["lead"].widget = select
        for name in ("lead", "supporting"):
            label = f"{row.text.place}の{self.fields[name].label}"
            self.fields[name].label = label

    def clean_lead(self) -> Department | None:
        code = self.cleaned_data["lead"]
        if code and code not in self.names.by_code:
            raise ValidationError(f"「{code}」は選べません。一覧から選んでください。")
        return self.names.by_code.get(code)

    def clean_supporting(self) -> list[Department]:
        try:
            return self.names.find_all(self.cleaned_data["supporting"])
        except UnknownDepartment as unknown:
            raise ValidationError(str(unknown)) from unknown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lead = cleaned.get("lead")
        if lead is not None and lead in cleaned.get("supporting", []):
            self.add_error("supporting", f"「{lead}」は主担当課なので、関係課には入れられません。")
        return cleaned

    @property
    def is_changed(self) -> bool:
        """Whether somebody chose something else than what the form was opened on."""
        if self.errors:
            return True
        chosen = assignment_key(self.cleaned_data["lead"], self.cleaned_data["supporting"])
        return bool(chosen != self.cleaned_data["opened"])

    @property
    def was_held(self) -> bool:
        return self.cleaned_data["opened"] not in ("", "|")

    def refuse_absent(self, day: date) -> None:
        """Refuse departments that do not exist on the day; of a row without errors."""
        lead = self.cleaned_data["lead"]
        refuse_absent(self, "lead", [lead] if lead else [], day)
        refuse_absent(self, "supporting", self.cleaned_data["supporting"], day)

    @property
    def assignment(self) -> Assignment:
        return Assignment(
            focus_item=self.row.text.focus_item,
            lead=self.cleaned_data["lead"],
            supporting=self.cleaned_data["supporting"],
            opened=self._opened,
        )

    @property
    def _opened(self) -> Held:
        lead, _, supporting = self.cleaned_data["opened"].partition("|")
        named = [(code, ResponsibilityKind.SUPPORTING) for code in supporting.split(",") if code]
        named += [(lead, ResponsibilityKind.LEAD)] if lead else []
        known = self.names.by_code
        return frozenset(
            (known[code].pk if code in known else 0, kind.value) for code, kind in named
        )

    def show_clash(self) -> None:
        """Say who is responsible now, and take that as what the form is opened on from here."""
        self.clash = in_words(self.row.lead, self.row.supporting, self.names)
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("opened")] = self.row.opened
        self.data = data


class AssignmentTable:
    """The form of the whole page: its head and the rows that came with it."""

    def __init__(
        self,
        rows: Iterable[AssignmentRow],
        names: DepartmentNames,
        *,
        today: date,
        shown_on: date,
        years: Years | None,
        data: Any = None,
    ) -> None:
        select = LeadSelect(names, shown_on)
        initial = {"from_date": shown_on}
        self.head = AssignmentsForm(data, initial=initial, today=today, years=years)
        self.rows = []
        for row in rows:
            sent = data is not None and f"item-{row.code}-opened" in data
            form = AssignmentRowForm(data if sent else None, row=row, names=names, select=select)
            self.rows.append(form)

    @property
    def changed(self) -> list[AssignmentRowForm]:
        return [form for form in self.rows if form.is_bound and form.is_changed]

    @property
    def wrong(self) -> list[AssignmentRowForm]:
        return [form for form in self.rows if form.is_bound and (form.errors or form.clash)]

    def is_valid(self) -> bool:
        """Check everything, so that every error is shown at once."""
        changed = [form for form in self.changed if not form.errors]
        if self.head.is_valid():
            for form in changed:
                form.refuse_absent(self.head.cleaned_data["from_date"])
        if any(form.was_held for form in changed) and "reason" not in self.head.errors:
            self._require_reason()
        return self.head.is_valid() and not self.wrong

    def _require_reason(self) -> None:
        if not self.head.cleaned_data.get("reason"):
            self.head.add_error("reason", "担当を変える項目があるので、理由を書いてください。")

    def refuse(self, clashes: Iterable[str], errors: Mapping[str, str]) -> None:
        """Show at each row why it was not saved."""
        for form in self.rows:
            if form.row.code in clashes:
                form.show_clash()
            if form.row.code in errors:
                form.add_error(None, errors[form.row.code])


class AssignmentsUploadForm(forms.Form):
    """Assignments as a workbook."""

    workbook = WorkbookField(
        label="担当一覧のExcelファイル（.xlsx）",
        help_text="保存した担当一覧に書き込んだものを選びます。まだ保存されません。次の画面で内容を確かめます。",
    )
