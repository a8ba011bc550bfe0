"""What is asked of those who look at a round, remind, extend, check, reopen and close."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from initiatives.forms.offering import labels_of, offer, offer_rows
from initiatives.forms.opened import OpenedForm, RefusableForm
from kirishima_dx.forms import JapaneseDateField, ProseField
from people.models import Department
from rounds.enums import AnswerState
from rounds.forms.rounds import LONGEST
from rounds.queries.board import Board
from rounds.queries.board_wish import AT_CERTIFIER, NOBODY, OWED, SORTS, BoardWish


def _select(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        error_messages={"invalid_choice": "「%(value)s」は選べません。"},
    )


class BoardForm(forms.Form):
    """What the board is narrowed to. What makes no sense is left out and said in `errors`."""

    department = _select("主担当課")
    state = _select("回答の状況")
    q = forms.CharField(label="語句", required=False, max_length=200)
    overdue = forms.BooleanField(label="期限を過ぎたものだけ", required=False)
    sort = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((key, "") for name in SORTS for key in (name, f"-{name}"))],
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Any, *, board: Board) -> None:
        super().__init__(data)
        departments = [
            (row.department.code if row.department else NOBODY, row.name)
            for row in board.departments()
        ]
        states = [*AnswerState.choices, (OWED, "まだ提出されていない")]
        if board.round.asks_certification:
            states.append((AT_CERTIFIER, "課内確認待ち"))
        offer(self, "department", [("", "すべて"), *departments])
        offer(self, "state", [("", "すべて"), *states])
        self.is_valid()

    @property
    def wish(self) -> BoardWish:
        return BoardWish(**self.cleaned_data)

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Return what the board is narrowed to, label and value as people read them."""
        found = []
        for name in ("department", "state", "q"):
            value = self.cleaned_data.get(name)
            if value:
                shown = labels_of(self, name).get(value, value)
                found.append((str(self.fields[name].label), shown))
        if self.cleaned_data.get("overdue"):
            found.append(("期限", "過ぎたもの"))
        return found


class ReminderForm(forms.Form):
    """A reminder to one department, and whether it goes out now."""

    chosen = forms.BooleanField(label="この課に督促する", required=False)
    text = ProseField(
        label="督促文",
        rows=14,
        required=False,
        strip=False,
        help_text="このまま使うことも、書き直すこともできます。",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("chosen") and not (cleaned.get("text") or "").strip():
            self.add_error("text", "督促文を書いてください。")
        return cleaned


class RemindersForm(forms.Form):
    """What is done with the reminders that were chosen. `seen` is the last reminder when the page was opened."""

    act = forms.ChoiceField(
        label="すること",
        choices=[("mail", "メールで送る"), ("hand", "渡したと記録する")],
        widget=forms.HiddenInput,
        error_messages={"required": "「メールで送る」か「渡したと記録する」を押してください。"},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ExtensionForm(RefusableForm):
    """A later day for one department or for all, and why."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="部署",
        required=False,
        to_field_name="code",
        empty_label="すべての部署",
        error_messages={"invalid_choice": "この部署は選べません。一覧から選んでください。"},
    )
    due_on = JapaneseDateField(label="延長後の期限")
    reason = ProseField(
        label="理由",
        rows=3,
        error_messages={"required": "延長する理由を書いてください。"},
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today
        offer_rows(self, "department", departments)

    def clean_due_on(self) -> date:
        return _near(self.cleaned_data["due_on"], self.today)


def _near(day: date, today: date) -> date:
    if day < today:
        raise forms.ValidationError("きょう以後の日にしてください。")
    if day - today > LONGEST:
        raise forms.ValidationError("1年より先の日です。年を確かめてください。")
    return day


class CloseForm(forms.Form):
    """Closing for good what was looked at: `seen` says how the answers stood then."""

    seen = forms.CharField(max_length=100, widget=forms.HiddenInput)


class ReviewForm(OpenedForm):
    """Accepting an answer, or giving it back with a reason."""

    step = forms.ChoiceField(
        label="すること",
        choices=[("accept", "確認済にする"), ("return", "差し戻す")],
        error_messages={"required": "「確認済にする」か「差し戻す」を押してください。"},
    )
    initiative_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = ProseField(
        label="差し戻す理由",
        rows=4,
        required=False,
        help_text="どこをどう直してほしいかを書きます。担当課の画面に、このまま出ます。",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reason, step = cleaned.get("reason"), cleaned.get("step")
        if step == "accept" and reason:
            self.add_error(
                "reason",
                "差し戻す理由が書かれています。差し戻すときは「差し戻す」を、"
                "確認済にするときは理由を消してから「確認済にする」を押してください。",
            )
        if step == "return" and not reason and "reason" not in self.errors:
            self.add_error("reason", "差し戻す理由を書いてください。")
        return cleaned


class ReopenForm(OpenedForm):
    """Letting a department write an answer again, until a day, and why."""

    due_on = JapaneseDateField(
        label="新しい期限", help_text="この日まで、担当課がこの回答を直せます。"
    )
    reason = ProseField(
        label="再開する理由",
        rows=3,
        help_text="経過に残り、記録を直したときは「訂正の理由」になります。",
        error_messages={"required": "再開する理由を書いてください。"},
    )

    def clean_due_on(self) -> date:
        return _near(self.cleaned_data["due_on"], self.today)
