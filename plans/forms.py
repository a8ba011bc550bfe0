"""Forms of the pages of the plan's text."""

from typing import Any

from django import forms

from kirishima_dx.forms import ProseField
from plans.places import locate
from plans.queries import EditionOutline

LONGEST_WORDS = 100
CORRECTABLE = {"title", "overview", "name", "english", "tagline", "body"}
"""Parts of a place that hold printed words."""


class SearchForm(forms.Form):
    """Words to look for in the plan."""

    q = forms.CharField(
        label="計画の中を探す",
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": f"語句は{LONGEST_WORDS}文字までにしてください。"},
    )

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class MisprintForm(forms.Form):
    """正誤 of an adopted edition: where, what stands there, what should stand there, why."""

    place = forms.ChoiceField(
        label="箇所",
        help_text="誤りのある文言を選びます。",
        error_messages={
            "required": "誤りのある箇所を選んでください。",
            "invalid_choice": "この版にない箇所です。一覧から選んでください。",
        },
    )
    wrong = ProseField(
        label="誤（載っているとおり）",
        strip=False,
        rows=2,
        max_length=2000,
        help_text="その箇所に載っている語句を、そのまま写します。",
        error_messages={"required": "誤りのある語句を、載っているとおりに写してください。"},
    )
    right = ProseField(
        label="正",
        strip=False,
        required=False,
        rows=2,
        max_length=2000,
        help_text="「誤」の代わりに入る語句です。余分な語句を除くだけのときは空にします。",
    )
    reason = ProseField(
        label="理由",
        rows=3,
        max_length=2000,
        help_text="どうして誤りといえるのかを書きます。考えや予定を改めるのは正誤ではなく改定です。",
        error_messages={"required": "誤りと判断した理由を書いてください。"},
    )

    def __init__(self, *args: Any, outline: EditionOutline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "選んでください"), *place_choices(outline)]  # type: ignore[attr-defined]


def place_choices(outline: EditionOutline) -> list[tuple[str, str]]:
    """Return the places of an edition that hold words, with a label that shows how they begin."""
    headings = outline.headings()
    return [
        (place, f"{locate(place, headings).label}：{_beginning(text)}")
        for place, text in outline.texts().items()
        if text and place.rpartition("/")[2] in CORRECTABLE
    ]


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:24]}…"
