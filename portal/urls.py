"""Addresses of what waits for oneself, and of what is recorded of everybody (design.md §5)."""

from django.urls import path

from portal.views import dashboard, late, my_page, records, shortening
from portal.views.plan_changes import plan_changes

urlpatterns = [
    path("changes/", plan_changes, name="plan_changes"),
    path("dashboard/", dashboard.dashboard_page, name="dashboard"),
    path("late/", late.late_and_to_decide, name="late_and_to_decide"),
    path("my/", my_page.my_page, name="my_page"),
    path("my/guide/", my_page.answering_guide, name="answering_guide"),
    path("records/", records.record_list, name="record_list"),
    path("records/shortening/", shortening.record_shortening, name="record_shortening"),
    path("records.csv", records.record_list_csv, name="record_list_csv"),
]
