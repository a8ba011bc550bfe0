"""Addresses of what the DX推進本部 decided, and what came of it (design.md §5)."""

from django.urls import path

from reviews.views import decisions

decision_patterns = [
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("decisions.xlsx", decisions.decision_list_workbook, name="decision_list_workbook"),
    path("decisions.csv", decisions.decision_list_csv, name="decision_list_csv"),
    path("decisions/<int:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<int:decision_id>/settle/", decisions.decision_settle, name="decision_settle"),
]
