"""Planning a sitting, moving it and taking it back, in the browser."""

from datetime import date, time

import pytest
from django.test import Client
from meeting_cast import (
    held,
    planned,
    planning_form,
)
from report_cast import opened
from row_numbers import ABSENT

from people.models import User
from plans.models import Edition
from reviews.models import Meeting

NEW = "/meetings/new/"


def read(desk: Client, url: str) -> str:
    response = desk.get(url)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_planning_suggests_the_next_number_the_latest_report_and_the_last_members(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    held(small_edition, secretariat)

    page = read(desk, NEW)
    assert 'name="number" value="2"' in page
    assert f'<option value="{report.pk}" selected>{report.title}（作成中）' in page
    assert "令和8年度第1回DX推進本部会議の名簿（3人）を写す" in page
    assert "町野 長子" in page

    sent = planning_form(number="2", report=report.pk, copy_members="on")
    response = desk.post(NEW, sent, follow=True)

    assert "令和8年度第2回DX推進本部会議を作りました" in response.content.decode()
    meeting = Meeting.objects.get(number=2)
    assert (meeting.held_on, meeting.starts_at) == (date(2026, 11, 5), time(13, 30))
    assert (meeting.place, meeting.report, meeting.planned_by) == ("大会議室", report, secretariat)
    copied = meeting.attendances.values_list("post", "name", "kind")
    assert list(copied) == [
        ("町長", "町野 長子", "expected"),
        ("副町長", "副野 町夫", "expected"),
        ("総務部長", "総野 務", "expected"),
    ]


def test_members_are_copied_only_where_asked(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    held(small_edition, secretariat)

    desk.post(NEW, planning_form(number="2"))

    assert not Meeting.objects.get(number=2).attendances.exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"held_on": "来週"}, "「来週」は日付として読めません"),
        ({"starts_at": "昼すぎ"}, "「昼すぎ」は時刻として読めません"),
        ({"starts_at": "25:00"}, "「25:00」は時刻として読めません"),
        ({"number": "0"}, "回"),
        ({"paper_prefix": "とても長い資料番号の頭"}, "10文字以内"),
        ({"report": str(ABSENT)}, "報告する年次報告"),
        ({"number": "1", "held_on": "2026-10-20"}, "令和8年度第1回DX推進本部会議はすでにあります"),
    ],
)
def test_bad_input_loses_nothing(
    small_edition: Edition,
    desk: Client,
    secretariat: User,
    wrong: dict[str, str],
    message: str,
) -> None:
    planned(small_edition, secretariat)

    page = desk.post(NEW, planning_form(**{"number": "2", "place": "別館の会議室", **wrong}))

    text = page.content.decode()
    assert page.status_code == 200
    assert message in text
    assert 'value="別館の会議室"' in text
    for name, value in wrong.items():
        assert name == "report" or f'value="{value}"' in text
    assert Meeting.objects.count() == 1


def test_moving_the_day_of_a_sitting(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat)
    url = f"/meetings/{meeting.pk}/edit/"
    page = read(desk, url)
    assert 'value="2026-10-29"' in page
    assert 'value="13:30"' in page

    sent = planning_form(held_on="R8.11.9", first_paper="4", version=meeting.version)
    response = desk.post(url, sent, follow=True)

    assert "会議の予定を保存しました。" in response.content.decode()
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.first_paper) == (date(2026, 11, 9), 4)
    assert meeting.history.latest().history_user == secretariat


def test_g4_two_who_plan_see_both_texts(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat)
    url = f"/meetings/{meeting.pk}/edit/"
    opened_version = meeting.version
    desk.post(url, planning_form(place="ほかの人の部屋", version=opened_version))

    response = desk.post(url, planning_form(place="わたしの部屋", version=opened_version))

    page = response.content.decode()
    assert response.status_code == 409
    assert "ほかの人が保存しました" in page
    assert "ほかの人の部屋" in page
    assert 'value="わたしの部屋"' in page
    assert f'name="version" value="{opened_version + 1}"' in page
    meeting.refresh_from_db()
    assert meeting.place == "ほかの人の部屋"
    desk.post(url, planning_form(place="わたしの部屋", version=opened_version + 1))
    meeting.refresh_from_db()
    assert meeting.place == "わたしの部屋"


def test_what_was_said_keeps_a_meeting_from_being_called_off(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    meeting = held(small_edition, secretariat)

    page = desk.post(f"/meetings/{meeting.pk}/call-off/", {"reason": "書いた理由"})

    assert "取りやめにできません" in page.content.decode()
    assert "書いた理由</textarea>" in page.content.decode()
    assert Meeting.objects.exists()
