"""Addresses of drafting all text that is no item, by lasting keys."""

from django.urls import path

from revisions.views import draft_parts, draft_parts_add, draft_parts_end, draft_parts_place

draft_part_patterns = [
    path("editions/draft/cover/", draft_parts.draft_cover, name="draft_cover"),
    path("editions/draft/axes/add/", draft_parts_add.draft_axis_add, name="draft_axis_add"),
    path("editions/draft/axes/<key:key>/", draft_parts.draft_axis_edit, name="draft_axis_edit"),
    path(
        "editions/draft/axes/<key:key>/move/",
        draft_parts_place.draft_axis_move,
        name="draft_axis_move",
    ),
    path(
        "editions/draft/axes/<key:key>/end/",
        draft_parts_end.draft_axis_end,
        name="draft_axis_end",
    ),
    path(
        "editions/draft/axes/<key:key>/restore/",
        draft_parts_end.draft_axis_restore,
        name="draft_axis_restore",
    ),
    path(
        "editions/draft/axes/<key:key>/policies/add/",
        draft_parts_add.draft_policy_add,
        name="draft_policy_add",
    ),
    path(
        "editions/draft/policies/<key:key>/",
        draft_parts.draft_policy_edit,
        name="draft_policy_edit",
    ),
    path(
        "editions/draft/policies/<key:key>/move/",
        draft_parts_place.draft_policy_move,
        name="draft_policy_move",
    ),
    path(
        "editions/draft/policies/<key:key>/end/",
        draft_parts_end.draft_policy_end,
        name="draft_policy_end",
    ),
    path(
        "editions/draft/policies/<key:key>/restore/",
        draft_parts_end.draft_policy_restore,
        name="draft_policy_restore",
    ),
    path(
        "editions/draft/policies/<key:key>/gaps/",
        draft_parts_place.draft_policy_gaps,
        name="draft_policy_gaps",
    ),
    path(
        "editions/draft/sections/add/",
        draft_parts_add.draft_section_add,
        name="draft_section_add",
    ),
    path(
        "editions/draft/sections/<key:key>/",
        draft_parts.draft_section_edit,
        name="draft_section_edit",
    ),
    path(
        "editions/draft/sections/<key:key>/move/",
        draft_parts_place.draft_section_move,
        name="draft_section_move",
    ),
    path(
        "editions/draft/sections/<key:key>/end/",
        draft_parts_end.draft_section_end,
        name="draft_section_end",
    ),
    path(
        "editions/draft/sections/<key:key>/restore/",
        draft_parts_end.draft_section_restore,
        name="draft_section_restore",
    ),
]
