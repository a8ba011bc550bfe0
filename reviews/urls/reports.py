"""Addresses of the annual report; sealed issues keep theirs for ever (design.md §5)."""

from django.urls import path

from reviews.views import report, report_steps

report_patterns = [
    path("reports/", report.report_list, name="report_list"),
    path("reports/<int:year>/", report.report_year, name="report_year"),
    path(
        "reports/<int:year>/workbook.xlsx", report.report_year_workbook, name="report_year_workbook"
    ),
    path("reports/<int:year>/<int:number>/", report.report_issue, name="report_issue"),
    path(
        "reports/<int:year>/<int:number>/workbook.xlsx",
        report.report_issue_workbook,
        name="report_issue_workbook",
    ),
    path("reports/<int:year>/<int:number>/edit/", report_steps.report_edit, name="report_edit"),
    path("reports/<int:year>/<int:number>/seal/", report_steps.report_seal, name="report_seal"),
    path(
        "reports/<int:year>/<int:number>/abandon/",
        report_steps.report_abandon,
        name="report_abandon",
    ),
    path(
        "reports/<int:year>/<int:number>/publish/",
        report_steps.report_publish,
        name="report_publish",
    ),
    path(
        "reports/<int:year>/<int:number>/correction/",
        report_steps.report_correction,
        name="report_correction",
    ),
    path(
        "reports/<int:year>/<int:number>/withhold/",
        report_steps.report_withhold,
        name="report_withhold",
    ),
]
