"""Addresses at which answers go out and come back as workbooks (design.md §5)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
