"""The papers of a revision that is put before a sitting, as the pages of its two editions show them."""

from dataclasses import dataclass

from plans.models import Edition
from revisions.papers.document import comparison_table
from revisions.papers.revision import Revision
from revisions.papers.sheet import SummarySheet, sheet_of
from revisions.papers.summary import RevisionSummary, summary_of
from revisions.papers.table import ComparisonTable, TableWords
from revisions.queries.adopted_steps import adopted_steps
from revisions.queries.revisions import revision


@dataclass(frozen=True)
class EditionPapers:
    """改定の概要 and 新旧対照表 of what an edition changed in the one that it was made from."""

    summary: RevisionSummary
    sheet: SummarySheet
    table: ComparisonTable


def edition_papers(edition: Edition, words: TableWords) -> EditionPapers:
    """Return the papers of an edition that has a base, in as many queries however much it changed."""
    revised, summary = _read(edition)
    return EditionPapers(summary, sheet_of(summary), comparison_table(revised, words))


def edition_summary(edition: Edition) -> RevisionSummary:
    """Return what 改定の概要 of an edition that has a base tells."""
    return _read(edition)[1]


def _read(edition: Edition) -> tuple[Revision, RevisionSummary]:
    if edition.base is None:
        raise ValueError(f"{edition.name} was made from no other edition.")
    revised = revision(edition.base, edition)
    return revised, summary_of(revised, adopted_steps(edition.base, edition))
