"""The papers of a revision as papers of the meeting before which it is put."""

from reviews.papers import PaperKind, Source

SUMMARY = PaperKind(
    "revision_summary",
    "改定の概要",
    Source.EDITION,
    "revisions/_paper_revision_summary.html",
    elsewhere="別紙",
    is_upright=True,
)
COMPARISON = PaperKind(
    "comparison",
    "新旧対照表",
    Source.EDITION,
    "revisions/_paper_comparison.html",
    elsewhere="別ファイル",
)
PAPERS = (SUMMARY, COMPARISON)
"""What `add_papers` is told when the app starts: one is printed from its page, the other a workbook of its own."""
