"""Addresses of reports, meetings, decisions and of considering the year's update."""

from reviews.urls.considerations import consideration_patterns
from reviews.urls.decisions import decision_patterns
from reviews.urls.files import file_patterns
from reviews.urls.meetings import meeting_patterns
from reviews.urls.papers import paper_patterns
from reviews.urls.reports import report_patterns

urlpatterns = [
    *report_patterns,
    *meeting_patterns,
    *decision_patterns,
    *consideration_patterns,
    *file_patterns,
    *paper_patterns,
]
