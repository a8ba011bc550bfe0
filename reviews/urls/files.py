"""Addresses of the papers of a sitting as a workbook, and of checking a workbook against a sealed report."""

from django.urls import path

from reviews.views import meeting_files, verify

file_patterns = [
    path(
        "meetings/<int:meeting_id>/workbook.xlsx", meeting_files.workbook, name="meeting_workbook"
    ),
    path("reports/verify/", verify.report_verify, name="report_verify"),
]
