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
    amend_end,
    amend_restore,
    amend_text,
    explain_changes,
)
from reviews.actions.deciding import (
    Verdict,
    change_decision,
    record_decision,
    withdraw_decision,
)
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
    "amend_end",
    "amend_restore",
    "amend_text",
    "cancel_meeting",
    "change_agenda_item",
    "change_as_of",
    "change_decision",
    "change_meeting",
    "close_meeting",
    "closing_obstacles",
    "edit_report",
    "explain_changes",
    "follow_up",
    "move_agenda_item",
    "open_correction",
    "open_report",
    "plan_meeting",
    "publish_report",
    "put_on_agenda",
    "record_decision",
    "record_stamp",
    "remove_agenda_item",
    "seal_report",
    "set_members",
    "withdraw_decision",
    "write_discussion",
    "write_minutes",
    "write_opinion",
    "write_report",
]
