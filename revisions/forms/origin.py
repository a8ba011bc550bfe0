"""What gave rise to a change of a draft, as the forms of drafting ask for it."""

from typing import Any

from django import forms

from initiatives.forms.offering import offer
from kirishima_dx.asked_again import AsksAgain
from reviews.models import RecordAddition
from revisions.enums import OriginKind
from revisions.models import Origin
from revisions.queries.origins import OriginSources

RECORDS = {
    OriginKind.DECISION: "decision",
    OriginKind.PROBLEM: "problem",
    OriginKind.ROUND: "round",
    OriginKind.ERRATUM: "erratum",
}
"""Origins that are records here, and how their fields are called."""
MISSING = {
    OriginKind.DECISION: "どの決定によるかを選んでください。",
    OriginKind.PROBLEM: "どの課題・協議事項によるかを選んでください。",
    OriginKind.ROUND: "どの照会への回答によるかを選んでください。",
    OriginKind.ERRATUM: "どの正誤によるかを選んでください。",
}
NOT_CHOSEN = ("", "選んでいません")
NO_KIND = {"invalid_choice": "きっかけを、表示されている中から選んでください。"}
NO_RECORD = {"invalid_choice": "表示されている中から選んでください。"}


def _record_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages=NO_RECORD)


class OriginFields(AsksAgain):
    """きっかけ of a change, and which record it was where it is one here. Nothing chosen: その他.

    A decision that a 追記 corrects is taken only with a tick, which holds for just those 追記.
    """

    origin_kind = forms.ChoiceField(
        label="きっかけ",
        choices=OriginKind.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=OriginKind.OTHER,
        error_messages=NO_KIND,
    )
    origin_decision = _record_field("どの決定によるか")
    origin_problem = _record_field("どの課題・協議事項によるか")
    origin_round = _record_field("どの照会への回答によるか")
    origin_erratum = _record_field("どの正誤によるか")

    def __init__(self, *args: Any, sources: OriginSources, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        for name in RECORDS.values():
            offer(self, f"origin_{name}", [NOT_CHOSEN, *sources.choices(name)])  # type: ignore[list-item]  # Groups.

    @property
    def origin_records(self) -> list[tuple[str, forms.BoundField]]:
        """Return the fields that name a record, each with the kind of origin it belongs to."""
        return [(kind.value, self[f"origin_{name}"]) for kind, name in RECORDS.items()]

    def clean_origin_kind(self) -> OriginKind:
        return OriginKind(self.cleaned_data["origin_kind"] or OriginKind.OTHER)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen_kind = cleaned.get("origin_kind")
        if chosen_kind is None:
            return cleaned
        for kind, name in RECORDS.items():
            field = f"origin_{name}"
            if chosen_kind == kind and not cleaned.get(field) and field not in self.errors:
                self.add_error(field, MISSING[kind])
            elif chosen_kind != kind and cleaned.get(field):
                label = self.fields[field].label
                self.add_error(
                    "origin_kind",
                    f"「{label}」を選んだときは、きっかけに「{kind.label}」を選んでください。",
                )
        if chosen_kind == OriginKind.DECISION and cleaned.get("origin_decision"):
            self._ask_about_corrections(cleaned["origin_decision"])
        return cleaned

    def _ask_about_corrections(self, key: str) -> None:
        additions = RecordAddition.objects.standing().filter(corrects=int(key)).order_by("pk")
        told = [addition.in_words for addition in additions]
        if told:
            question = (
                f"この決定には、訂正の追記があります：{' '.join(told)}　"
                "追記を読んでも、この決定をきっかけにできるなら、印を付けてもう一度送ってください。"
            )
            about = "-".join(str(addition.pk) for addition in additions)
            self.ask_again(about, question, label="訂正の追記を読みました。この決定によるものです")

    @property
    def origin(self) -> Origin:
        """Return what a valid form says."""
        kind: OriginKind = self.cleaned_data["origin_kind"]
        name = RECORDS.get(kind)
        if name is None:
            return Origin(kind)
        return Origin(kind, self.sources.find(name, self.cleaned_data[f"origin_{name}"]))
