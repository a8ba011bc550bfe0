"""Which changes a draft makes to the edition it was made from, to tell which acts on it still count (rule O3)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plans.comparison.whole import compare
from plans.draft_changes import items_since_loading
from plans.models import Edition
from plans.places import lasting_place
from plans.queries import EditionOutline, descents_between, draft_outline, edition_outline
from revisions.enums import AmendmentKind, Aspect
from revisions.models import Amendment
from revisions.papers.standing import Change, shown_of

ITEMS, SECTIONS = "items/", "sections/"


def place_of(act: Amendment) -> str:
    """Return the lasting place of the text that an act changed, an item by its key in the database."""
    return act.place or f"{ITEMS}{act.focus_item_id}"


@dataclass
class DraftChanges:
    """What differs in a draft, by place. The parts of a first 案, which has no base, are compared with nothing."""

    changes: dict[str, Change]
    has_base: bool
    orders: tuple[list[str], list[str]] = ([], [])
    _moved: set[str] = field(init=False)

    def __post_init__(self) -> None:
        sections = (place for place in self.changes if place.startswith(SECTIONS))
        self._moved = {place for place in sections if self.changes[place].moves}

    def shown(self, act: Amendment, movers: Iterable[str] = ()) -> frozenset[Aspect]:
        """Return in which respects a text differs that an act explains; `movers` are the places of sections that were
        moved by an act of their own."""
        kind, place = AmendmentKind(act.kind), place_of(act)
        if not self.has_base and act.place:
            return frozenset(Aspect) if kind != AmendmentKind.RESTORE else frozenset()
        found = shown_of(self.changes.get(place), kind)
        if kind == AmendmentKind.MOVE and self._changed_places(place, set(movers)):
            return found | {Aspect.PLACE}
        return found

    def _changed_places(self, place: str, movers: set[str]) -> bool:
        """Whether a section changed places with another that counts as the one that moved, though nobody moved it."""
        old, new = self.orders
        if place not in old or place not in new:
            return False
        return any(
            (old.index(other) < old.index(place)) != (new.index(other) < new.index(place))
            for other in self._moved - movers - {place}
            if other in old and other in new
        )


def draft_changes(draft: Edition) -> DraftChanges:
    """Return what a draft changes, in a fixed number of queries."""
    outline = draft_outline(draft)
    if draft.base is None:
        items = items_since_loading(outline)
        return DraftChanges({f"{ITEMS}{one.focus_item.pk}": one for one in items}, has_base=False)
    base = draft.base
    old = edition_outline(base) if base.is_adopted else draft_outline(base)
    comparison = compare(old, outline, descents_between(base, draft))
    changes: dict[str, Change] = {f"{ITEMS}{one.focus_item.pk}": one for one in comparison.items}
    changes |= {part.place: part for part in comparison.parts}
    return DraftChanges(changes, has_base=True, orders=(_order(old), _order(outline)))


def _order(outline: EditionOutline) -> list[str]:
    return [lasting_place(node.section) for node in outline.walk_sections()]
