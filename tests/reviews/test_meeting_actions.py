"""Planning a sitting: when, who, and what is put before it; what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from meeting_cast import (
    COMING,
    DISCUSSION,
    MEMBERS,
    PAST,
    decided,
    held,
    planned,
    put,
    put_item,
    put_report,
    verdict,
)
from report_cast import opened

from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from reviews.actions.agenda import (
    Matter,
    add_agenda_item,
    move_agenda_item,
    put_on_agenda,
    remove_agenda_item,
)
from reviews.actions.calling_off import call_off_meeting
from reviews.actions.deciding import record_decision
from reviews.actions.meetings import (
    Member,
    Sitting,
    change_meeting,
    plan_meeting,
    set_members,
)
from reviews.actions.minutes import write_opinion
from reviews.enums import AgendaKind, AttendanceKind
from reviews.errors import MeetingRefused, RecordConflict
from reviews.models import AgendaItem, Meeting


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
        ({"name": "臨時会議"}, "年度、回、名称は変えられません"),
        ({"number": 2}, "年度、回、名称は変えられません"),
        ({"held_on": date(2026, 3, 14)}, "年度、回、名称は変えられません"),
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


def test_what_was_decided_keeps_a_meeting_from_being_called_off(
    small_edition: Edition, secretariat: User, headquarters: User
) -> None:
    silent = planned(small_edition, secretariat, number=3, held_on=PAST)
    record_decision(agenda_item=put(silent, secretariat), verdict=verdict(), by=secretariat)

    for meeting in (silent, held(small_edition, secretariat)):
        with pytest.raises(MeetingRefused, match="取りやめにできません"):
            call_off_meeting(meeting=meeting, reason="理由", by=secretariat)


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
    call_off_meeting(meeting=Meeting.objects.get(), reason="理由", by=secretariat)
    with pytest.raises(MeetingRefused, match="取りやめになった"):
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
    last = Meeting.history.filter(id=meeting.pk).order_by("-history_id")[0]
    assert last.history_change_reason == (
        "出欠の変更（変更前：町長 町野 長子 出席予定、副町長 副野 町夫 出席予定、総務部長 総野 務 出席予定）"
    )
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


def test_a_matter_stands_on_the_agenda_once_and_a_free_one_once_under_its_title(
    small_edition: Edition, secretariat: User, responsible: FocusItem
) -> None:
    meeting = planned(small_edition, secretariat)
    report = opened(small_edition, secretariat)
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    put_report(meeting, report, secretariat)
    put_item(meeting, responsible, secretariat)
    put(meeting, secretariat, "改定", kind=AgendaKind.AMENDMENT, edition=draft)
    put(meeting, secretariat)
    put(meeting, secretariat, "別の報告")

    for again in (
        lambda: put_report(meeting, report, secretariat),
        lambda: put_item(meeting, responsible, secretariat),
        lambda: put(meeting, secretariat, "改定", kind=AgendaKind.AMENDMENT, edition=draft),
        lambda: put(meeting, secretariat),
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
