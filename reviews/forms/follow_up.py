"""Forms of following up a decision: the department reports, the 事務局 sends back, closes or reopens."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from kirishima_dx.forms import ProseField
from reviews.enums import FOLLOW_UPS, DecisionState, FollowUpStep

ANSWER, SETTLE = "answer", "settle"
"""Two forms stand on one page: what the ids of their fields begin with."""
SETTLING = {
    FollowUpStep.CLOSED: "決着とする",
    FollowUpStep.RETURNED: "差し戻して、もう一度報告を求める",
    FollowUpStep.REOPENED: "再開する",
}
"""What the 事務局 does, in the order in which it is offered."""


class StepForm(forms.Form):
    """Words about a decision, on the words and as many steps as it had when the form was opened (G4)."""

    opened_number = forms.IntegerField(
        label="開いたときの状態", min_value=0, widget=forms.HiddenInput
    )

    seen_version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def is_outdated(self, step_count: int) -> bool:
        """Whether somebody took a step since the form was opened, as far as the form still knows."""
        return self.cleaned_data.get("opened_number") not in (None, step_count)


class AnswerDecisionForm(StepForm):
    """対応の報告."""

    text = ProseField(
        label="対応の内容",
        rows=6,
        help_text="何をして、どうなったか。終わっていなければ、いまの状況とこれからの予定を書きます。",
        error_messages={"required": "対応の内容を書いてください。"},
    )

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, auto_id=f"id_{ANSWER}_%s", **options)


class SettleDecisionForm(StepForm):
    """決着, 差戻し or 再開, and why; only what may be done in the state in which the decision is."""

    step = forms.ChoiceField(
        label="どうしますか",
        widget=forms.RadioSelect,
        error_messages={
            "required": "どうするかを選んでください。",
            "invalid_choice": "いまの状態では、それは選べません。選び直してください。",
        },
    )
    text = ProseField(
        label="理由",
        rows=4,
        help_text="一年後に読んでも分かるように書きます。",
        error_messages={"required": "理由を書いてください。"},
    )
    field_order = ("step", "text")

    def __init__(
        self, data: QueryDict | None = None, *, state: DecisionState, **options: Any
    ) -> None:
        super().__init__(data, auto_id=f"id_{SETTLE}_%s", **options)
        field = cast(forms.ChoiceField, self.fields["step"])
        field.choices = [
            (step.value, words) for step, words in SETTLING.items() if state in FOLLOW_UPS[step][0]
        ]
        if len(field.choices) == 1:
            self.initial.setdefault("step", next(iter(field.choices))[0])
