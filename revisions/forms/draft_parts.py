"""Forms of drafting all text that is no item: cover, axes, policies and sections.

Their fields bear the names that `words_of` gives to the words of a part.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from initiatives.forms.offering import offer
from kirishima_dx.days import FISCAL_YEARS
from kirishima_dx.fiscal_year import fiscal_year_label
from kirishima_dx.forms import LineField, ProseField
from plans.models import Edition
from revisions.forms.draft import ReasonForm, Versioned
from revisions.forms.origin import OriginFields
from revisions.queries.draft_spots import Spot, Spots

LONGEST_BODY = 20_000
YEARS_BEFORE, YEARS_AFTER = 5, 10
"""How far from the period that stands a period can be chosen."""


class ChangeForm(ReasonForm, OriginFields):
    """Why a part changes, and what gave rise to it."""

    word_names: ClassVar[tuple[str, ...]] = ()

    @property
    def words(self) -> list[forms.BoundField]:
        """Return the fields of the part's own words."""
        return [self[name] for name in self.word_names]


class EndForm(ChangeForm, Versioned):
    pass


class AxisForm(ChangeForm):
    word_names = ("name", "english", "tagline")
    field_order: Sequence[str] = word_names

    name = LineField(
        label="名称", max_length=100, error_messages={"required": "軸の名称を入れてください。"}
    )
    english = LineField(
        label="英語の語", max_length=60, required=False, help_text="名称に添える英語です。"
    )
    tagline = LineField(label="標語", max_length=200, required=False)


class AxisEditForm(AxisForm, Versioned):
    pass


class PolicyForm(ChangeForm):
    word_names = ("name",)
    field_order: Sequence[str] = word_names

    name = LineField(
        label="名称",
        max_length=200,
        error_messages={"required": "取組方針の名称を入れてください。"},
    )


class PolicyEditForm(PolicyForm, Versioned):
    pass


def _year_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        error_messages={"invalid_choice": "年度を、表示されている中から選んでください。"},
    )


class CoverForm(ChangeForm, Versioned):
    """The period of the plan and who issues it."""

    word_names = ("first_fiscal_year", "last_fiscal_year", "issuer")
    field_order: Sequence[str] = word_names

    first_fiscal_year = _year_field("計画期間の最初の年度")
    last_fiscal_year = _year_field("計画期間の最後の年度")
    issuer = LineField(label="策定者", max_length=100, required=False)

    def __init__(self, *args: Any, draft: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = draft.first_fiscal_year, draft.last_fiscal_year
        earliest, latest = FISCAL_YEARS
        years = range(
            min(first, max(earliest, first - YEARS_BEFORE)),
            max(last, min(latest, last + YEARS_AFTER)) + 1,
        )
        for name in ("first_fiscal_year", "last_fiscal_year"):
            offer(self, name, [(year, fiscal_year_label(year)) for year in years])


class SectionForm(ChangeForm):
    word_names = ("heading_number", "heading", "body")
    field_order: Sequence[str] = word_names

    heading_number = LineField(
        label="見出し番号",
        max_length=20,
        required=False,
        help_text="①、1、（1）など。番号のない見出しは、空のままにします。",
    )
    heading = LineField(
        label="見出し", max_length=200, error_messages={"required": "見出しを入れてください。"}
    )
    body = ProseField(
        label="本文",
        rows=16,
        max_length=LONGEST_BODY,
        required=False,
        help_text="段落ごとに改行します。箇条書きや表にする書き方は、下の「本文の書き方」にあります。",
    )


class SectionEditForm(SectionForm, Versioned):
    pass


class SpotFields(forms.Form):
    """Where something shall stand."""

    spot = forms.ChoiceField(
        label="置く場所",
        error_messages={
            "required": "置く場所を選んでください。",
            "invalid_choice": "その場所は、もうありません。置く場所を選び直してください。",
        },
    )

    def __init__(self, *args: Any, spots: Spots, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spots = spots
        offer(self, "spot", [("", "選んでください"), *_grouped(spots)])  # type: ignore[list-item]  # Groups.

    @property
    def chosen(self) -> Spot:
        """Return the place that a valid form names."""
        return self.spots.by_value[self.cleaned_data["spot"]]

    @property
    def stays(self) -> bool:
        """Whether a valid form names the place where the part stands already."""
        return bool(self.cleaned_data["spot"] == self.spots.current)


def _grouped(spots: Spots) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (group.heading, [(spot.value, _label(spot, spots)) for spot in group.spots])
        for group in spots.groups
    ]


def _label(spot: Spot, spots: Spots) -> str:
    return f"{spot.label}（いまの場所）" if spot.value == spots.current else spot.label


class MoveForm(ChangeForm, SpotFields, Versioned):
    field_order = ("spot",)


class SectionAddForm(SectionForm, SpotFields):
    field_order = ("spot", *SectionForm.word_names)


def opened_again(data: Mapping[str, str], version: int) -> dict[str, str]:
    """Return what was typed as that of a form opened on the text as it stands now."""
    return {**data, "opened_version": str(version)}
