"""Addresses of reports, of decisions, of the draft of the next edition, and of comparing editions."""

from reviews.urls.comparisons import comparison_patterns
from reviews.urls.considerations import consideration_patterns
from reviews.urls.decisions import decision_patterns
from reviews.urls.draft_parts import draft_part_patterns
from reviews.urls.drafts import draft_patterns
from reviews.urls.files import file_patterns
from reviews.urls.meetings import meeting_patterns
from reviews.urls.papers import paper_patterns
from reviews.urls.reports import report_patterns
from reviews.urls.why import why_patterns

urlpatterns = [
    *report_patterns,
    *meeting_patterns,
    *decision_patterns,
    *consideration_patterns,
    *draft_patterns,
    *draft_part_patterns,
    *comparison_patterns,
    *file_patterns,
    *paper_patterns,
    *why_patterns,
]
