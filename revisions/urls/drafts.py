"""Addresses of drafting, adopting and giving up."""

from django.urls import path

from revisions.views import (
    draft,
    draft_abandon,
    draft_adopt,
    draft_comments,
    draft_item,
    draft_item_end,
    draft_item_place,
    draft_open,
    draft_read,
    recall,
)

draft_patterns = [
    path("editions/draft/", draft.draft, name="draft"),
    path("editions/draft/open/", draft_open.draft_open, name="draft_open"),
    path("editions/draft/abandon/", draft_abandon.draft_abandon, name="draft_abandon"),
    path("editions/abandoned/<int:pk>/", draft_abandon.abandoned_draft, name="abandoned_draft"),
    path("editions/draft/adopt/", draft_adopt.draft_adopt, name="draft_adopt"),
    path("editions/<edition:number>/adoption/", recall.edition_adoption, name="edition_adoption"),
    path("editions/draft/read/", draft_read.draft_read, name="draft_read"),
    path("editions/draft/comments/", draft_comments.draft_comments, name="draft_comments"),
    path(
        "editions/draft/comments/<int:comment_id>/settle/",
        draft_comments.draft_comment_settle,
        name="draft_comment_settle",
    ),
    path(
        "editions/comments/<int:edition_id>/",
        draft_comments.edition_comments,
        name="edition_comments",
    ),
    path("editions/draft/items/<str:code>/", draft_item.draft_item_edit, name="draft_item_edit"),
    path(
        "editions/draft/items/<str:code>/end/", draft_item_end.draft_item_end, name="draft_item_end"
    ),
    path(
        "editions/draft/items/<str:code>/restore/",
        draft_item_end.draft_item_restore,
        name="draft_item_restore",
    ),
    path(
        "editions/draft/items/<str:code>/move/",
        draft_item_place.draft_item_move,
        name="draft_item_move",
    ),
    path(
        "editions/draft/items/<str:code>/split/",
        draft_item_place.draft_item_split,
        name="draft_item_split",
    ),
    path(
        "editions/draft/items/<str:code>/merge/",
        draft_item_place.draft_item_merge,
        name="draft_item_merge",
    ),
    path(
        "editions/draft/policies/<str:policy>/add/",
        draft_item.draft_item_add,
        name="draft_item_add",
    ),
]
