"""Recording a sitting and closing its record: what is refused, and what nobody can change afterwards."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from meeting_cast import (
    COMING,
    DISCUSSION,
    DUE,
    PAST,
    closed,
    decided,
    held,
    planned,
    put,
    said,
    verdict,
)
from report_cast import opened, sealed

from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.agenda import change_agenda_item, move_agenda_item, remove_agenda_item
from reviews.actions.calling_off import call_off_meeting
from reviews.actions.deciding import record_decision
from reviews.actions.meetings import Sitting, change_meeting, set_members
from reviews.actions.minutes import (
    add_to_record,
    close_meeting,
    closing_obstacles,
    record_stamp,
    write_discussion,
    write_minutes,
    write_opinion,
)
from reviews.enums import AttendanceKind
from reviews.errors import DecisionRefused, MeetingRefused, RecordConflict
from reviews.models import AgendaItem, Attendance, Decision, Meeting, Opinion

CLOSED = "記録は確定している"


def sitting(**overrides: Any) -> Sitting:
    return Sitting(**{"number": 1, "held_on": COMING, **overrides})


@pytest.fixture
def finished(small_edition: Edition, secretariat: User, welfare: Department) -> Meeting:
    """A sitting whose record is closed, with one agenda item and one decision."""
    return closed(decided(small_edition, secretariat, welfare).meeting, secretariat)


def test_words_and_discussion_are_saved_side_by_side(
    small_edition: Edition, secretariat: User
) -> None:
    meeting = held(small_edition, secretariat)
    item = put(meeting, secretariat, "元の名前")
    said(item, secretariat, "議論")

    change_agenda_item(
        agenda_item=item,
        title="新しい名前",
        explanation="",
        question="",
        opened_version=1,
        by=secretariat,
    )

    item.refresh_from_db()
    assert (item.title, item.discussion, item.version) == ("新しい名前", "議論", 3)
    with pytest.raises(RecordConflict):
        change_agenda_item(
            agenda_item=item,
            title="別の名前",
            explanation="",
            question="",
            opened_version=1,
            by=secretariat,
        )
    with pytest.raises(MeetingRefused, match="議題の名前"):
        change_agenda_item(
            agenda_item=item,
            title=" ",
            explanation="",
            question="",
            opened_version=3,
            by=secretariat,
        )


def test_g4_two_who_write_the_same_discussion(small_edition: Edition, secretariat: User) -> None:
    item = held(small_edition, secretariat).agenda.get()
    opened_version = item.version
    said(item, secretariat, "ほかの人の要旨")

    with pytest.raises(RecordConflict):
        write_discussion(
            agenda_item=item,
            discussion="わたしの要旨",
            opened_version=opened_version,
            by=secretariat,
        )
    # Who left it as it was opened, or typed the very same, takes nothing away and is not stopped.
    for harmless in (DISCUSSION, "ほかの人の要旨"):
        write_discussion(
            agenda_item=item, discussion=harmless, opened_version=opened_version, by=secretariat
        )
    item.refresh_from_db()
    assert (item.discussion, item.version) == ("ほかの人の要旨", opened_version + 1)


def test_nothing_is_said_before_the_day(small_edition: Edition, secretariat: User) -> None:
    item = put(planned(small_edition, secretariat), secretariat)

    with pytest.raises(MeetingRefused, match="会議の日になってから"):
        said(item, secretariat)
    with pytest.raises(MeetingRefused, match="会議の日になってから"):
        record_decision(agenda_item=item, verdict=verdict(), by=secretariat)


def test_discussion_and_decision_are_written_both_or_neither(
    small_edition: Edition, secretariat: User, welfare: Department
) -> None:
    item = put(held(small_edition, secretariat), secretariat, "もう一つ")
    wrong = replace(verdict(welfare), due_on=None)
    with pytest.raises(DecisionRefused):
        write_minutes(
            agenda_item=item, discussion="議論", verdict=wrong, opened_version=1, by=secretariat
        )
    item.refresh_from_db()
    assert (item.discussion, Decision.objects.count()) == ("", 0)

    write_minutes(
        agenda_item=item,
        discussion="議論",
        verdict=verdict(welfare),
        opened_version=1,
        by=secretariat,
    )

    item.refresh_from_db()
    assert (item.discussion, item.decisions.get().due_on) == ("議論", DUE)


def test_an_opinion_says_something_and_once(
    small_edition: Edition, secretariat: User, headquarters: User
) -> None:
    item = put(planned(small_edition, secretariat), secretariat)
    opinion = write_opinion(agenda_item=item, text="意見", by=headquarters)

    assert (opinion.written_by, opinion.written_by_name) == (headquarters, "本部 部長")
    for text, message in ((" ", "意見を書いて"), ("意見", "同じ意見")):
        with pytest.raises(MeetingRefused, match=message):
            write_opinion(agenda_item=item, text=text, by=headquarters)
    assert Opinion.objects.count() == 1


def test_obstacles_say_where_they_are_mended(
    small_edition: Edition, secretariat: User, welfare: Department
) -> None:
    report = opened(small_edition, secretariat)
    meeting = planned(small_edition, secretariat, report=report)
    assert [one.at for one in closing_obstacles(meeting)] == [
        "sitting",
        "report",
        "agenda",
        "members",
    ]
    meeting = planned(small_edition, secretariat, number=2, held_on=PAST)
    silent = put(meeting, secretariat, "まだの議題")
    said(put(meeting, secretariat), secretariat)
    record_decision(
        agenda_item=put(meeting, secretariat, "決定だけ"), verdict=verdict(), by=secretariat
    )

    found = closing_obstacles(meeting)

    assert [(one.at, one.agenda_item) for one in found] == [("minutes", silent), ("members", None)]
    with pytest.raises(MeetingRefused, match=r"まだの議題.*\n.*3人"):
        close_meeting(meeting=meeting, opened_version=meeting.version, by=secretariat)


def test_closing_is_of_what_was_looked_at(small_edition: Edition, secretariat: User) -> None:
    meeting = held(small_edition, secretariat)
    seen = record_stamp(meeting)
    said(meeting.agenda.get(), secretariat, "後から直した要旨")

    with pytest.raises(RecordConflict):
        close_meeting(meeting=meeting, opened_version=meeting.version, seen=seen, by=secretariat)
    with pytest.raises(RecordConflict):
        close_meeting(meeting=meeting, opened_version=meeting.version - 1, by=secretariat)

    done = close_meeting(
        meeting=meeting,
        opened_version=meeting.version,
        seen=record_stamp(meeting),
        by=secretariat,
    )
    assert (done.closed_by, done.closed_by_name) == (secretariat, "事務 局子")


def test_the_stamp_knows_each_part_of_the_record(
    small_edition: Edition, secretariat: User, welfare: Department
) -> None:
    meeting = held(small_edition, secretariat)
    put(meeting, secretariat, "もう一つ")
    stamps = [record_stamp(meeting)]
    decided(small_edition, secretariat, welfare)
    stamps.append(record_stamp(meeting))
    move_agenda_item(agenda_item=meeting.agenda.get(title="もう一つ"), to=1, by=secretariat)
    stamps.append(record_stamp(meeting))
    set_members(meeting=meeting, members=[], opened_version=meeting.version, by=secretariat)
    stamps.append(record_stamp(Meeting.objects.get()))

    assert len(set(stamps)) == 4


def test_a_sitting_with_a_sealed_report_is_closed(
    small_edition: Edition, secretariat: User
) -> None:
    report = sealed(small_edition, secretariat)
    meeting = held(small_edition, secretariat, report=report)

    assert closed(meeting, secretariat).is_closed


def test_every_act_on_a_closed_record_is_refused(
    finished: Meeting, secretariat: User, headquarters: User
) -> None:
    item = finished.agenda.get()
    opened_on = {"opened_version": finished.version, "by": secretariat}
    for act in (
        lambda: change_meeting(meeting=finished, sitting=sitting(), **opened_on),
        lambda: set_members(meeting=finished, members=[], **opened_on),
        lambda: call_off_meeting(meeting=finished, reason="理由", by=secretariat),
        lambda: put(finished, secretariat),
        lambda: change_agenda_item(
            agenda_item=item, title="名", explanation="", question="", **opened_on
        ),
        lambda: move_agenda_item(agenda_item=item, to=1, by=secretariat),
        lambda: remove_agenda_item(agenda_item=item, by=secretariat),
        lambda: write_opinion(agenda_item=item, text="意見", by=headquarters),
        lambda: said(item, secretariat),
        lambda: close_meeting(meeting=finished, **opened_on),
    ):
        with pytest.raises(MeetingRefused, match=CLOSED):
            act()


def test_nobody_gets_round_a_closed_record(finished: Meeting, secretariat: User) -> None:
    item, decision = finished.agenda.get(), finished.decisions.get()
    for act in (
        lambda: Meeting.objects.update(place="別の場所"),
        lambda: Meeting.objects.update(closed_at=None, closed_by=None),
        lambda: Attendance.objects.update(kind=AttendanceKind.PRESENT),
        lambda: Attendance.objects.all().delete(),
        lambda: Attendance.objects.create(meeting=finished, position=9, name="後の人"),
        lambda: AgendaItem.objects.update(discussion="書き換え"),
        lambda: AgendaItem.objects.create(meeting=finished, position=9, kind="other", title="後"),
        lambda: Decision.objects.update(text="書き換え"),
        lambda: decision.concerns.model.objects.create(
            decision=decision, focus_item=FocusItem.objects.first()
        ),
        lambda: Opinion.objects.create(
            agenda_item=item,
            text="後の意見",
            written_at=finished.closed_at,
            written_by=secretariat,
            written_by_name="事務",
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_closed_record_takes_additions(
    finished: Meeting, small_edition: Edition, secretariat: User
) -> None:
    item = finished.agenda.get()
    whole = add_to_record(
        meeting=finished, agenda_item=None, text="追記", reason="漏れ", by=secretariat
    )
    assert (whole.added_by_name, whole.agenda_item) == ("事務 局子", None)
    other = put(planned(small_edition, secretariat, number=2), secretariat)
    for agenda_item, text, reason, message in (
        (item, " ", "理由", "内容と理由"),
        (item, "追記", "", "内容と理由"),
        (other, "追記", "理由", "この会議の議題ではありません"),
    ):
        with pytest.raises(MeetingRefused, match=message):
            add_to_record(
                meeting=finished, agenda_item=agenda_item, text=text, reason=reason, by=secretariat
            )
    with pytest.raises(MeetingRefused, match="同じ追記"):  # A form that was sent twice.
        add_to_record(
            meeting=finished, agenda_item=None, text="追記", reason="漏れ", by=secretariat
        )
    with pytest.raises(MeetingRefused, match="そのまま直せます"):
        add_to_record(
            meeting=other.meeting, agenda_item=other, text="追記", reason="理由", by=secretariat
        )
