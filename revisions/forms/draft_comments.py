"""Forms of talking about a draft: narrowing what is shown, saying something, and settling a question."""

from typing import Any

from django import forms

from initiatives.forms.offering import offer
from kirishima_dx.forms import ProseField
from revisions.forms.draft import DraftForm
from revisions.queries.draft_comments import ITEMS, WHOLE, Topic, Topics

UNKNOWN = "その箇所は、案にありません。選び直してください。"


class CommentFilterForm(forms.Form):
    """Which texts and which comments are shown; an item (`item`, its code) goes before another text (`place`)."""

    item = forms.CharField(label="重点項目", required=False)
    place = forms.ChoiceField(
        label="箇所", required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    only_open = forms.BooleanField(label="解決していない質問だけ", required=False)

    def __init__(self, *args: Any, topics: Topics, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", [("", "すべて"), *topics.choices()])  # type: ignore[list-item]  # Groups.
        if self.data.get("item") and not self.data.get("place"):
            self.data = {**self.data.dict(), "place": f"{ITEMS}{self.data['item']}"}  # type: ignore[attr-defined]  # A QueryDict.

    @property
    def topic(self) -> str:
        """Return the text that was asked for, "" for all."""
        return str(self.cleaned_data.get("place") or "") if self.is_valid() else ""

    @property
    def shows_open_only(self) -> bool:
        return bool(self.cleaned_data.get("only_open")) if self.is_valid() else False


class CommentForm(DraftForm):
    """What somebody says, of which text, and whether it has to be settled before adoption."""

    about = forms.ChoiceField(
        label="どこについて",
        error_messages={"required": "どこについてかを選んでください。", "invalid_choice": UNKNOWN},
    )
    comment = ProseField(
        label="意見・質問",
        rows=4,
        max_length=2000,
        error_messages={"required": "意見または質問を書いてください。"},
    )
    is_question = forms.BooleanField(
        label="施行までに解決してほしい",
        required=False,
        help_text="解決するまで、この版は施行できません。",
    )

    def __init__(self, *args: Any, topics: Topics, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = topics
        offer(self, "about", topics.choices())  # type: ignore[arg-type]  # Groups.

    @property
    def topic(self) -> Topic:
        return self.topics.find(self.cleaned_data["about"])


class SettleForm(DraftForm):
    settlement = ProseField(
        label="どう解決したか",
        rows=4,
        max_length=2000,
        error_messages={"required": "どう解決したかを書いてください。"},
    )


def opened_comment(mark: str, topic: str) -> dict[str, str]:
    """Return what the form is opened with: the text that is looked at."""
    return {"opened_edition": mark, "about": topic or WHOLE}
