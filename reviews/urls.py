"""Addresses of reports, of the draft of the next edition, and of comparing editions."""

from reviews.draft_urls import draft_patterns
from reviews.report_urls import report_patterns

urlpatterns = [*report_patterns, *draft_patterns]
