"""改定の概要: how many items before and after, what changed and why, on whose decision; one page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kirishima_dx.text_diff import Run
from plans.comparison import ItemChange
from plans.enums import Fate
from plans.models import Edition
from reviews.models import Decision, Meeting
from reviews.papers_of_revision.plan_rows import Explaining
from reviews.papers_of_revision.remarks import Remarks
from reviews.papers_of_revision.rows import item_notes, quoted
from reviews.queries.explained import AmendedItem, AmendedPart
from reviews.queries.item_groups import FateCount
from reviews.queries.revisions import Revision

LONGEST_WORDS = 24
"""How many letters of a changed stretch are told; the table has them all."""


@dataclass(frozen=True)
class Tally:
    """How many there were and are."""

    label: str
    before: int
    after: int

    @property
    def difference(self) -> str:
        """Return ＋1, ▲1 or ±0."""
        more = self.after - self.before
        return f"＋{more}" if more > 0 else f"▲{-more}" if more < 0 else "±0"


@dataclass(frozen=True)
class ChangeLine:
    """One change in one line: what it is about, what was done, why and on whose decision."""

    label: str
    what: tuple[str, ...]
    remarks: Remarks


@dataclass(frozen=True)
class RevisionSummary:
    old: Edition
    new: Edition
    tallies: list[Tally]
    fates: list[FateCount]
    items: list[ChangeLine]
    parts: list[ChangeLine]
    renumbered: int
    meetings: list[Meeting]

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.parts or self.renumbered)


def summary_of(revision: Revision, decisions: Iterable[Decision] = ()) -> RevisionSummary:
    """Return what a page of 改定の概要 says; `decisions` are those that the adoption rests on.

    Items whose number alone is another one are counted and not listed.
    """
    explaining = Explaining(revision)
    lines = [
        (item, _item_line(item, explaining))
        for item in revision.changed_items
        if not _is_only_renumbered(item.change)
    ]
    parts = [_part_line(part, explaining) for part in revision.parts]
    told = [line for _, line in lines]
    return RevisionSummary(
        revision.old.edition,
        revision.new.edition,
        _tallies(revision),
        revision.fate_counts,
        told,
        parts,
        sum(_is_only_renumbered(item.change) for item in revision.changed_items),
        _meetings([*told, *parts], decisions),
    )


def _tallies(revision: Revision) -> list[Tally]:
    old, new = revision.old, revision.new
    return [
        Tally("重点項目", len(old.items), len(new.items)),
        Tally("うち検討項目 ★", old.study_count, new.study_count),
        Tally("取組方針", *(sum(len(axis.policies) for axis in side.axes) for side in (old, new))),
        Tally("軸", len(old.axes), len(new.axes)),
    ]


def _is_only_renumbered(change: ItemChange) -> bool:
    differs = change.rewords or change.loses_star or change.gains_star or change.moves
    return change.fate == Fate.MOVED and not differs


def _item_line(item: AmendedItem, explaining: Explaining) -> ChangeLine:
    change = item.change
    text = change.either
    what = [*item_notes(change)]
    if change.rewords:
        what += list(_words_of([*change.title_runs, Run("same", ""), *change.overview_runs]))
    return ChangeLine(f"{text.place} {text.title}", tuple(what), explaining.remarks(item))


def _part_line(part: AmendedPart, explaining: Explaining) -> ChangeLine:
    change = part.change
    runs = [run for line in change.lines for run in line.runs]
    runs += [run for one in change.paragraphs if not one.is_same for run in one.runs]
    what = tuple(_words_of(runs)) if change.rewords else ()
    return ChangeLine(change.label, what, explaining.remarks(part))


def _words_of(runs: Iterable[Run]) -> Iterator[str]:
    """Return the first words that changed: 「甲」を「乙」に, 「甲」を削る, 「乙」を加える; and that there are more."""
    changes = list(_pairs(runs))
    for old, new in changes[:1]:
        if old and new:
            yield f"{quoted(_short(old))}を{quoted(_short(new))}に"
        else:
            yield f"{quoted(_short(old or new))}を{'削る' if old else '加える'}"
    if len(changes) > 1:
        yield f"ほか{len(changes) - 1}か所"


def _pairs(runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
    old = ""
    for run in runs:
        if run.kind == "old":
            if old:
                yield old, ""
            old = run.text
        elif run.kind == "new":
            yield old, run.text
            old = ""
        elif old:
            yield old, ""
            old = ""
    if old:
        yield old, ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"


def _meetings(lines: Iterable[ChangeLine], decisions: Iterable[Decision]) -> list[Meeting]:
    """Return the sittings whose decisions the revision rests on, the earliest first."""
    given = (one.decision for line in lines for one in line.remarks.reasons)
    found = {one.meeting.pk: one.meeting for one in (*given, *decisions) if one is not None}
    return sorted(found.values(), key=lambda meeting: (meeting.held_on, meeting.pk))
