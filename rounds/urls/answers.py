"""Addresses at which departments answer a round (design.md §5)."""

from django.urls import path

from rounds.views import answer_steps, answers, certification

urlpatterns = [
    path("rounds/<int:round_id>/certify/", certification.round_certify, name="round_certify"),
    path("rounds/<int:round_id>/answers/<str:code>/", answers.answer, name="answer"),
    path(
        "rounds/<int:round_id>/answers/<str:code>/autosave/",
        answer_steps.answer_autosave,
        name="answer_autosave",
    ),
    path(
        "rounds/<int:round_id>/answers/<str:code>/unchanged/",
        answer_steps.answer_unchanged_step,
        name="answer_unchanged",
    ),
    path(
        "rounds/<int:round_id>/answers/<str:code>/withdraw/",
        answer_steps.answer_withdraw,
        name="answer_withdraw",
    ),
    path(
        "rounds/<int:round_id>/answers/<str:code>/certify/",
        certification.answer_certify,
        name="answer_certify",
    ),
]
