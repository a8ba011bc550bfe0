"""Addresses of the rounds, as the 事務局 runs them (design.md §5)."""

from django.urls import path

from rounds.views import board, reminders, review, rounds

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", rounds.round_open, name="round_open"),
    path("rounds/<int:round_id>/", board.round_board, name="round_board"),
    path(
        "rounds/<int:round_id>/board.xlsx", board.board_workbook_file, name="round_board_workbook"
    ),
    path("rounds/<int:round_id>/board.csv", board.board_csv_file, name="round_board_csv"),
    path("rounds/<int:round_id>/reminders/", reminders.round_reminders, name="round_reminders"),
    path("rounds/<int:round_id>/extension/", rounds.round_extension, name="round_extension"),
    path("rounds/<int:round_id>/close/", rounds.round_close, name="round_close"),
    path("rounds/<int:round_id>/story/", rounds.round_story, name="round_story"),
    path("rounds/<int:round_id>/review/", review.round_review, name="round_review"),
    path("rounds/<int:round_id>/review/<str:code>/", review.answer_review, name="answer_review"),
    path(
        "rounds/<int:round_id>/answers/<str:code>/reopen/",
        review.answer_reopen,
        name="answer_reopen",
    ),
]
