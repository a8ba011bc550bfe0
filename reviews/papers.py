"""The papers that are put before a meeting, each kind once: whoever numbers, prints, shows or writes one reads this.

An app above adds its own kinds when it starts; nothing here knows it.
"""

from dataclasses import dataclass
from enum import Enum, auto

from reviews.enums import AgendaKind


class Source(Enum):
    """What a paper is told from. It decides which meetings have the paper and, with that, which number it bears: before
    all, as number 0, what the meeting itself is to look at and to decide; then what a report tells, where the meeting
    has one; then the decisions of earlier meetings. Last, so that the others bear the same numbers in every meeting,
    what not every meeting has: the ★ items that its report tells of, the 改定の検討 on its agenda, and the revisions on
    the agenda, each with all its papers."""

    MEETING = auto()
    REPORT = auto()
    DECISIONS = auto()
    STUDIES = auto()
    CONSIDERATIONS = auto()
    EDITION = auto()

    @property
    def is_of_report(self) -> bool:
        return self in (Source.REPORT, Source.STUDIES)

    @property
    def bears_day_of_report(self) -> bool:
        """Whether it speaks of the day of the report, where there is one, and may change until that is sealed."""
        return self.is_of_report or self is Source.MEETING


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper; `title` is its name, also that of its sheet in the workbook of a meeting.

    `elsewhere` says where it is instead, where it has no sheet. `template` draws it on the page to print, which is
    sideways unless it `is_upright`. `tells_of` is the kind of agenda item that it is about; one of a revision is known
    by its edition. `sections` head the slides that tell the same; one of a revision is linked from its agenda item.
    """

    key: str
    title: str
    source: Source
    template: str
    tells_of: AgendaKind | None = None
    sections: tuple[str, ...] = ()
    elsewhere: str = ""
    is_upright: bool = False


LATE = PaperKind(
    "late",
    "遅れと決定",
    Source.MEETING,
    "reviews/_paper_late.html",
    sections=("遅れている取組", "お諮りすること"),
    is_upright=True,
)
SUMMARY = PaperKind(
    "summary",
    "総括表",
    Source.REPORT,
    "reviews/_paper_summary.html",
    tells_of=AgendaKind.REPORT,
    sections=("総括表",),
)
PROGRESS = PaperKind(
    "progress",
    "進捗一覧",
    Source.REPORT,
    "reviews/_paper_progress.html",
    tells_of=AgendaKind.REPORT,
    sections=("遅れている取組", "前年度との比較"),
)
PROBLEMS = PaperKind(
    "problems",
    "課題・協議事項",
    Source.REPORT,
    "reviews/_paper_problems.html",
    tells_of=AgendaKind.PROBLEM,
    sections=("課題・協議事項",),
)
FOLLOW_UP = PaperKind(
    "follow_up",
    "前回決定事項の対応状況",
    Source.DECISIONS,
    "reviews/_paper_follow_up.html",
    sections=("前回までの決定・指示事項",),
)
STUDIES = PaperKind(
    "studies",
    "検討項目（★）",
    Source.STUDIES,
    "reviews/_paper_studies.html",
    tells_of=AgendaKind.REPORT,
    sections=("検討項目（★）",),
)
CONSIDERATIONS = PaperKind(
    "considerations",
    "改定の検討",
    Source.CONSIDERATIONS,
    "reviews/_paper_considerations.html",
    tells_of=AgendaKind.CONSIDERATION,
    sections=("改定の検討",),
)
_KINDS = {
    kind.key: kind
    for kind in (LATE, SUMMARY, PROGRESS, PROBLEMS, FOLLOW_UP, STUDIES, CONSIDERATIONS)
}


def add_papers(*kinds: PaperKind) -> None:
    """Add the papers of an app above, in their order."""
    _KINDS.update((kind.key, kind) for kind in kinds)


def paper_kinds(source: Source | None = None) -> list[PaperKind]:
    """Return all kinds, or those told from one source, in the order in which a meeting numbers them."""
    in_order = sorted(_KINDS.values(), key=lambda kind: kind.source.value)
    return [kind for kind in in_order if source in (None, kind.source)]
