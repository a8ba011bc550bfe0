"""Addresses of considering the year's update."""

from django.urls import path

from reviews.views import considerations

consideration_patterns = [
    path("editions/considerations/", considerations.considerations, name="considerations"),
    path(
        "editions/considerations/add/", considerations.consideration_add, name="consideration_add"
    ),
]
