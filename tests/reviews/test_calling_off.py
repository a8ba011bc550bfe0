"""A meeting that is called off keeps what was put before it; one that is put off keeps its first day."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from meeting_cast import COMING, planned, planning_form, put, verdict
from raw_sql import refused
from report_cast import opened
from time_machine import Traveller

from people.models import User
from plans.models import Edition
from reviews.actions.abandoning import abandon_report
from reviews.actions.agenda import change_agenda_item, remove_agenda_item
from reviews.actions.calling_off import call_off_meeting, restore_meeting
from reviews.actions.deciding import record_decision
from reviews.actions.meetings import Sitting, change_meeting, set_members
from reviews.actions.minutes import close_meeting, write_discussion, write_opinion
from reviews.errors import MeetingRefused
from reviews.models import AgendaItem, Meeting
from reviews.queries.papers import previous_meeting

REASON, WISH = "台風のため", "窓口を先にしてほしい。"
TITLE = "令和8年度第1回DX推進本部会議"
Clients = Callable[[User | None], Client]


@pytest.fixture
def item(small_edition: Edition, secretariat: User, headquarters: User) -> AgendaItem:
    """A matter before a coming meeting, of which a 本部員 said something."""
    item = put(planned(small_edition, secretariat), secretariat, "審議すること")
    write_opinion(agenda_item=item, text=WISH, by=headquarters)
    return item


@pytest.fixture
def meeting(item: AgendaItem, secretariat: User) -> Meeting:
    """That meeting, called off."""
    return call_off_meeting(meeting=item.meeting, reason=REASON, by=secretariat)


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_it_is_called_off_with_a_reason_and_read_by_those_who_read_it_before(
    item: AgendaItem, desk: Client, staff: User, headquarters: User, client_of: Clients
) -> None:
    url = item.meeting.get_absolute_url()
    assert TITLE in read(client_of(headquarters), "/my/")
    assert "理由を書いてください" in desk.post(f"{url}call-off/", {"reason": ""}).content.decode()

    desk.post(f"{url}call-off/", {"reason": REASON})

    for reader, reads_opinions in ((staff, False), (headquarters, True)):
        page = read(client_of(reader), url)
        assert f"{TITLE}（取りやめ）" in page
        assert f"理由：{REASON}" in page
        assert "審議すること" in page
        assert (WISH in page) == reads_opinions
        assert "意見を記録する" not in page
    assert f"理由：{REASON}" in read(client_of(staff), "/meetings/")
    assert TITLE not in read(client_of(headquarters), "/my/")
    assert client_of(None).get(url).status_code == 302


def test_its_number_is_free_and_it_comes_before_no_other(
    meeting: Meeting, small_edition: Edition, secretariat: User, desk: Client
) -> None:
    assert 'name="number" value="1"' in read(desk, "/meetings/new/")
    another = planned(small_edition, secretariat, held_on=date(2026, 11, 30))

    assert another.title == TITLE
    assert previous_meeting(another) is None


def test_nothing_of_it_changes_any_more(
    meeting: Meeting,
    item: AgendaItem,
    secretariat: User,
    headquarters: User,
    frozen_clock: Traveller,
) -> None:
    frozen_clock.move_to(f"{COMING}T09:00+09:00", tick=False)
    sitting = Sitting(number=2, held_on=COMING, starts_at=time(9))
    acts: list[Callable[[], Any]] = [
        lambda: put(meeting, secretariat),
        lambda: change_agenda_item(
            agenda_item=item,
            title="別",
            explanation="",
            question="",
            opened_version=1,
            by=secretariat,
        ),
        lambda: remove_agenda_item(agenda_item=item, by=secretariat),
        lambda: write_opinion(agenda_item=item, text="もう一つ", by=headquarters),
        lambda: write_discussion(
            agenda_item=item, discussion="議論", opened_version=1, by=secretariat
        ),
        lambda: record_decision(agenda_item=item, verdict=verdict(), by=secretariat),
        lambda: set_members(
            meeting=meeting, members=[], opened_version=meeting.version, by=secretariat
        ),
        lambda: change_meeting(
            meeting=meeting, sitting=sitting, opened_version=meeting.version, by=secretariat
        ),
        lambda: close_meeting(meeting=meeting, opened_version=meeting.version, by=secretariat),
        lambda: call_off_meeting(meeting=meeting, reason="また", by=secretariat),
    ]
    for act in acts:
        with pytest.raises(MeetingRefused, match="取りやめになった"):
            act()

    assert refused("UPDATE reviews_meeting SET place = '別の部屋'")
    assert refused("UPDATE reviews_agendaitem SET title = '別'")
    assert refused("DELETE FROM reviews_attendance")
    assert refused("DELETE FROM reviews_meeting")


def test_it_can_be_held_after_all_under_a_number_that_is_free(
    meeting: Meeting, item: AgendaItem, small_edition: Edition, secretariat: User, desk: Client
) -> None:
    planned(small_edition, secretariat, held_on=date(2026, 11, 30))
    url, form = f"{meeting.get_absolute_url()}restore/", {"held_on": "2026-12-10", "reason": "再開"}
    assert f"{TITLE}はすでにあります" in desk.post(url, {**form, "number": "1"}).content.decode()

    desk.post(url, {**form, "number": "2"})

    meeting.refresh_from_db()
    assert (meeting.is_called_off, meeting.number, meeting.held_on) == (
        False,
        2,
        date(2026, 12, 10),
    )
    assert [one.text for one in item.opinions.all()] == [WISH]
    assert Meeting.history.filter(id=meeting.pk).latest().history_change_reason == "再開"
    with pytest.raises(MeetingRefused, match="取りやめになっていません"):
        restore_meeting(meeting=meeting, held_on=COMING, number=3, reason="また", by=secretariat)


def test_a_meeting_that_moves_into_another_year_is_asked_about_and_keeps_its_first_day(
    small_edition: Edition, secretariat: User, desk: Client
) -> None:
    meeting = planned(small_edition, secretariat, number=2, held_on=date(2027, 3, 25))
    url = f"{meeting.get_absolute_url()}edit/"
    form = planning_form(held_on="2027-04-08", number="2", version=meeting.version)

    asked = desk.post(url, form).content.decode()

    assert "令和9年度第2回DX推進本部会議になります（いまは令和8年度第2回DX推進本部会議）" in asked
    assert "令和9年度の次の回は第1回です" in asked
    tick = asked.split('name="asked_again" value="')[1].split('"')[0]
    # The tick holds for that day under that number.
    assert desk.post(url, {**form, "number": "1", "asked_again": tick}).status_code == 200
    assert desk.post(url, {**form, "asked_again": tick}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.title == "令和9年度第2回DX推進本部会議"
    change_meeting(
        meeting=meeting,
        sitting=Sitting(number=2, held_on=date(2027, 4, 15)),
        opened_version=meeting.version,
        by=secretariat,
    )
    page = read(desk, meeting.get_absolute_url())
    assert "令和9年4月15日（当初 令和9年3月25日、その後 令和9年4月8日）" in words(page)
    assert "当初 令和9年3月25日" in words(read(desk, "/meetings/"))


def test_a_far_day_is_asked_about(small_edition: Edition, desk: Client) -> None:
    page = desk.post("/meetings/new/", planning_form(held_on="2062-11-05")).content.decode()

    assert "きょうから36年" in page
    assert not Meeting.objects.exists()


def test_a_report_that_was_given_up_meanwhile_does_not_come_back_with_it(
    meeting: Meeting, small_edition: Edition, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    again = restore_meeting(
        meeting=meeting, held_on=COMING, number=1, reason="再開", by=secretariat
    )
    change_meeting(
        meeting=again,
        sitting=Sitting(number=1, held_on=COMING, report=report),
        opened_version=again.version,
        by=secretariat,
    )
    call_off_meeting(meeting=again, reason=REASON, by=secretariat)
    abandon_report(report=report, reason="年度違い", opened_version=report.version, by=secretariat)

    restored = restore_meeting(
        meeting=again, held_on=COMING, number=1, reason="再開", by=secretariat
    )

    assert restored.report is None
