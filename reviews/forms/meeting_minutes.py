"""Forms of writing down what was said in a sitting, of closing its record and of adding to it."""

from typing import Any

from django import forms
from django.utils.text import Truncator

from initiatives.forms.offering import offer
from kirishima_dx.forms import ProseField
from reviews.queries.meetings import MeetingPage

WHOLE = "この会議の記録全体"
BEGINNING = 40
"""With how many letters of it a decision or an addition is offered."""


class DiscussionForm(forms.Form):
    """The gist of what was said of an agenda item, and the version it was opened on (G4)."""

    discussion = ProseField(
        label="議論の要旨",
        rows=10,
        max_length=20_000,
        required=False,
        help_text="誰が何を言ったかではなく、何が論点になり、どうまとまったかを書きます。",
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # During the sitting nobody reaches for the mouse; an error takes the focus itself.
        if not self.is_bound:
            self.fields["discussion"].widget.attrs["autofocus"] = True


class CloseForm(forms.Form):
    """How the record stood when somebody looked at it to close it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class AdditionForm(forms.Form):
    """What is added to a closed record, to what, and why."""

    agenda_item = forms.TypedChoiceField(
        label="何への追記か", coerce=int, required=False, empty_value=None
    )
    corrects = forms.TypedChoiceField(
        label="訂正する決定",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="決定の誤りを正すときに選びます。その決定の議題への追記になり、決定のページ、一覧、資料、年次報告（公表するものも）に並びます。",
    )
    takes_back = forms.TypedChoiceField(
        label="取り消す追記",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="間違えて書いた追記は消えませんが、ここで選ぶと、決定の訂正として扱われなくなります。",
    )
    text = ProseField(
        label="追記",
        rows=4,
        help_text="確定した記録は変わらず、そのそばに載ります。",
        error_messages={"required": "追記を書いてください。"},
    )
    reason = ProseField(
        label="追記の理由",
        rows=2,
        max_length=1000,
        help_text="例：欠席者から後日、発言の趣旨について申し出があったため",
        error_messages={"required": "追記の理由を書いてください。"},
    )

    def __init__(self, *args: Any, page: MeetingPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.item.pk, f"議題{row.number} {row.item.title}") for row in page.agenda]
        offer(self, "agenda_item", [("", WHOLE), *choices])
        decisions = [
            (one.pk, f"{one}：{Truncator(one.text).chars(BEGINNING)}") for one in page.decisions
        ]
        offer(self, "corrects", [("", "訂正する決定はない"), *decisions])
        written = [
            (one.pk, f"{one.head} {Truncator(one.text).chars(BEGINNING)}")
            for one in page.additions_to_take_back
        ]
        offer(self, "takes_back", [("", "取り消す追記はない"), *written])
