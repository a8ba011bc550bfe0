"""The amendments of editions, read once, beside the changes that they explain."""

from collections import defaultdict
from collections.abc import Iterable

from plans.comparison.items import ItemChange
from plans.comparison.parts import PartChange
from plans.models import Edition
from revisions.enums import AmendmentKind
from revisions.models import Amendment
from revisions.papers.explained import AmendedItem, AmendedPart

_KEPT_ALONG = (
    "edition",
    "decision__meeting",
    "decision__agenda_item",
    "entry__initiative__focus_item",
    "round",
    "erratum__edition",
)


class Amendments:
    """All amendments of some editions, by the item or the place that they changed."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        """Read them in one query, oldest edition and act first."""
        found = Amendment.objects.filter(edition__in=[edition.pk for edition in editions])
        in_order = (
            found.with_counts()
            .select_related(*_KEPT_ALONG)
            .order_by("edition__major", "edition__minor", "amended_at", "pk")
        )
        self._of_items: dict[int, list[Amendment]] = defaultdict(list)
        self._of_places: dict[str, list[Amendment]] = defaultdict(list)
        for amendment in in_order:
            if amendment.focus_item_id is not None:
                self._of_items[amendment.focus_item_id].append(amendment)
            else:
                self._of_places[amendment.place].append(amendment)

    def items(self, changes: Iterable[ItemChange]) -> list[AmendedItem]:
        return [AmendedItem(change, self._of_items[change.focus_item.pk]) for change in changes]

    def parts(self, changes: Iterable[PartChange]) -> list[AmendedPart]:
        return [AmendedPart(change, self._of_part(change)) for change in changes]

    def _of_part(self, change: PartChange) -> list[Amendment]:
        """Return the amendments of a part. Of two sections that changed places either may count as the one that moved:
        then the move of the other explains it."""
        own = self._of_places[change.place]
        if change.group != "sections" or not change.moves:
            return own
        if any(act.kind == AmendmentKind.MOVE and act.counts for act in own):
            return own
        others = (
            act
            for place, acts in self._of_places.items()
            if place.startswith("sections/")
            for act in acts
        )
        moves = [act for act in others if act.kind == AmendmentKind.MOVE]
        return sorted([*own, *moves], key=lambda act: (act.amended_at, act.pk))

    def keys(self) -> list[int]:
        """Return the amendments themselves, for a digest."""
        every = [*self._of_items.values(), *self._of_places.values()]
        return sorted(act.pk for acts in every for act in acts)
