"""Addresses of the studies of ★ items (design.md §5)."""

from django.urls import path

from initiatives.views import study

urlpatterns = [
    path("studies/", study.study_list, name="study_list"),
    path("items/<str:code>/study/", study.study, name="study"),
    path("items/<str:code>/study/notes/", study.study_note, name="study_note"),
    path("items/<str:code>/study/files/", study.evidence_add, name="evidence_add"),
    path(
        "items/<str:code>/study/files/<int:evidence_id>/", study.evidence_file, name="evidence_file"
    ),
]
