"""What changed in a revision together with the reasons given for it: items, and all other parts of the text.

Pure: takes changes and amendments that were read already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from plans.comparison.items import ItemChange
from plans.comparison.parts import PartChange
from plans.enums import Fate
from revisions.enums import AmendmentKind, OriginKind
from revisions.models import Amendment

_DESCENT_KINDS = {Fate.SPLIT: AmendmentKind.SPLIT, Fate.MERGED: AmendmentKind.MERGE}
_JOINED = {AmendmentKind.SPLIT, AmendmentKind.MERGE}
_TOLD_BY = {
    AmendmentKind.NEW: {AmendmentKind.NEW, *_JOINED},
    AmendmentKind.SPLIT: _JOINED,
    AmendmentKind.MERGE: _JOINED,
    AmendmentKind.RENUMBER: {AmendmentKind.RENUMBER, AmendmentKind.MOVE},
}
"""Acts that explain a change beside those of its own kind: what was split off an item which the old edition does not
hold is simply new, what was first split off and then merged tells of both, and what came back to its policy on another
number was moved there."""


@dataclass(frozen=True)
class Reason:
    """One reason with the changes it was given for in one act; `act` tells where it comes from.

    `is_past`: the text shows nothing of it any more.
    """

    kinds: str
    act: Amendment
    is_past: bool = False

    @property
    def text(self) -> str:
        return self.act.reason

    @property
    def at(self) -> datetime:
        return self.act.amended_at

    @property
    def by_name(self) -> str:
        return self.act.amended_by_name

    @property
    def edition(self) -> str:
        """Return the number of the edition it was given in."""
        return self.act.edition.number


@dataclass
class Explained:
    """Something that changed, with the amendments made of it, oldest first."""

    change: ItemChange | PartChange
    amendments: list[Amendment]

    @property
    def kinds(self) -> list[AmendmentKind]:
        """Return what must be explained (rule T3)."""
        return needed_reasons(self.change)

    @property
    def is_changed(self) -> bool:
        return self.change.fate != Fate.SAME

    @property
    def counting(self) -> list[Amendment]:
        """Return the amendments of which the text still shows something (rule O3)."""
        return [act for act in self.amendments if act.counts]

    @property
    def unexplained(self) -> list[AmendmentKind]:
        """Return the changes that no reason was given for; losing ★ takes a decision of the DX推進本部 as well."""
        given = {AmendmentKind(act.kind) for act in self.counting if _suffices(act)}
        return [kind for kind in self.kinds if not _told_by(kind) & given]

    @property
    def lacks_decision(self) -> bool:
        """Whether ★ was lost for a reason that was given, so that only the decision is still to be named."""
        lost = AmendmentKind.CONCRETISE
        return lost in self.unexplained and any(act.kind == lost for act in self.counting)

    @property
    def reasons(self) -> list[Reason]:
        """Return all reasons, oldest first; what one act changed in two ways is told once."""
        return _told(self.amendments)

    @property
    def standing_reasons(self) -> list[Reason]:
        """Return the reasons of what still differs, leaving out what was taken back."""
        return standing_reasons(self.kinds, self.counting)


def _suffices(act: Amendment) -> bool:
    """Whether an amendment explains its change. Before the first edition is adopted there is no sitting to decide."""
    needs_decision = act.kind == AmendmentKind.CONCRETISE and act.edition.base_id is not None
    return not needs_decision or act.decision_id is not None


def standing_reasons(
    kinds: Iterable[AmendmentKind], amendments: Iterable[Amendment], *, with_returns: bool = False
) -> list[Reason]:
    """Return the reasons given for some kinds of changes by amendments that count; `with_returns` also why the last end
    was taken back, where something gave rise to that: the text stands upon it, even where it reads as before."""
    telling = {told for kind in kinds for told in _told_by(kind)}
    acts = list(amendments)
    back = _last_return(acts) if with_returns else None
    return _told(act for act in acts if act is back or (act.counts and act.kind in telling))


def _last_return(acts: Iterable[Amendment]) -> Amendment | None:
    """Return the act that took the last end back, where something gave rise to it."""
    returns = [act for act in acts if act.kind == AmendmentKind.RESTORE]
    last = returns[-1] if returns else None
    return last if last and last.origin != OriginKind.OTHER else None


def _told_by(kind: AmendmentKind) -> set[AmendmentKind]:
    return _TOLD_BY.get(kind, {kind})


def _told(amendments: Iterable[Amendment]) -> list[Reason]:
    def one_act(act: Amendment) -> tuple[datetime, str, str]:
        return act.amended_at, act.reason, act.amended_by_name

    grouped = (list(acts) for _, acts in groupby(amendments, key=one_act))
    return [
        Reason(
            "、".join(act.get_kind_display() for act in acts),
            acts[0],
            not any(act.counts or act.kind == AmendmentKind.RESTORE for act in acts),
        )
        for acts in grouped
    ]


@dataclass
class AmendedItem(Explained):
    """An item of a comparison with the reasons given for its changes."""

    change: ItemChange

    @property
    def code(self) -> str:
        return self.change.focus_item.code

    @property
    def is_carried_along(self) -> bool:
        """Whether nothing but its number reads otherwise, because its axis or policy was renumbered."""
        return self.is_changed and not self.kinds


@dataclass
class AmendedPart(Explained):
    """A part of an edition that is no item, with the reasons given for its changes."""

    change: PartChange


def needed_reasons(change: ItemChange | PartChange) -> list[AmendmentKind]:
    """Return what must be explained of a change (rule T3; losing ★ is an event of its own).

    That an item's number reads otherwise because axis or policy were renumbered is explained there.
    """
    match change:
        case ItemChange():
            return _of_item(change)
        case PartChange(fate=Fate.NEW):
            return [AmendmentKind.NEW]
        case PartChange(fate=Fate.ENDED):
            return [AmendmentKind.END]
        case PartChange():
            return _shared(change)


def _of_item(change: ItemChange) -> list[AmendmentKind]:
    descent = _DESCENT_KINDS.get(change.fate)
    if change.old is None:
        return [descent or AmendmentKind.NEW]
    if change.new is None:
        return [descent or AmendmentKind.END]
    needed = [descent] if descent else []
    needed += _shared(change)
    needed += [AmendmentKind.CONCRETISE] if change.loses_star else []
    return needed + ([AmendmentKind.STUDY] if change.gains_star else [])


def _shared(change: ItemChange | PartChange) -> list[AmendmentKind]:
    """Return what may happen to an item and to any other part alike."""
    needed = [AmendmentKind.REWORD] if change.rewords else []
    needed += [AmendmentKind.MOVE] if change.moves else []
    return needed + ([AmendmentKind.RENUMBER] if change.is_renumbered else [])
