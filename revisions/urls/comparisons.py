"""Addresses of comparing two editions and of the papers of a revision."""

from django.urls import path

from revisions.views import compare

comparison_patterns = [
    path("editions/compare/", compare.edition_compare_choose, name="edition_compare_choose"),
    path(
        "editions/compare/<edition:old>/<edition:new>/",
        compare.edition_compare,
        name="edition_compare",
    ),
    path(
        "editions/compare/<edition:old>/<edition:new>.xlsx",
        compare.edition_compare_workbook,
        name="edition_compare_workbook",
    ),
    path(
        "editions/compare/<edition:old>/<edition:new>/summary/",
        compare.edition_summary,
        name="edition_summary",
    ),
]
