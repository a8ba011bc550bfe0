"""Addresses of what waits for oneself (design.md §5)."""

from django.urls import path

from portal.views import my_page

urlpatterns = [
    path("my/", my_page.my_page, name="my_page"),
    path("my/guide/", my_page.answering_guide, name="answering_guide"),
]
