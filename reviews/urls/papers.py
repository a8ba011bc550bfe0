"""Addresses of the papers of a sitting, on paper and on the screen of the meeting room."""

from django.urls import path

from reviews.views import papers, present

paper_patterns = [
    path("meetings/<int:meeting_id>/papers/", papers.meeting_papers, name="meeting_papers"),
    path(
        "meetings/<int:meeting_id>/papers.css",
        papers.meeting_papers_style,
        name="meeting_papers_style",
    ),
    path("meetings/<int:meeting_id>/present/", present.meeting_present, name="meeting_present"),
]
