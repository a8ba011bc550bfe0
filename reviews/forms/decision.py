"""The form of a 決定・指示事項."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives.forms.offering import offer
from kirishima_dx.forms import JapaneseDateField, LineField, ProseField
from people.models import Department
from people.queries import DepartmentNames, UnknownDepartment
from plans.models import FocusItemText
from reviews.actions.deciding import Verdict
from reviews.enums import OWED_KINDS, DecisionKind
from reviews.models import Decision
from reviews.queries.meeting_offers import ItemNames, UnknownItem, codes_of

KIND_WORDS = {
    DecisionKind.NOTED: "報告や案のとおりでよい",
    DecisionKind.INSTRUCTION: "担当が期限までにする",
    DecisionKind.AMENDMENT: "計画の文言を改める",
    DecisionKind.CONCRETISE: "★の項目を実行に移す",
    DecisionKind.CONTINUE_STUDY: "担当が期限まで検討を続ける",
    DecisionKind.STOP: "★の項目を取りやめる",
}
"""What each kind of decision means, in a word."""
KINDS = [(kind.value, f"{kind.label}：{words}") for kind, words in KIND_WORDS.items()]
NO_DECISION = "加えない"
"""What takes a chosen kind back: a radio button cannot be left empty again."""
OWNER_LIST = "decision-departments"
"""The id of the list of departments that the field of the owner offers while somebody types."""


class DecisionForm(forms.Form):
    """What was decided; in a closed record with the reason why it is added. `version` as in the other forms (G4)."""

    kind = forms.ChoiceField(
        label="区分",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "区分を選んでください。"},
    )
    text = ProseField(
        label="決定・指示の内容",
        rows=3,
        error_messages={"required": "決定・指示の内容を書いてください。"},
    )
    owner = LineField(
        label="担当",
        max_length=150,
        required=False,
        help_text="部署の名称を入れます。入れ始めると候補が出ます。",
        widget=forms.TextInput(attrs={"list": OWNER_LIST, "autocomplete": "off"}),
    )
    due_on = JapaneseDateField(label="期限", required=False)
    items = LineField(
        label="関わる重点項目",
        max_length=1000,
        required=False,
        help_text="番号か名前。いくつかあるときは「、」で区切ります。",
    )
    addition_reason = ProseField(
        label="後から加える理由",
        rows=2,
        max_length=1000,
        help_text="確定した記録に、後から加えた決定として、理由とともに載ります。",
        error_messages={"required": "後から加える理由を書いてください。"},
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        departments: DepartmentNames,
        names: ItemNames,
        is_addition: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.departments, self.names = departments, names
        if not is_addition:
            del self.fields["addition_reason"]
        if self.empty_permitted:  # Else an empty form would call them 必須; `clean` asks for them.
            self.fields["kind"].required = self.fields["text"].required = False
            offer(self, "kind", [("", NO_DECISION), *KINDS])

    def has_changed(self) -> bool:
        """Whether something was decided: the items alone, which are filled in beforehand, are no decision."""
        return bool({"kind", "text", "owner", "due_on"} & set(self.changed_data))

    @property
    def department_labels(self) -> list[str]:
        return [self.departments.label(one) for one in self.departments.departments]

    def clean_owner(self) -> Department | None:
        text = self.cleaned_data["owner"]
        try:
            return self.departments.find(text) if text else None
        except UnknownDepartment as unknown:
            raise ValidationError(str(unknown)) from unknown

    def clean_items(self) -> list[FocusItemText]:
        try:
            return self.names.find_all(self.cleaned_data["items"])
        except UnknownItem as unknown:
            raise ValidationError(str(unknown)) from unknown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        for missing in ("kind", "text"):
            if missing not in self.errors and not cleaned.get(missing):
                self.add_error(missing, self.fields[missing].error_messages["required"])
        for name, label in (("owner", "担当"), ("due_on", "期限")):
            is_missing = name not in self.errors and not cleaned.get(name)
            if kind in OWED_KINDS and is_missing:
                self.add_error(name, f"「{DecisionKind(kind).label}」には、{label}が必要です。")
        return cleaned

    @property
    def verdict(self) -> Verdict:
        """Return what a valid form says."""
        typed = self.cleaned_data
        return Verdict(
            kind=typed["kind"],
            text=typed["text"],
            owner=typed["owner"],
            due_on=typed["due_on"],
            focus_items=[text.focus_item for text in typed["items"]],
        )


def opened_decision(decision: Decision, departments: DepartmentNames) -> dict[str, Any]:
    """Return what the form of a decision is opened with, and shown beside another's (G4)."""
    return {
        "kind": decision.kind,
        "text": decision.text,
        "owner": departments.label(decision.owner) if decision.owner else "",
        "due_on": decision.due_on,
        "items": codes_of(decision.focus_items.all()),
        "version": decision.version,
    }
