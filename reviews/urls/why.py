"""The address of the story of a text; to stand before `editions/<number>/`."""

from django.urls import re_path

from reviews.views.why import edition_why

_PLACE = r"(?P<place>(?:items|axes|policies|sections)/[^/]+)"

why_patterns = [
    re_path(rf"^editions/(?P<number>[^/]+)/why/{_PLACE}/$", edition_why, name="edition_why"),
]
