"""Addresses of 機構改革・引継ぎ: who takes over what a department holds."""

from django.urls import path

from rounds.views import handover, recalled_handover

urlpatterns = [
    path("departments/handover/", handover.department_handover, name="department_handover"),
    path(
        "departments/handover/<slug:code>/",
        handover.department_handed_over,
        name="department_handed_over",
    ),
    path(
        "departments/handover/<slug:code>/recall/",
        recalled_handover.handover_recall,
        name="handover_recall",
    ),
]
