"""The address of the story of a text."""

from django.urls import path

from revisions.views.why import edition_why

why_patterns = [
    path("editions/<edition:number>/why/<place:place>/", edition_why, name="edition_why"),
]
