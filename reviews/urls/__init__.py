"""Addresses of reports, of the draft of the next edition, and of comparing editions."""

from reviews.urls.drafts import draft_patterns
from reviews.urls.reports import report_patterns

urlpatterns = [*report_patterns, *draft_patterns]
