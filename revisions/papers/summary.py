"""改定の概要: how many items before and after, what changed and why, on whose decision; what matters most first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kirishima_dx.quoting import quoted
from kirishima_dx.text_diff import Run
from plans.comparison.items import ItemChange
from plans.comparison.parts import PartChange
from plans.enums import Fate
from plans.models import Edition
from reviews.models import Meeting
from revisions.enums import AmendmentKind
from revisions.papers.explained import AmendedItem, AmendedPart
from revisions.papers.item_groups import ChangeCount
from revisions.papers.plan_rows import Explaining
from revisions.papers.remarks import Remarks
from revisions.papers.revision import AdoptedStep, Revision
from revisions.papers.rows import item_notes

LONGEST_WORDS = 24
"""How many letters of a changed stretch are told; the table has them all."""
_BY_WEIGHT = (
    AmendmentKind.NEW,
    AmendmentKind.END,
    AmendmentKind.SPLIT,
    AmendmentKind.MERGE,
    AmendmentKind.CONCRETISE,
    AmendmentKind.STUDY,
    AmendmentKind.MOVE,
    AmendmentKind.REWORD,
    AmendmentKind.RENUMBER,
)
"""What matters most first: what the city takes up and gives up, then what is settled, then its words."""
_FRAME = ("axes", "policies")
_PARTS = {"edition": "計画期間・策定者", "axes": "軸", "policies": "取組方針", "sections": "本文"}


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
    """One change in one line: what it is about, what was done, why and on whose decision.

    `counted_as` and `unit` are what it is called where it is counted and not told: 文言変更 3項目, 本文 2か所. What was
    changed in two ways is counted as both.
    """

    label: str
    what: tuple[str, ...]
    remarks: Remarks
    counted_as: tuple[str, ...]
    unit: str
    is_item: bool = True
    is_frame: bool = False
    """Whether it is an axis or a policy that came or ended: the plan is built otherwise."""

    @property
    def weight(self) -> tuple[int, int]:
        """Return where the line stands among the others, the weightiest least.

        Other changes of axes, policies and the rest of the text stand after the items.
        """
        kind = min(map(_BY_WEIGHT.index, self.remarks.kinds), default=len(_BY_WEIGHT))
        return (kind, not self.is_frame) if self.is_item or self.is_frame else (len(_BY_WEIGHT), 2)


@dataclass(frozen=True)
class RevisionSummary:
    old: Edition
    new: Edition
    tallies: list[Tally]
    counts: list[ChangeCount]
    lines: list[ChangeLine]
    renumbered: int
    steps: list[AdoptedStep]
    meetings: list[Meeting]

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.renumbered)


def summary_of(revision: Revision, steps: Iterable[AdoptedStep] = ()) -> RevisionSummary:
    """Return what a page of 改定の概要 says; `steps` are the editions that came into force on the way.

    Items whose number alone is another one are counted and not listed.
    """
    explaining = Explaining(revision)
    changed = [item for item in revision.changed_items if not _is_only_renumbered(item.change)]
    lines = [_item_line(item, explaining) for item in changed]
    lines += [_part_line(part, explaining) for part in revision.parts]
    taken = list(steps)
    return RevisionSummary(
        revision.old.edition,
        revision.new.edition,
        _tallies(revision),
        revision.change_counts,
        sorted(lines, key=lambda line: line.weight),
        len(revision.changed_items) - len(changed),
        taken,
        _meetings(lines, taken),
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
    return ChangeLine(
        f"{text.place} {text.title}",
        tuple(what),
        explaining.remarks(item),
        counted_as=tuple(str(kind.label) for kind in item.kinds),
        unit="項目",
    )


def _part_line(part: AmendedPart, explaining: Explaining) -> ChangeLine:
    change = part.change
    runs = [run for line in change.lines for run in line.runs]
    runs += [run for one in change.paragraphs if not one.is_same for run in one.runs]
    what = tuple(_words_of(runs)) if change.rewords else ()
    return ChangeLine(
        change.label,
        what,
        explaining.remarks(part),
        counted_as=(_PARTS[change.group],),
        unit="か所",
        is_item=False,
        is_frame=_is_frame(change),
    )


def _is_frame(change: PartChange) -> bool:
    return change.group in _FRAME and change.fate in (Fate.NEW, Fate.ENDED)


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


def _meetings(lines: Iterable[ChangeLine], steps: Iterable[AdoptedStep]) -> list[Meeting]:
    """Return the sittings whose decisions the revision rests on, the earliest first."""
    given = [reason.decision for line in lines for reason in line.remarks.reasons]
    given += [step.decision for step in steps]
    found = {one.meeting.pk: one.meeting for one in given if one is not None}
    return sorted(found.values(), key=lambda meeting: (meeting.held_on, meeting.pk))
