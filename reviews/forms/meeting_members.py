"""The list of members of a sitting: a row of fields each, or lines pasted from a spreadsheet."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kirishima_dx.forms import LineField, ProseField
from reviews.actions.meetings import Member
from reviews.enums import AttendanceKind
from reviews.models import Attendance

EMPTY_ROWS = 5
MOST_MEMBERS = 100
"""More rows than these would be more fields than a request may have."""
LONGEST_NAME = 60
PASTE_HEADS = {("職", "氏名"), ("職名", "氏名"), ("役職", "氏名")}


class MemberForm(forms.Form):
    """One member. A row in which nothing is written is no member."""

    position = forms.IntegerField(label="順", required=False, min_value=1, max_value=999)
    post = LineField(label="職", max_length=LONGEST_NAME, required=False)
    name = LineField(label="氏名", max_length=LONGEST_NAME, required=False)
    kind = forms.ChoiceField(
        label="出欠", choices=AttendanceKind.choices, initial=AttendanceKind.EXPECTED
    )
    substitute = LineField(label="代理者", max_length=LONGEST_NAME, required=False)
    remove = forms.BooleanField(label="外す", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("remove"):
            return cleaned
        is_written = cleaned.get("post") or cleaned.get("substitute")
        if is_written and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "氏名を書いてください。")
        is_substituted = cleaned.get("kind") == AttendanceKind.SUBSTITUTE
        if is_substituted and not cleaned.get("substitute") and "substitute" not in self.errors:
            self.add_error("substitute", "代理者の氏名を書いてください。")
        if cleaned.get("substitute") and not is_substituted:
            self.add_error("kind", "代理者がいるときは「代理出席」にしてください。")
        return cleaned

    @property
    def member(self) -> Member | None:
        """Return whom a valid row names; None for an empty one, and one to be taken off the list."""
        typed = self.cleaned_data
        if typed.get("remove") or not typed.get("name"):
            return None
        return Member(typed["name"], typed["post"], typed["kind"], typed["substitute"])


class MembersHeadForm(forms.Form):
    """Lines pasted from a spreadsheet, and the version that the list was opened on (G4)."""

    pasted = ProseField(
        label="Excelから貼り付ける",
        rows=4,
        max_length=10_000,
        required=False,
        strip=False,
        help_text="「職」と「氏名」の2列を写して貼り付けます。保存すると、上の名簿の後に加わります。名簿にいる人は重ねません。",
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def clean_pasted(self) -> list[Member]:
        lines = enumerate(self.cleaned_data["pasted"].split("\n"), start=1)
        return [_pasted(number, line) for number, line in lines if _is_member(line)]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("\t"))


def _is_member(line: str) -> bool:
    return bool(line.strip()) and _cells(line) not in PASTE_HEADS


def _pasted(number: int, line: str) -> Member:
    cells = _cells(line)
    post, name = ("", cells[0]) if len(cells) == 1 else cells[:2]
    if not name:
        raise ValidationError(f"貼り付けた{number}行目に氏名がありません。")
    if max(len(post), len(name)) > LONGEST_NAME:
        raise ValidationError(f"貼り付けた{number}行目が長すぎます（{LONGEST_NAME}文字まで）。")
    return Member(post=post, name=name)


MemberRows = forms.formset_factory(
    MemberForm, extra=EMPTY_ROWS, max_num=MOST_MEMBERS, validate_max=True, absolute_max=MOST_MEMBERS
)


class MemberTable:
    """The form of the whole list: its rows, empty ones to add, and what was pasted."""

    def __init__(
        self, data: Any = None, *, members: Iterable[Attendance] = (), version: int | None = None
    ) -> None:
        self.head = MembersHeadForm(data, initial={"version": version})
        names = ("position", "post", "name", "kind", "substitute")
        initial = [{name: getattr(one, name) for name in names} for one in members]
        self.rows = MemberRows(data, prefix="member", initial=initial)

    def is_valid(self) -> bool:
        """Check everything, so that every error is shown at once."""
        if not all([self.head.is_valid(), self.rows.is_valid()]):
            return False
        refusal = self._refusal()
        if refusal:
            self.head.add_error("pasted", refusal)
        return not refusal

    def _refusal(self) -> str:
        """Say what is wrong with the list as a whole. The page sends empty rows, too: without any, rows got lost."""
        if not self.rows.forms:
            return "名簿の行が届きませんでした。画面を開き直してください。"
        count = len(self.members())
        if count > MOST_MEMBERS:
            return f"名簿は{MOST_MEMBERS}人までです（貼り付けた人を加えると{count}人）。"
        return ""

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Return every error with its field: the field's id, what it is called, what is wrong."""
        if not self.head.is_bound:
            return []
        told = [("", "名簿", str(error)) for error in self.rows.non_form_errors()]
        for number, form in enumerate(self.rows, start=1):
            told += [(*_named(form[name], f"{number}行目の"), text) for name, text in _errors(form)]
        told += [(*_named(self.head[name], ""), text) for name, text in _errors(self.head)]
        return told

    def renew(self, version: int) -> None:
        """Take another version as what the list is opened on: sent once more, it overwrites knowingly (G4)."""
        data = cast(QueryDict, self.head.data).copy()
        data["version"] = str(version)
        self.head.data = data

    def members(self, *, all_present: bool = False) -> list[Member]:
        """Return the list that a valid form says; `all_present`: whoever was expected came."""
        rows = [(form.cleaned_data.get("position"), form.member) for form in self.rows]
        named = [(place, member) for place, member in rows if member is not None]
        named.sort(key=lambda row: row[0] or MOST_MEMBERS + len(named))
        listed = [member for _, member in named]
        known = {(member.post, member.name) for member in listed}
        pasted: list[Member] = self.head.cleaned_data["pasted"]
        listed += [one for one in dict.fromkeys(pasted) if (one.post, one.name) not in known]
        return [_came(member) for member in listed] if all_present else listed


def _errors(form: forms.Form) -> list[tuple[str, str]]:
    return [
        (name, str(text))
        for name, texts in form.errors.items()
        if name in form.fields
        for text in texts
    ]


def _named(field: forms.BoundField, before: str) -> tuple[str, str]:
    return field.auto_id, f"{before}{field.label}"


def _came(member: Member) -> Member:
    is_expected = member.kind == AttendanceKind.EXPECTED
    return replace(member, kind=AttendanceKind.PRESENT) if is_expected else member
