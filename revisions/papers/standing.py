"""In which respects a text differs, and which kinds of changes explain that (rule O3).

Pure: takes changes that were read already.
"""

from collections.abc import Iterable

from plans.comparison.items import ItemChange
from plans.comparison.parts import PartChange
from revisions.enums import AmendmentKind, Aspect

Change = ItemChange | PartChange
NOTHING: frozenset[Aspect] = frozenset()
LINES = {
    "名称": Aspect.NAME,
    "英語の語": Aspect.ENGLISH,
    "標語": Aspect.TAGLINE,
    "見出し": Aspect.HEADING,
    "計画期間": Aspect.PERIOD,
    "策定者": Aspect.ISSUER,
}
"""The short texts of a part, as the comparison labels them."""
_JOINED = (AmendmentKind.SPLIT, AmendmentKind.MERGE)
_TOUCHED = {
    AmendmentKind.NEW: {Aspect.WHOLE},
    AmendmentKind.END: {Aspect.WHOLE},
    AmendmentKind.SPLIT: {Aspect.LINEAGE},
    AmendmentKind.MERGE: {Aspect.LINEAGE},
    AmendmentKind.CONCRETISE: {Aspect.STAR},
    AmendmentKind.STUDY: {Aspect.STAR},
    AmendmentKind.MOVE: {Aspect.PLACE, Aspect.NUMBER},
    AmendmentKind.RENUMBER: {Aspect.NUMBER},
    AmendmentKind.REWORD: {Aspect.TITLE, Aspect.OVERVIEW, Aspect.BODY, *LINES.values()},
    AmendmentKind.RESTORE: set(),
}


def touched_by(kind: AmendmentKind, words: Iterable[Aspect] | None = None) -> frozenset[Aspect]:
    """Return in which respects an act may change a text; `words`: which words it changed, where that is known."""
    if kind == AmendmentKind.REWORD and words is not None:
        return frozenset(words)
    return frozenset(_TOUCHED[kind])


def shown_of(change: Change | None, kind: AmendmentKind) -> frozenset[Aspect]:
    """Return in which respects a text differs that acts of a kind explain; None: it does not differ.

    Of a text that the old edition does not hold every act shows that made it what it is. That an end was taken back
    shows nowhere: the text reads as before, or otherwise by acts of other kinds.
    """
    if change is None or kind == AmendmentKind.RESTORE:
        return NOTHING
    if change.old is None:
        return NOTHING if kind == AmendmentKind.END else frozenset(Aspect)
    if change.new is None:
        return _of_ended(change, kind)
    return _of_both(change, kind)


def _of_ended(change: Change, kind: AmendmentKind) -> frozenset[Aspect]:
    if kind == AmendmentKind.END:
        return frozenset({Aspect.WHOLE})
    return _lineage(change) if kind in _JOINED else NOTHING


def _of_both(change: Change, kind: AmendmentKind) -> frozenset[Aspect]:
    match kind:
        case AmendmentKind.REWORD:
            return _words(change)
        case AmendmentKind.CONCRETISE:
            return _when(Aspect.STAR, isinstance(change, ItemChange) and change.loses_star)
        case AmendmentKind.STUDY:
            return _when(Aspect.STAR, isinstance(change, ItemChange) and change.gains_star)
        case AmendmentKind.MOVE if change.moves:
            return frozenset({Aspect.PLACE})
        case AmendmentKind.MOVE | AmendmentKind.RENUMBER:
            return _when(Aspect.NUMBER, change.moves or change.is_renumbered)
        case AmendmentKind.SPLIT | AmendmentKind.MERGE:
            return _lineage(change)
    return NOTHING


def _when(aspect: Aspect, shows: bool) -> frozenset[Aspect]:
    return frozenset({aspect}) if shows else NOTHING


def _lineage(change: Change) -> frozenset[Aspect]:
    has_kin = isinstance(change, ItemChange) and bool(change.went_into or change.came_from)
    return _when(Aspect.LINEAGE, has_kin)


def _words(change: Change) -> frozenset[Aspect]:
    if isinstance(change, ItemChange):
        old, new = change.old, change.new
        found = {
            aspect
            for aspect, name in ((Aspect.TITLE, "title"), (Aspect.OVERVIEW, "overview"))
            if getattr(old, name) != getattr(new, name)
        }
    else:
        found = {LINES[line.label] for line in change.lines}
        found |= {Aspect.BODY} if change.paragraphs else set()
    return frozenset(found | {Aspect.WORDS}) if found else NOTHING
