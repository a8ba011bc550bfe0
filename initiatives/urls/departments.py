"""Addresses of who is responsible: many items at once, and 機構改革・引継ぎ."""

from django.urls import path

from initiatives.views import assignments, handover

urlpatterns = [
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments.xlsx", assignments.assignments_file, name="assignments_workbook"),
    path("assignments/import/", assignments.assignments_import, name="assignments_import"),
    path("departments/handover/", handover.department_handover, name="department_handover"),
    path(
        "departments/handover/<slug:code>/",
        handover.department_handed_over,
        name="department_handed_over",
    ),
]
