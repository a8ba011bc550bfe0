"""Planning, recording and closing a sitting: what is done, what is refused, and what nobody can change afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from meeting_cast import (
    COMING,
    DISCUSSION,
    DUE,
    MEMBERS,
    PAST,
    closed,
    decided,
    held,
    planned,
    put,
    put_item,
    put_report,
    said,
    verdict,
)
from report_cast import opened, sealed

from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.actions import open_draft
from plans.models import Edition, FocusItem
from reviews.actions import (
    Matter,
    Member,
    Sitting,
    add_agenda_item,
    add_to_record,
    cancel_meeting,
    change_agenda_item,
    change_meeting,
    close_meeting,
    closing_obstacles,
    move_agenda_item,
    plan_meeting,
    put_on_agenda,
    record_decision,
    record_stamp,
    remove_agenda_item,
    set_members,
    write_discussion,
    write_minutes,
    write_opinion,
)
from reviews.enums import AgendaKind, AttendanceKind
from reviews.errors import DecisionRefused, MeetingRefused, RecordConflict
from reviews.models import AgendaItem, Attendance, Decision, Meeting, Opinion

CLOSED = "記録は確定している"


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.order_by("position", "pk").values_list("title", flat=True))


def sitting(**overrides: Any) -> Sitting:
    return Sitting(**{"number": 1, "held_on": COMING, **overrides})


def test_a_sitting_knows_its_fiscal_year_and_its_papers(
    small_edition: Edition, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat, held_on=date(2027, 3, 31), first_paper=3)

    assert meeting.title == "令和8年度第1回DX推進本部会議"
    assert [meeting.paper(1), meeting.paper(2)] == ["資料3", "資料4"]
    assert meeting.history.earliest().history_user == secretariat


def test_a_number_is_taken_once_a_year(small_edition: Edition, secretariat: User) -> None:
    planned(small_edition, secretariat)
    planned(small_edition, secretariat, held_on=date(2027, 4, 20))

    with pytest.raises(MeetingRefused, match="令和8年度第1回DX推進本部会議はすでにあります"):
        plan_meeting(plan=small_edition.plan, sitting=sitting(), by=secretariat)


def test_changing_the_plan(small_edition: Edition, secretariat: User) -> None:
    meeting = planned(small_edition, secretariat)
    planned(small_edition, secretariat, number=2)
    changed = change_meeting(
        meeting=meeting,
        sitting=sitting(place="別館"),
        opened_version=meeting.version,
        by=secretariat,
    )
    assert (changed.place, changed.starts_at, changed.version) == (
        "別館",
        None,
        meeting.version + 1,
    )

    with pytest.raises(RecordConflict):
        change_meeting(
            meeting=meeting, sitting=sitting(), opened_version=meeting.version, by=secretariat
        )
    with pytest.raises(MeetingRefused, match="第2回"):
        change_meeting(
            meeting=meeting,
            sitting=sitting(number=2),
            opened_version=changed.version,
            by=secretariat,
        )


def test_who_was_there_does_not_stop_who_changes_the_place(
    small_edition: Edition, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat)
    set_members(
        meeting=meeting, members=MEMBERS[:1], opened_version=meeting.version, by=secretariat
    )

    changed = change_meeting(
        meeting=meeting,
        sitting=sitting(place="別館"),
        opened_version=meeting.version,
        by=secretariat,
    )

    assert (changed.place, changed.version) == ("別館", meeting.version + 2)


@pytest.mark.parametrize(
    ("moved", "message"),
    [
        ({"held_on": COMING}, "今日より後にはできません"),
        ({"number": 2}, "年度と回は変えられません"),
        ({"held_on": date(2026, 3, 14)}, "年度と回は変えられません"),
    ],
)
def test_what_is_recorded_holds_the_day_and_the_number(
    small_edition: Edition,
    secretariat: User,
    welfare: Department,
    moved: dict[str, Any],
    message: str,
) -> None:
    meeting = decided(small_edition, secretariat, welfare).meeting

    with pytest.raises(MeetingRefused, match=message):
        change_meeting(
            meeting=meeting,
            sitting=sitting(**{"held_on": PAST, **moved}),
            opened_version=meeting.version,
            by=secretariat,
        )


def test_a_sitting_cannot_move_behind_what_was_promised_in_it(
    small_edition: Edition, secretariat: User, welfare: Department
) -> None:
    meeting = held(small_edition, secretariat, held_on=date(2026, 10, 1))
    record_decision(
        agenda_item=meeting.agenda.get(),
        verdict=verdict(welfare, due_on=date(2026, 10, 5)),
        by=secretariat,
    )

    with pytest.raises(MeetingRefused, match="期限がその日より前の決定"):
        change_meeting(
            meeting=meeting,
            sitting=sitting(held_on=date(2026, 10, 6)),
            opened_version=meeting.version,
            by=secretariat,
        )


def test_cancelling_keeps_who_and_why(small_edition: Edition, secretariat: User) -> None:
    meeting = planned(small_edition, secretariat)
    item = put(meeting, secretariat)
    with pytest.raises(MeetingRefused, match="理由"):
        cancel_meeting(meeting=meeting, reason=" ", by=secretariat)

    cancel_meeting(meeting=meeting, reason="台風のため", by=secretariat)

    assert not Meeting.objects.exists()
    assert not Attendance.objects.exists()
    for gone in (
        Meeting.history.filter(id=meeting.pk).latest(),
        AgendaItem.history.filter(id=item.pk).latest(),
    ):
        assert (gone.history_type, gone.history_user) == ("-", secretariat)
        assert gone.history_change_reason == "台風のため"


def test_an_opinion_or_a_decision_keeps_a_sitting_from_being_cancelled(
    small_edition: Edition, secretariat: User, headquarters: User, welfare: Department
) -> None:
    coming = planned(small_edition, secretariat, number=2)
    write_opinion(agenda_item=put(coming, secretariat), text="意見", by=headquarters)
    silent = planned(small_edition, secretariat, number=3, held_on=PAST)
    record_decision(agenda_item=put(silent, secretariat), verdict=verdict(), by=secretariat)

    for meeting in (coming, silent):
        with pytest.raises(MeetingRefused, match="取りやめにできません"):
            cancel_meeting(meeting=meeting, reason="理由", by=secretariat)


def test_whoever_comes_too_late_is_told(
    small_edition: Edition, secretariat: User, headquarters: User
) -> None:
    meeting = planned(small_edition, secretariat, held_on=PAST)
    item = put(meeting, secretariat)
    remove_agenda_item(agenda_item=AgendaItem.objects.get(), by=secretariat)
    for late in (
        lambda: write_opinion(agenda_item=item, text="意見", by=headquarters),
        lambda: record_decision(agenda_item=item, verdict=verdict(), by=secretariat),
    ):
        with pytest.raises(MeetingRefused, match="議題から外しました"):
            late()
    cancel_meeting(meeting=Meeting.objects.get(), reason="理由", by=secretariat)
    with pytest.raises(MeetingRefused, match="取りやめにしました"):
        put(meeting, secretariat)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ([Member(name=" ", post="町長")], "1人目の氏名"),
        ([Member(name="甲", kind=AttendanceKind.SUBSTITUTE)], "甲の代理者の氏名"),
        ([Member(name="甲", kind=AttendanceKind.ABSENT, substitute="乙")], "「代理出席」にするか"),
    ],
)
def test_a_list_of_members_that_is_refused_changes_nothing(
    small_edition: Edition, secretariat: User, members: list[Member], message: str
) -> None:
    meeting = planned(small_edition, secretariat)

    with pytest.raises(MeetingRefused, match=message):
        set_members(
            meeting=meeting, members=members, opened_version=meeting.version, by=secretariat
        )

    assert meeting.attendances.count() == len(MEMBERS)


def test_members_are_written_whole_and_on_what_was_opened(
    small_edition: Edition, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat)
    came = [Member("甲", "町長", AttendanceKind.SUBSTITUTE, "乙"), Member("丙")]
    set_members(meeting=meeting, members=came, opened_version=meeting.version, by=secretariat)

    assert list(meeting.attendances.values_list("position", "name", "substitute")) == [
        (1, "甲", "乙"),
        (2, "丙", ""),
    ]
    with pytest.raises(RecordConflict):
        set_members(meeting=meeting, members=[], opened_version=meeting.version, by=secretariat)


def test_matters_name_what_they_are_about(
    small_edition: Edition,
    secretariat: User,
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    editor: User,
) -> None:
    meeting = planned(small_edition, secretariat)
    silent = record(responsible, by=editor)
    for matter, message in (
        (Matter(AgendaKind.OTHER, " "), "議題の名前"),
        (Matter(AgendaKind.REPORT, "報告"), "対象を選んで"),
        (Matter(AgendaKind.PROBLEM, "課題", focus_item=responsible), "対象を選んで"),
        (
            Matter(AgendaKind.PROBLEM, "課題", focus_item=responsible, entry=silent),
            "課題が書かれていません",
        ),
        (Matter(AgendaKind.ITEM, "項目"), "対象を選んで"),
        (Matter(AgendaKind.AMENDMENT, "改定"), "対象を選んで"),
    ):
        with pytest.raises(MeetingRefused, match=message):
            add_agenda_item(meeting=meeting, matter=matter, by=secretariat)
    assert titles(meeting) == []


def test_a_matter_stands_on_the_agenda_once_but_free_ones_as_often_as_wanted(
    small_edition: Edition, secretariat: User, responsible: FocusItem
) -> None:
    meeting = planned(small_edition, secretariat)
    report = opened(small_edition, secretariat)
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    put_report(meeting, report, secretariat)
    put_item(meeting, responsible, secretariat)
    put(meeting, secretariat, "改定", kind=AgendaKind.AMENDMENT, edition=draft)
    put(meeting, secretariat)
    put(meeting, secretariat)

    for again in (
        lambda: put_report(meeting, report, secretariat),
        lambda: put_item(meeting, responsible, secretariat),
        lambda: put(meeting, secretariat, "改定", kind=AgendaKind.AMENDMENT, edition=draft),
    ):
        with pytest.raises(MeetingRefused, match="すでに議題にあります"):
            again()
    assert len(titles(meeting)) == 5


def test_several_matters_are_put_all_or_none(
    small_edition: Edition, secretariat: User, responsible: FocusItem
) -> None:
    meeting = planned(small_edition, secretariat)
    twice = Matter(AgendaKind.ITEM, "同じ項目", focus_item=responsible)

    with pytest.raises(MeetingRefused):
        put_on_agenda(meeting=meeting, matters=[twice, twice], by=secretariat)

    assert titles(meeting) == []


@pytest.mark.parametrize(
    ("moved", "to", "order"),
    [("b", 1, "bacd"), ("b", 3, "acbd"), ("a", 99, "bcda"), ("d", 1, "dabc"), ("c", 3, "abcd")],
)
def test_moving_closes_the_ranks(
    small_edition: Edition, secretariat: User, moved: str, to: int, order: str
) -> None:
    meeting = planned(small_edition, secretariat)
    for title in "abcd":
        put(meeting, secretariat, title)

    move_agenda_item(agenda_item=meeting.agenda.get(title=moved), to=to, by=secretariat)

    assert titles(meeting) == list(order)
    assert list(meeting.agenda.order_by("position").values_list("position", flat=True)) == [
        1,
        2,
        3,
        4,
    ]


def test_words_and_discussion_are_saved_side_by_side(
    small_edition: Edition, secretariat: User
) -> None:
    meeting = held(small_edition, secretariat)
    item = put(meeting, secretariat, "元の名前")
    said(item, secretariat, "議論")

    change_agenda_item(
        agenda_item=item, title="新しい名前", explanation="", opened_version=1, by=secretariat
    )

    item.refresh_from_db()
    assert (item.title, item.discussion, item.version) == ("新しい名前", "議論", 3)
    with pytest.raises(RecordConflict):
        change_agenda_item(
            agenda_item=item, title="別の名前", explanation="", opened_version=1, by=secretariat
        )
    with pytest.raises(MeetingRefused, match="議題の名前"):
        change_agenda_item(
            agenda_item=item, title=" ", explanation="", opened_version=3, by=secretariat
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


def test_an_agenda_item_of_which_something_was_said_stays(
    small_edition: Edition, secretariat: User, headquarters: User
) -> None:
    meeting = held(small_edition, secretariat)
    opined, judged, silent = (put(meeting, secretariat, title) for title in ("意見", "決定", "無"))
    write_opinion(agenda_item=opined, text="意見", by=headquarters)
    record_decision(agenda_item=judged, verdict=verdict(), by=secretariat)

    for item in (opined, judged, meeting.agenda.get(discussion=DISCUSSION)):
        with pytest.raises(MeetingRefused, match="議題から外せません"):
            remove_agenda_item(agenda_item=item, by=secretariat)
    remove_agenda_item(agenda_item=silent, by=secretariat)
    assert "無" not in titles(meeting)


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


@pytest.fixture
def finished(small_edition: Edition, secretariat: User, welfare: Department) -> Meeting:
    """A sitting whose record is closed, with one agenda item and one decision."""
    return closed(decided(small_edition, secretariat, welfare).meeting, secretariat)


def test_every_act_on_a_closed_record_is_refused(
    finished: Meeting, secretariat: User, headquarters: User
) -> None:
    item = finished.agenda.get()
    opened_on = {"opened_version": finished.version, "by": secretariat}
    for act in (
        lambda: change_meeting(meeting=finished, sitting=sitting(), **opened_on),
        lambda: set_members(meeting=finished, members=[], **opened_on),
        lambda: cancel_meeting(meeting=finished, reason="理由", by=secretariat),
        lambda: put(finished, secretariat),
        lambda: change_agenda_item(agenda_item=item, title="名", explanation="", **opened_on),
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
    with pytest.raises(MeetingRefused, match="そのまま直せます"):
        add_to_record(
            meeting=other.meeting, agenda_item=other, text="追記", reason="理由", by=secretariat
        )
