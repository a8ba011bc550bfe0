"""Addresses of considering the year's update, and of drafts that were given up."""

from django.urls import path

from reviews.views import considerations, draft_abandon

consideration_patterns = [
    path("editions/considerations/", considerations.considerations, name="considerations"),
    path(
        "editions/considerations/add/", considerations.consideration_add, name="consideration_add"
    ),
    path("editions/draft/abandon/", draft_abandon.draft_abandon, name="draft_abandon"),
    path("editions/abandoned/<int:pk>/", draft_abandon.abandoned_draft, name="abandoned_draft"),
]
