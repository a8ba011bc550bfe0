"""How items left the plan: by 終了, or by 統合 and 分割 into others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.comparison.items import Kin
from plans.enums import Fate
from plans.models import Descent, Edition, FocusItemText
from plans.shelf import EditionShelf


@dataclass(frozen=True)
class Departure:
    """The edition that left an item out, and the items of it that the item went over into."""

    edition: Edition
    successors: list[Kin]

    @property
    def fate(self) -> Fate:
        return next((kin.kind for kin in self.successors), Fate.ENDED)

    @property
    def label(self) -> str:
        """Return 第2.1版で統合."""
        return f"{self.edition.name}で{self.fate.label}"


def departures(texts: Iterable[FocusItemText], shelf: EditionShelf) -> dict[int, Departure]:
    """Return how items left the plan, by their keys, in two queries; in none while all stand in it.

    Of each item the text is given that holds, or held last.
    """
    in_effect = [one.edition for one in shelf.editions if one.is_public and one.has_taken_effect]
    left = {}
    for text in texts:
        later = [edition for edition in in_effect if edition > text.edition]
        if later and text.edition in in_effect:
            left[text.focus_item_id] = min(later)
    successors = _successors(left) if left else {}
    return {item: Departure(edition, successors.get(item, [])) for item, edition in left.items()}


def _successors(left: Mapping[int, Edition]) -> dict[int, list[Kin]]:
    descents = [
        descent
        for descent in Descent.objects.filter(before__in=left, edition__in=left.values())
        if left[descent.before_id].pk == descent.edition_id
    ]
    texts = {
        (text.edition_id, text.focus_item_id): text
        for text in FocusItemText.objects.filter(
            edition__in=[one.edition_id for one in descents],
            focus_item__in=[one.after_id for one in descents],
        ).select_related("policy__axis", "focus_item")
    }
    found: dict[int, list[Kin]] = defaultdict(list)
    for one in descents:
        text = texts.get((one.edition_id, one.after_id))
        if text is not None:
            found[one.before_id].append(Kin(text, Fate(one.kind)))
    return found
