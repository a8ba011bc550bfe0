"""Where an item of a draft can go: places to be moved to, policies to be split off into, items to be merged with."""

from plans.comparison.parts import part_label
from plans.enums import Fate
from plans.models import Edition, FocusItem, FocusItemText, Policy
from plans.queries import EditionOutline, PolicyOutline, draft_outline
from revisions.queries.draft_spots import Spot, SpotGroup, Spots

Choice = tuple[str, str]


class ItemSpot(Spot):
    """A place for an item: `holder` is a policy, `after` the item to stand behind."""

    @property
    def value(self) -> str:
        code = self.after.focus_item.code if self.after else ""
        return f"{self.holder.key}/{code}"

    @property
    def label(self) -> str:
        return f"{self.after} の後" if self.after else super().label


class Destinations:
    """Knows the policies and items of a draft, but for the item that an act is about."""

    def __init__(self, outline: EditionOutline, text: FocusItemText) -> None:
        self._text = text
        self._policies = [policy for axis in outline.axes for policy in axis.policies]

    def policy(self, key: str) -> Policy:
        return next(one.policy for one in self._policies if one.policy.key == key)

    def policy_choices(self) -> list[Choice]:
        return [(one.policy.key, str(one.policy)) for one in self._policies]

    def item(self, code: str) -> FocusItemText:
        others = (text for policy in self._policies for text in self._others(policy))
        return next(text for text in others if text.focus_item.code == code)

    def item_choices(self) -> list[tuple[str, list[Choice]]]:
        """Return the other items by policy."""
        groups = [
            (str(one.policy), [(text.focus_item.code, str(text)) for text in self._others(one)])
            for one in self._policies
        ]
        return [(policy, items) for policy, items in groups if items]

    def spots(self) -> Spots:
        """Return all places by policy, each named by what the item would stand behind."""
        groups = [
            SpotGroup(
                part_label(one.policy),
                [ItemSpot(one.policy, after) for after in (None, *self._others(one))],
            )
            for one in self._policies
        ]
        return Spots(groups, self._present().value)

    def _present(self) -> ItemSpot:
        text = self._text
        policy = next(one for one in self._policies if one.policy.pk == text.policy_id)
        before = [other for other in self._others(policy) if other.number < text.number]
        return ItemSpot(policy.policy, before[-1] if before else None)

    def _others(self, policy: PolicyOutline) -> list[FocusItemText]:
        return [text for text in policy.items if text.pk != self._text.pk]


def destinations_of(draft: Edition, text: FocusItemText) -> Destinations:
    """Return where one of the items of a draft can go, in four queries."""
    return Destinations(draft_outline(draft), text)


def split_off(draft: Edition, focus_item: FocusItem) -> list[FocusItemText]:
    """Return what was split off an item in a draft and stands in it."""
    descents = draft.descents.filter(before=focus_item, kind=Fate.SPLIT)
    texts = draft.item_texts.filter(focus_item__in=descents.values("after"))
    return list(texts.select_related("policy__axis", "focus_item").order_by("focus_item__code"))
