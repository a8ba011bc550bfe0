"""Addresses at which departments answer a round (design.md §5)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
