"""Acts on reports, sittings, decisions, and on the way to the next edition."""

from reviews.actions.adoption import adopt_edition
from reviews.actions.agenda import (
    Matter,
    add_agenda_item,
    change_agenda_item,
    move_agenda_item,
    put_on_agenda,
    remove_agenda_item,
)
from reviews.actions.amending import (
    amend_add,
    amend_close_gaps,
    amend_end,
    amend_merge,
    amend_move,
    amend_restore,
    amend_split,
    amend_text,
)
from reviews.actions.amending_axes import (
    amend_add_axis,
    amend_add_policy,
    amend_axis,
    amend_cover,
    amend_end_axis,
    amend_end_policy,
    amend_move_axis,
    amend_move_policy,
    amend_policy,
    amend_restore_axis,
    amend_restore_policy,
)
from reviews.actions.amending_sections import (
    amend_add_section,
    amend_end_section,
    amend_move_section,
    amend_restore_section,
    amend_section,
)
from reviews.actions.commenting import comment_on_draft, settle_question
from reviews.actions.considering import record_consideration
from reviews.actions.deciding import (
    Verdict,
    change_decision,
    record_decision,
    withdraw_decision,
)
from reviews.actions.explaining import explain_changes, explain_part
from reviews.actions.following_up import follow_up
from reviews.actions.meetings import (
    Member,
    Sitting,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    set_members,
)
from reviews.actions.minutes import (
    add_to_record,
    close_meeting,
    closing_obstacles,
    record_stamp,
    write_discussion,
    write_minutes,
    write_opinion,
)
from reviews.actions.opening import open_considered_draft
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import (
    change_as_of,
    edit_report,
    open_correction,
    open_report,
    seal_report,
    write_report,
)

__all__ = [
    "Matter",
    "Member",
    "Sitting",
    "Verdict",
    "add_agenda_item",
    "add_to_record",
    "adopt_edition",
    "amend_add",
    "amend_add_axis",
    "amend_add_policy",
    "amend_add_section",
    "amend_axis",
    "amend_close_gaps",
    "amend_cover",
    "amend_end",
    "amend_end_axis",
    "amend_end_policy",
    "amend_end_section",
    "amend_merge",
    "amend_move",
    "amend_move_axis",
    "amend_move_policy",
    "amend_move_section",
    "amend_policy",
    "amend_restore",
    "amend_restore_axis",
    "amend_restore_policy",
    "amend_restore_section",
    "amend_section",
    "amend_split",
    "amend_text",
    "cancel_meeting",
    "change_agenda_item",
    "change_as_of",
    "change_decision",
    "change_meeting",
    "close_meeting",
    "closing_obstacles",
    "comment_on_draft",
    "edit_report",
    "explain_changes",
    "explain_part",
    "follow_up",
    "move_agenda_item",
    "open_considered_draft",
    "open_correction",
    "open_report",
    "plan_meeting",
    "publish_report",
    "put_on_agenda",
    "record_consideration",
    "record_decision",
    "record_stamp",
    "remove_agenda_item",
    "seal_report",
    "set_members",
    "settle_question",
    "withdraw_decision",
    "write_discussion",
    "write_minutes",
    "write_opinion",
    "write_report",
]
