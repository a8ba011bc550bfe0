"""The list of members in the browser: rows, lines pasted from a spreadsheet, and who was there."""

from typing import Any

import pytest
from beginnings import lasting
from django.conf import settings
from django.test import Client
from meeting_cast import COMING, MEMBERS, PAST, planned

from people.models import User
from plans.models import Edition
from reviews.actions.meetings import set_members
from reviews.models import Meeting


@pytest.fixture
@lasting
def meeting(small_edition: Edition, secretariat: User) -> Meeting:
    """A sitting of yesterday with three members who are still expected."""
    return planned(small_edition, secretariat, held_on=PAST)


def url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/members/"


def sent(meeting: Meeting, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the form as it is sent with these rows."""
    plain = {"position": "", "post": "", "name": "", "kind": "expected", "substitute": ""}
    data = {
        "member-TOTAL_FORMS": len(rows),
        "member-INITIAL_FORMS": 0,
        "version": meeting.version,
        "pasted": "",
        **more,
    }
    for number, row in enumerate(rows):
        data |= {f"member-{number}-{name}": value for name, value in {**plain, **row}.items()}
    return data


def names(meeting: Meeting) -> list[tuple[str, str, str, str]]:
    listed = meeting.attendances.order_by("position")
    return list(listed.values_list("post", "name", "kind", "substitute"))


def test_the_list_opens_with_its_rows_and_empty_ones(meeting: Meeting, desk: Client) -> None:
    page = desk.get(url(meeting)).content.decode()

    assert 'value="町野 長子"' in page
    assert 'name="member-7-name"' in page
    assert 'name="member-8-name"' not in page


def test_rows_are_saved_in_their_order_and_empty_ones_dropped(
    meeting: Meeting, desk: Client
) -> None:
    data = sent(
        meeting,
        {"position": "2", "post": "副町長", "name": "副野 町夫", "kind": "present"},
        {
            "position": "1",
            "post": "町長",
            "name": "町野 長子",
            "kind": "substitute",
            "substitute": "代野",
        },
        {},
        {"post": "教育長", "name": "教野 育", "kind": "absent"},
        {"position": "3", "name": "外す人", "remove": "on"},
    )

    response = desk.post(url(meeting), data, follow=True)

    assert "名簿と出欠を保存しました（3人）。" in response.content.decode()
    assert names(meeting) == [
        ("町長", "町野 長子", "substitute", "代野"),
        ("副町長", "副野 町夫", "present", ""),
        ("教育長", "教野 育", "absent", ""),
    ]


def test_lines_pasted_from_a_spreadsheet_are_added_once(meeting: Meeting, desk: Client) -> None:
    pasted = "職\t氏名\r\n町長\t町野 長子\r\n\r\n福祉部長\t福野 祉\t内線12\r\n傍聴 人\r\n福祉部長\t福野 祉"

    desk.post(url(meeting), sent(meeting, {"post": "町長", "name": "町野 長子"}, pasted=pasted))

    assert [(post, name) for post, name, *_ in names(meeting)] == [
        ("町長", "町野 長子"),
        ("福祉部長", "福野 祉"),
        ("", "傍聴 人"),
    ]


def test_more_members_than_the_page_can_send_back_are_not_taken(
    meeting: Meeting, desk: Client
) -> None:
    lines = [f"職{number}\t氏名{number}" for number in range(101)]
    refused = desk.post(url(meeting), sent(meeting, {}, pasted="\n".join(lines)))
    page = refused.content.decode()

    assert "名簿は100人までです（貼り付けた人を加えると101人）。" in page
    assert lines[-1] in page
    assert len(names(meeting)) == len(MEMBERS)

    desk.post(url(meeting), sent(meeting, {}, pasted="\n".join(lines[1:])))
    table = desk.get(url(meeting)).context["table"]
    assert len(names(meeting)) == 100
    assert sum(len(row.fields) for row in table.rows) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - 20


def test_everybody_expected_came_by_one_button(meeting: Meeting, desk: Client) -> None:
    rows = ({"name": "甲"}, {"name": "乙", "kind": "absent"}, {"name": "丙"})

    desk.post(url(meeting), sent(meeting, *rows, all_present="1"))

    assert [kind for _, _, kind, _ in names(meeting)] == ["present", "absent", "present"]


def test_the_button_comes_with_the_day(
    small_edition: Edition, meeting: Meeting, desk: Client, secretariat: User
) -> None:
    coming = planned(small_edition, secretariat, number=2, held_on=COMING)

    assert 'name="all_present"' in desk.get(url(meeting)).content.decode()
    assert 'name="all_present"' not in desk.get(url(coming)).content.decode()


@pytest.mark.parametrize(
    ("row", "pasted", "message"),
    [
        ({"post": "総務部長"}, "", "氏名を書いてください"),
        ({"name": "甲", "kind": "substitute"}, "", "代理者の氏名を書いてください"),
        ({"name": "甲", "substitute": "乙"}, "", "「代理出席」にしてください"),
        ({"name": "あ" * 61}, "", "60文字以内にしてください"),
        ({"name": "甲", "position": "先頭"}, "", "整数"),
        ({"name": "甲", "kind": "？"}, "", "出欠"),
        ({"name": "甲"}, "部長\t乙\n課長\t", "貼り付けた2行目に氏名がありません"),
        ({"name": "甲"}, f"部長\t{'あ' * 61}", "貼り付けた1行目が長すぎます"),
    ],
)
def test_bad_rows_lose_nothing(
    meeting: Meeting, desk: Client, row: dict[str, str], pasted: str, message: str
) -> None:
    data = sent(meeting, {"post": "部長", "name": "書いた人"}, row, pasted=pasted)

    response = desk.post(url(meeting), data)

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "まだ保存していません" in page
    assert 'value="書いた人"' in page
    for name, value in row.items():
        assert name == "kind" or f'value="{value}"' in page
    assert pasted.strip() in page
    assert len(names(meeting)) == len(MEMBERS)


def test_a_form_without_its_count_of_rows_changes_nothing(meeting: Meeting, desk: Client) -> None:
    response = desk.post(url(meeting), {"version": meeting.version})

    assert "入力内容を確認してください" in response.content.decode()
    assert len(names(meeting)) == len(MEMBERS)


@pytest.mark.parametrize("count", ["-1", "0"])
def test_a_forged_count_of_rows_does_not_empty_the_list(
    meeting: Meeting, desk: Client, count: str
) -> None:
    data = {**sent(meeting, {"name": "町野 長子"}), "member-TOTAL_FORMS": count}

    response = desk.post(url(meeting), data)

    assert "名簿の行が届きませんでした" in response.content.decode()
    assert len(names(meeting)) == len(MEMBERS)


def test_g4_two_lists_stand_beside_each_other(
    meeting: Meeting, desk: Client, secretariat: User
) -> None:
    data = sent(meeting, {"post": "町長", "name": "わたしの人"})
    set_members(
        meeting=meeting, members=MEMBERS[:1], opened_version=meeting.version, by=secretariat
    )

    response = desk.post(url(meeting), data)

    page = response.content.decode()
    assert response.status_code == 409
    assert "町長 町野 長子 出席予定" in page
    assert 'value="わたしの人"' in page
    assert "<ins>" in page
    assert [name for _, name, *_ in names(meeting)] == ["町野 長子"]
    desk.post(url(meeting), {**data, "version": meeting.version + 1})
    assert [name for _, name, *_ in names(meeting)] == ["わたしの人"]
