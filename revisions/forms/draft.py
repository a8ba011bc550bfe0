"""Forms of drafting the items of an edition."""

from typing import Any, Self

from django import forms

from kirishima_dx.forms import LineField, ProseField
from plans.comparison.parts import Part
from plans.models import FocusItemText
from revisions.forms.origin import OriginFields
from revisions.queries.origins import OriginSources

LONGEST_TITLE = 200


def _reason_field(label: str) -> ProseField:
    return ProseField(
        label=label,
        rows=3,
        max_length=2000,
        help_text="新旧対照表の備考などで公開されます。個人の氏名などは書かないでください。",
        error_messages={"required": "改定の理由を書いてください。"},
    )


class DraftForm(forms.Form):
    """A form that knows for which draft it was opened, so that it cannot change the one after it (G4)."""

    opened_edition = forms.CharField(
        label="開いたときの版", widget=forms.HiddenInput, required=False
    )


class ReasonForm(DraftForm):
    reason = _reason_field("理由")


class Versioned(OriginFields):
    """An act on one text: what gave rise to it, and the version of the text that the form was opened on (G4)."""

    opened_version = forms.IntegerField(
        label="開いたときの文言", widget=forms.HiddenInput, min_value=1
    )

    def reopened(self, text: FocusItemText | Part) -> Self:
        """Return the form with all that was typed, opened on the text as it stands now."""
        data = {name: self.data.get(name, "") for name in self.fields if name in self.data}
        return self.again({**data, "opened_version": str(text.version)})

    def again(self, data: dict[str, Any]) -> Self:
        """Return the form with the same choices, holding other data."""
        return type(self)(data, sources=self.sources)


class ItemForm(DraftForm, OriginFields):
    """What a draft says of an item, why, and what gave rise to it."""

    title = LineField(
        label="重点項目",
        max_length=LONGEST_TITLE,
        error_messages={"required": "重点項目の名称を入れてください。"},
    )
    overview = ProseField(
        label="取組の概要",
        rows=6,
        required=False,
        help_text="空のまま保存できますが、施行までに書く必要があります。",
    )
    is_study = forms.BooleanField(
        label="検討項目（★）とする",
        required=False,
        help_text="検討によって具体化していく項目に付けます。外すと「具体化（★解除）」として記録します。",
    )
    reason = _reason_field("改定の理由")

    field_order: tuple[str, ...] = ("title", "overview", "is_study", "reason")


class ItemEditForm(ItemForm, Versioned):
    @classmethod
    def opened_on(cls, text: FocusItemText, sources: OriginSources) -> Self:
        initial = {
            "title": text.title,
            "overview": text.overview,
            "is_study": text.is_study,
            **opened_with(text),
        }
        return cls(initial=initial, sources=sources)


class ExplainForm(ReasonForm, OriginFields):
    """Why something was changed that still lacks a reason, or why an end is taken back, and what gave rise to it."""

    field_order: tuple[str, ...] = ("reason",)


class ItemEndForm(ReasonForm, Versioned):
    field_order: tuple[str, ...] = ("reason",)

    @classmethod
    def opened_on(cls, text: FocusItemText, sources: OriginSources) -> Self:
        return cls(initial=opened_with(text), sources=sources)


def opened_with(text: FocusItemText) -> dict[str, Any]:
    """Return what a form keeps of the text that it is opened on."""
    return {"opened_version": text.version, "opened_edition": text.edition.mark}
