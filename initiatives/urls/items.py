"""Addresses of the living plan and of the focus items (design.md §5)."""

from django.urls import path

from initiatives.views import departments, item_detail, item_list, progress
from initiatives.views.living_plan import living_plan

urlpatterns = [
    path("", living_plan, name="living_plan"),
    path("items/", item_list.item_list, name="item_list"),
    path("items.xlsx", item_list.item_list_workbook_file, name="item_list_workbook"),
    path("items.csv", item_list.item_list_csv_file, name="item_list_csv"),
    path("items/<str:code>/", item_detail.item_detail, name="item_detail"),
    path("items/<str:code>/progress/", progress.item_progress, name="item_progress"),
    path("items/<str:code>/unchanged/", progress.item_unchanged, name="item_unchanged"),
    path(
        "items/<str:code>/entries/<int:entry_id>/correction/",
        progress.entry_correction,
        name="entry_correction",
    ),
    path("items/<str:code>/departments/", departments.item_departments, name="item_departments"),
]
