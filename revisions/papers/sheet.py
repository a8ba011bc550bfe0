"""改定の概要 on one printed sheet, however much changed.

What does not fit is left out on paper, counted in a closing line and shown on the screen. All measures are those of
css/revisions/compare.css in print: points, and full-width letters of 9 points.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from reviews.models import Meeting
from revisions.papers.paper import PaperText, fitted, lines_for
from revisions.papers.remarks import Given
from revisions.papers.revision import AdoptedStep
from revisions.papers.summary import ChangeLine, RevisionSummary

SHEET = 730.0
"""Points between the margins of A4."""
AROUND = 173.0
"""The band of a trial, the name of the site, the heads of page and blocks, the head of the table."""
LINE = 12.15
AIR = 5.2
"""Above and below the words of a row, with its rule and what a label is taller than its line."""
TITLE_WIDTH, HALF_WIDTH, FACT_WIDTH = 28.0, 25.5, 18.0
LABEL_WIDTH, WHAT_WIDTH, REASON_WIDTH = 14.0, 15.5, 21.0
MOST_LINES = (12, 6, 4, 3, 2)
"""To how many lines a cell is cut: the first with which all changes fit, else the last."""
_UNCUT = 10_000
MOST_REASONS, MOST_STEPS, MOST_MEETINGS = 2, 2, 3
_BASIS_LINES = 3
_CLOSING_LINES = 4


@dataclass(frozen=True)
class PaperReason:
    given: Given
    text: PaperText

    @property
    def lines(self) -> int:
        return lines_for(REASON_WIDTH, _beside(self.given) + self.text.short)


@dataclass(frozen=True)
class SheetRow:
    """A change as the screen and the paper tell it; `further` is how many of its reasons, the older
    ones, paper leaves out."""

    line: ChangeLine
    label: PaperText
    what: PaperText
    reasons: list[PaperReason]
    is_on_paper: bool = False

    @property
    def most_reasons(self) -> int:
        return MOST_REASONS

    @property
    def further(self) -> int:
        return max(0, len(self.reasons) - MOST_REASONS)

    @cached_property
    def height(self) -> float:
        label = lines_for(LABEL_WIDTH, self.label.short)
        what = lines_for(WHAT_WIDTH, _labels(self.line) + self.what.short)
        reasons = sum(reason.lines for reason in self.reasons[-MOST_REASONS:]) + bool(self.further)
        return max(label, what, reasons) * LINE + AIR


@dataclass(frozen=True)
class SheetStep:
    step: AdoptedStep
    basis: PaperText
    is_on_paper: bool


@dataclass(frozen=True)
class SheetMeeting:
    meeting: Meeting
    is_on_paper: bool


@dataclass(frozen=True)
class SummarySheet:
    """What stands on the sheet. `left_out` counts by name what paper does not tell, in the order of its weight."""

    rows: list[SheetRow]
    steps: list[SheetStep]
    meetings: list[SheetMeeting]
    left_out: list[str]

    @property
    def steps_left_out(self) -> int:
        return sum(not step.is_on_paper for step in self.steps)

    @property
    def meetings_left_out(self) -> int:
        return sum(not meeting.is_on_paper for meeting in self.meetings)


def sheet_of(summary: RevisionSummary) -> SummarySheet:
    """Lay a summary out on a sheet: the weightiest changes that fit, their words cut only where that makes room."""
    steps = [
        SheetStep(step, _basis(step), is_on_paper=place < MOST_STEPS)
        for place, step in enumerate(reversed(summary.steps))
    ][::-1]
    meetings = [
        SheetMeeting(meeting, is_on_paper=place < MOST_MEETINGS)
        for place, meeting in enumerate(reversed(summary.meetings))
    ][::-1]
    rows = list(_rows(summary.lines, SHEET - AROUND - _top(summary, steps, meetings)))
    beyond = [row.line for row in rows if not row.is_on_paper]
    return SummarySheet(rows, steps, meetings, _counted(beyond, summary.renumbered))


def _rows(lines: Sequence[ChangeLine], room: float) -> Iterator[SheetRow]:
    """Yield all rows, those on paper that fit; none after one that does not, so that the order keeps its meaning."""
    most = next((most for most in MOST_LINES if _all_fit(lines, most, room)), MOST_LINES[-1])
    used = 0.0
    for line in lines:
        row = _row(line, most) if used <= room else None
        used += row.height if row else 0
        yield replace(row, is_on_paper=True) if row and used <= room else _row(line, _UNCUT)


def _all_fit(lines: Iterable[ChangeLine], most: int, room: float) -> bool:
    heights = (_row(line, most).height for line in lines)
    return all(used <= room for used in accumulate(heights))


def _row(line: ChangeLine, most: int) -> SheetRow:
    reasons = line.remarks.reasons
    each = max(1, most // max(1, min(MOST_REASONS, len(reasons))))
    return SheetRow(
        line,
        fitted(line.label, LABEL_WIDTH, most),
        fitted(" ".join(line.what), WHAT_WIDTH, most, around=_labels(line)),
        [
            PaperReason(one, fitted(one.text, REASON_WIDTH, each, around=_beside(one)))
            for one in reasons
        ],
    )


def _labels(line: ChangeLine) -> str:
    """Return words as wide as the labels of a change, its kinds and that a reason is lacking."""
    remarks = line.remarks
    labels = [str(kind.label) for kind in remarks.kinds]
    labels += ["理由なし"] if remarks.unexplained else []
    return "".join(f"{label}　" for label in labels)


def _beside(given: Given) -> str:
    """Return what stands behind a reason in its lines: its decision, its edition."""
    decision = f"決定 {given.decision.code}　" if given.decision else ""
    return decision + (f"（第{given.edition}版）　" if given.edition else "")


def _top(
    summary: RevisionSummary, steps: Sequence[SheetStep], meetings: Sequence[SheetMeeting]
) -> float:
    """Return the height of what stands above and below the changes and differs from one revision to another."""
    counts = "".join(f"{count.label}{count.number}項目　　　" for count in summary.counts)
    tallies = (1 + len(summary.tallies)) * (LINE + AIR) + lines_for(HALF_WIDTH, counts) * (LINE + 3)
    facts = sum(_step_lines(one) * LINE + AIR for one in steps if one.is_on_paper)
    facts += 2 * LINE + AIR if summary.new.is_draft else 0
    told = [one.meeting for one in meetings if one.is_on_paper]
    facts += lines_for(FACT_WIDTH, *(f"{one.title}（令和00年00月00日）" for one in told)) * LINE
    title = lines_for(TITLE_WIDTH, f"{summary.new.plan.name} 改定の概要")
    return max(tallies, facts + 2 * LINE + AIR) + title * 22 + _CLOSING_LINES * LINE


def _basis(step: AdoptedStep) -> PaperText:
    return fitted(step.edition.adoption_basis, FACT_WIDTH, _BASIS_LINES)


def _step_lines(one: SheetStep) -> int:
    decision = one.step.decision
    texts = ["施行 令和00年00月00日（決定 令和00年00月00日）", one.basis.short]
    texts += [f"決定 {decision.code} {decision.meeting.title}"] if decision else []
    return lines_for(FACT_WIDTH, *texts)


def _counted(lines: Iterable[ChangeLine], renumbered: int) -> list[str]:
    counts = Counter((name, line.unit) for line in lines for name in line.counted_as)
    counts[("番号の変更", "項目")] += renumbered
    return [f"{name} {number}{unit}" for (name, unit), number in counts.items() if number]
