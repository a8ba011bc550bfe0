"""Forms of moving, splitting and merging the items of a draft."""

from typing import Any, Self

from django import forms

from initiatives.forms.offering import offer
from plans.models import FocusItemText
from revisions.forms.draft import ItemEndForm, ItemForm, ReasonForm, Versioned, opened_with
from revisions.forms.draft_parts import SpotFields
from revisions.queries.destinations import Destinations
from revisions.queries.origins import OriginSources


class ItemMoveForm(ReasonForm, SpotFields, Versioned):
    """Where an item shall stand: one list of all places, so that policy and neighbour always fit."""

    field_order = ("spot", "reason")

    @classmethod
    def opened_on(
        cls, text: FocusItemText, sources: OriginSources, destinations: Destinations
    ) -> Self:
        spots = destinations.spots()
        initial = {"spot": spots.current, **opened_with(text)}
        return cls(initial=initial, sources=sources, spots=spots)

    def again(self, data: dict[str, Any]) -> Self:
        return type(self)(data, sources=self.sources, spots=self.spots)


class ItemSplitForm(ItemForm, Versioned):
    """What is split off an item, and the policy that it shall stand in."""

    policy = forms.ChoiceField(
        label="分ける先の取組方針",
        help_text="この取組方針の最後の番号の次が付きます。",
        error_messages={
            "required": "取組方針を選んでください。",
            "invalid_choice": "その取組方針は、もう案にありません。選び直してください。",
        },
    )
    field_order = ("policy", *ItemForm.field_order)

    def __init__(self, *args: Any, destinations: Destinations, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.destinations = destinations
        self.fields["is_study"].help_text = "検討によって具体化していく項目に付けます。"
        offer(self, "policy", destinations.policy_choices())

    @classmethod
    def opened_on(
        cls, text: FocusItemText, sources: OriginSources, destinations: Destinations
    ) -> Self:
        initial = {"policy": text.policy.key, **opened_with(text)}
        return cls(initial=initial, sources=sources, destinations=destinations)

    def again(self, data: dict[str, Any]) -> Self:
        return type(self)(data, sources=self.sources, destinations=self.destinations)


class MergeTargetForm(forms.Form):
    """Which item another one shall go over into; asked for first, so that both texts can be shown."""

    into = forms.ChoiceField(
        label="統合先の重点項目",
        error_messages={
            "required": "統合先の重点項目を選んでください。",
            "invalid_choice": "その項目は、案にないか、同じ項目です。統合先を選び直してください。",
        },
    )

    def __init__(self, *args: Any, destinations: Destinations, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "into", [("", "選んでください"), *destinations.item_choices()])  # type: ignore[list-item]  # Groups.


class ItemMergeForm(ItemEndForm):
    """Why an item goes over into the one that was chosen before."""
