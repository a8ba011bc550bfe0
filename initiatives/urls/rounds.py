"""Addresses of the rounds, as the 事務局 runs them (design.md §5)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
