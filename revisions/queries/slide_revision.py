"""What a slide tells of an edition before a sitting: how much changed, and what matters most."""

from collections.abc import Iterator, Sequence

from plans.models import Edition
from reviews.queries.papers import Paper
from reviews.queries.slide_texts import Words
from revisions.papers.of_meeting import COMPARISON
from revisions.papers.paper import fitted
from revisions.papers.summary import ChangeLine, RevisionSummary
from revisions.queries.edition_papers import edition_summary

MOST_CHANGES = 5
WIDTH, LINES = 36, 2
"""To how many full-width letters and lines a change is cut: its papers have the whole."""
_TALLIES = 2
"""How many of the four tallies a slide tells: the items, and those under study."""


def revision_words(edition: Edition, papers: Sequence[Paper]) -> Iterator[Words]:
    """Yield what an edition that has papers changes, the weightiest first."""
    summary = edition_summary(edition)
    told = [*_counts(summary), *_further(summary, papers)]
    yield Words("項目の数", "\n".join(told))
    for line in summary.lines[:MOST_CHANGES]:
        yield _change(line)


def _counts(summary: RevisionSummary) -> Iterator[str]:
    if summary.is_empty:
        yield f"{summary.old.name}と{summary.new.name}の文言に、違いはありません。"
        return
    tallies = summary.tallies[:_TALLIES]
    yield "、".join(
        f"{one.label} {one.before} → {one.after}（{one.difference}）" for one in tallies
    )
    changed = [count for count in summary.counts if count.kind is not None]
    if changed:
        yield "、".join(f"{count.label} {count.number}" for count in changed)


def _further(summary: RevisionSummary, papers: Sequence[Paper]) -> Iterator[str]:
    """Yield how many changes the slide leaves out, and which paper has them."""
    more = len(summary.lines) - MOST_CHANGES
    if more > 0:
        number = next(paper.number for paper in papers if paper.kind == COMPARISON)
        yield f"主な変更{MOST_CHANGES}件を示します。ほかの{more}件は{number}にあります。"


def _change(line: ChangeLine) -> Words:
    """Return a change in a few lines: what it is, what was done and the last reason given."""
    kinds = "・".join(str(kind.label) for kind in line.remarks.kinds)
    told = [*line.what, *(f"理由：{given.text}" for given in line.remarks.reasons[-1:])]
    text = fitted("　".join([*told, line.remarks.lacking]), WIDTH, LINES).short
    return Words(kinds or "・".join(line.counted_as), text, lead=line.label)
