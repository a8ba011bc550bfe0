"""Addresses of drafting and adopting; to stand before `editions/<number>/`."""

from django.urls import path

from reviews.views import draft, draft_adopt, draft_item, draft_item_end, draft_open

draft_patterns = [
    path("editions/draft/", draft.draft, name="draft"),
    path("editions/draft/open/", draft_open.draft_open, name="draft_open"),
    path("editions/draft/adopt/", draft_adopt.draft_adopt, name="draft_adopt"),
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
        "editions/draft/policies/<str:policy>/add/",
        draft_item.draft_item_add,
        name="draft_item_add",
    ),
]
