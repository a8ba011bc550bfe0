"""The papers of a revision: 新旧対照表 as rows, and what 改定の概要 says in one page.

Pure: takes a Revision that was read already. The pages and the workbook draw the same rows, so that they never differ.
"""

from reviews.papers_of_revision.document import comparison_table
from reviews.papers_of_revision.remarks import Given, Remarks
from reviews.papers_of_revision.sheet import SummarySheet, sheet_of
from reviews.papers_of_revision.summary import ChangeLine, RevisionSummary, summary_of
from reviews.papers_of_revision.table import (
    ComparisonTable,
    Line,
    Row,
    Stretch,
    TableWords,
    plain_text,
)

__all__ = [
    "ChangeLine",
    "ComparisonTable",
    "Given",
    "Line",
    "Remarks",
    "RevisionSummary",
    "Row",
    "Stretch",
    "SummarySheet",
    "TableWords",
    "comparison_table",
    "plain_text",
    "sheet_of",
    "summary_of",
]
