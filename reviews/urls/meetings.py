"""Addresses of the sittings of the DX推進本部: planning, recording, closing."""

from django.urls import path

from reviews.views import (
    agenda,
    decision_record,
    meeting_calling_off,
    meeting_close,
    meeting_members,
    meetings,
    minutes,
)

_ONE = "meetings/<int:meeting_id>/"
_ITEM = f"{_ONE}agenda/<int:item_id>/"
_DECISION = f"{_ONE}decisions/<int:decision_id>/"

meeting_patterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/new/", meetings.meeting_plan, name="meeting_plan"),
    path(_ONE, meetings.meeting_detail, name="meeting"),
    path(f"{_ONE}edit/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{_ONE}members/", meeting_members.meeting_members, name="meeting_members"),
    path(f"{_ONE}call-off/", meeting_calling_off.meeting_call_off, name="meeting_call_off"),
    path(f"{_ONE}restore/", meeting_calling_off.meeting_restore, name="meeting_restore"),
    path(f"{_ONE}minutes/", minutes.meeting_minutes, name="meeting_minutes"),
    path(f"{_ONE}close/", meeting_close.meeting_close, name="meeting_close"),
    path(f"{_ONE}additions/new/", meeting_close.meeting_addition, name="meeting_addition"),
    path(f"{_ONE}agenda/add/", agenda.agenda_add, name="agenda_add"),
    path(_ITEM, agenda.agenda_item, name="agenda_item"),
    path(f"{_ITEM}opinions/", agenda.agenda_opinion, name="agenda_opinion"),
    path(f"{_ITEM}minutes/", minutes.agenda_minutes, name="agenda_minutes"),
    path(f"{_ITEM}decisions/new/", decision_record.decision_record, name="decision_record"),
    path(f"{_DECISION}edit/", decision_record.decision_edit, name="decision_edit"),
    path(f"{_DECISION}withdraw/", decision_record.decision_withdraw, name="decision_withdraw"),
]
