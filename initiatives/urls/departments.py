"""Addresses of who is responsible: many items at once."""

from django.urls import path

from initiatives.views import assignments, planned_assignments

urlpatterns = [
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments.xlsx", assignments.assignments_file, name="assignments_workbook"),
    path(
        "assignments/planned/",
        planned_assignments.planned_assignments,
        name="planned_assignments",
    ),
    path("assignments/import/", assignments.assignments_import, name="assignments_import"),
]
