"""Addresses of the living plan and of the focus items (design.md §5)."""

from django.urls import path

from initiatives.views import item_list
from initiatives.views.living_plan import living_plan

urlpatterns = [
    path("", living_plan, name="living_plan"),
    path("items/", item_list.item_list, name="item_list"),
    path("items.xlsx", item_list.item_list_workbook_file, name="item_list_workbook"),
    path("items.csv", item_list.item_list_csv_file, name="item_list_csv"),
]
