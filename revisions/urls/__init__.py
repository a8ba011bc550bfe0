"""Addresses of the draft of the next edition, of comparing editions and of the story of a text."""

from revisions.urls.comparisons import comparison_patterns
from revisions.urls.draft_parts import draft_part_patterns
from revisions.urls.drafts import draft_patterns
from revisions.urls.why import why_patterns

urlpatterns = [
    *draft_patterns,
    *draft_part_patterns,
    *comparison_patterns,
    *why_patterns,
]
