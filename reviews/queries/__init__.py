"""Page-shaped reads of reports, of drafts on their way to adoption, and of what a revision changed."""

from reviews.queries.draft_obstacles import Obstacle
from reviews.queries.drafts import (
    DraftReview,
    Wording,
    draft_policy,
    draft_review,
    draft_text,
    wording_at,
)
from reviews.queries.reports import (
    ReportPage,
    ReportYear,
    SealPage,
    draft_report,
    is_intact,
    issues_shown,
    kept_workbook,
    report_document,
    report_page,
    report_years,
    seal_page,
)
from reviews.queries.revisions import revision

__all__ = [
    "DraftReview",
    "Obstacle",
    "ReportPage",
    "ReportYear",
    "SealPage",
    "Wording",
    "draft_policy",
    "draft_report",
    "draft_review",
    "draft_text",
    "is_intact",
    "issues_shown",
    "kept_workbook",
    "report_document",
    "report_page",
    "report_years",
    "revision",
    "seal_page",
    "wording_at",
]
