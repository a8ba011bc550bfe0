"""Addresses at which answers go out and come back as workbooks (design.md §5)."""

from django.urls import path

from rounds.views import imports

urlpatterns = [
    path("rounds/<int:round_id>/workbook.xlsx", imports.round_workbook, name="round_workbook"),
    path("rounds/<int:round_id>/workbooks.zip", imports.round_workbooks, name="round_workbooks"),
    path("rounds/<int:round_id>/import/", imports.answer_import, name="answer_import"),
    path(
        "rounds/<int:round_id>/import/<int:import_id>/",
        imports.answer_import_check,
        name="answer_import_check",
    ),
    path(
        "rounds/<int:round_id>/import/<int:import_id>/files/<int:place>/",
        imports.answer_import_file,
        name="answer_import_file",
    ),
]
