"""What changed, in the order in which people ask: what went well, what did not, what comes later, which words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from initiatives.queries.plan_changes import (
    COUNTED,
    OF_TEXTS,
    Badge,
    Count,
    ItemDifference,
    PlanChanges,
)
from initiatives.queries.shifts import (
    BECAME_LATE,
    BETTER,
    CORRECTED,
    FIRST,
    FIRST_PROMISE,
    OTHER,
    RATED,
    UNRATED,
    WORSE,
    PromiseShift,
    Shift,
)

_STARS = ("★が外れた", "★が付いた")


@dataclass(frozen=True)
class NamedShift:
    """A shift with what it is of; `kind` says how it is drawn: status, rating, promise or lead."""

    kind: str
    name: str
    shift: Shift | PromiseShift


@dataclass(frozen=True)
class Row:
    """One item under a heading, with what of it belongs there."""

    item: ItemDifference
    shifts: list[NamedShift]
    badges: list[Badge]
    shows_words: bool


@dataclass(frozen=True)
class Heading:
    """A question. `counts` are the words of COUNTED whose items stand under it, `takes` which shifts do."""

    key: str
    title: str
    short: str
    counts: tuple[str, ...]
    takes: Callable[[NamedShift], bool] = lambda named: False
    shows_words: bool = False

    def row(self, item: ItemDifference) -> Row:
        shifts = [one for one in _shifts(item) if self.takes(one)]
        badges = [one for one in item.badges if one.counts_as in self.counts]
        return Row(item, shifts, badges, self.shows_words)


def _of_course(course: str) -> Callable[[NamedShift], bool]:
    return lambda named: named.kind != "lead" and named.shift.course == course


def _of_word(word: str) -> Callable[[NamedShift], bool]:
    return lambda named: named.shift.word == word


HEADINGS = (
    Heading(
        "better",
        "進んだこと・良くなったこと",
        "進んだ・良くなった",
        ("状態が進んだ", "評価が良くなった", "期限が早まった"),
        _of_course(BETTER),
    ),
    Heading(
        "worse",
        "遅れ・悪くなったこと・戻ったこと",
        "遅れ・悪くなった・戻った",
        ("評価が悪くなった", BECAME_LATE, "状態が戻った・止まった"),
        lambda named: named.kind != "promise" and named.shift.course == WORSE,
    ),
    Heading(
        "later",
        "期限が延びたこと・新たな期限が示されたこと",
        "期限が延びた・新たな期限",
        ("期限が延びた", "新たな期限が示された"),
        lambda named: (
            (named.kind == "promise" and named.shift.course == WORSE)
            or _of_word(FIRST_PROMISE)(named)
        ),
    ),
    Heading("star", "検討項目（★）の変化", "検討項目（★）の変化", _STARS),
    Heading(
        "words",
        "計画の言葉が変わったこと",
        "計画の言葉が変わった",
        tuple(label for label in OF_TEXTS if label not in _STARS),
        shows_words=True,
    ),
    Heading("first", "はじめて記録されたこと", "はじめて記録", ("はじめて記録",), _of_word(FIRST)),
    Heading(
        "ratable",
        "評価できるようになった、またはできなくなったこと",
        "評価できる・できない",
        (RATED, UNRATED),
        lambda named: named.shift.word in (RATED, UNRATED),
    ),
    Heading(
        "corrected",
        "記録が訂正されたこと（進んだ・戻ったには数えません）",
        "記録の訂正",
        ("訂正",),
        _of_word(CORRECTED),
    ),
    Heading(
        "lead",
        "担当する課が変わったこと",
        "担当の変更",
        ("主担当課の変更",),
        lambda named: named.kind == "lead" and named.shift.course == OTHER,
    ),
)
"""What differs stands under at least one of these, and may stand under several."""


@dataclass(frozen=True)
class Told:
    """A heading with the items under it; `counts` are counted from them (R3)."""

    heading: Heading
    rows: list[Row]
    counts: list[Count]


def told_changes(changes: PlanChanges) -> list[Told]:
    """Return the headings under which something stands, each with its items in the order of the plan."""
    return [told for heading in HEADINGS if (told := _told(heading, changes)).rows]


def _told(heading: Heading, changes: PlanChanges) -> Told:
    found = {
        label: [item for item in changes.items if COUNTED[label](item)] for label in heading.counts
    }
    keys = {id(item) for items in found.values() for item in items}
    rows = [heading.row(item) for item in changes.items if id(item) in keys]
    return Told(
        heading, rows, [Count(label, len(items)) for label, items in found.items() if items]
    )


def _shifts(item: ItemDifference) -> Iterator[NamedShift]:
    named = (
        ("status", "状態", item.status),
        ("rating", "進捗評価", item.rating),
        ("promise", "新たな期限", item.promise),
        ("lead", "主担当課", item.lead),
    )
    return (NamedShift(kind, name, shift) for kind, name, shift in named if shift)
