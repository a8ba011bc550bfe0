"""Putting matters on the agenda, their words and order, and the opinions of 本部員, in the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from beginnings import lasting
from django.test import Client
from meeting_cast import closed, held, planned, put, put_item
from report_cast import opened
from row_numbers import ABSENT

from initiatives.models import ProgressEntry
from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem, FocusItemText
from reviews.actions.minutes import write_opinion
from reviews.models import AgendaItem, Meeting, Opinion
from revisions.actions.amending import amend_text


@pytest.fixture
@lasting
def meeting(small_edition: Edition, secretariat: User) -> Meeting:
    return planned(small_edition, secretariat)


def add_url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/agenda/add/"


def item_url(item: AgendaItem) -> str:
    return f"/meetings/{item.meeting_id}/agenda/{item.pk}/"


def typed(**overrides: Any) -> dict[str, Any]:
    return {"items": "", "title": "", "explanation": "", **overrides}


def kinds(meeting: Meeting) -> list[tuple[str, str]]:
    return list(meeting.agenda.order_by("position").values_list("kind", "title"))


@pytest.fixture
@lasting
def offered(
    small_edition: Edition,
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    editor: User,
    secretariat: User,
) -> ProgressEntry:
    """A problem put to the 本部, a report and a draft with one change."""
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    text = FocusItemText.objects.get(edition=draft, focus_item=responsible)
    amend_text(
        text=text,
        title="申請の全面オンライン化",
        overview=text.overview,
        is_study=text.is_study,
        reason="対象を広げるため",
        opened_version=text.version,
        by=secretariat,
    )
    opened(small_edition, secretariat)
    return record(responsible, by=editor, problem="予算が足りない。", for_headquarters=True)


def test_everything_offered_is_added_at_once(
    meeting: Meeting, offered: ProgressEntry, desk: Client, secretariat: User
) -> None:
    page = desk.get(add_url(meeting)).content.decode()
    for words in (
        "令和8年度 年次報告",
        "1-A-1 申請のオンライン化",
        "予算が足りない。",
        "福祉課",
        "第1.1版（案）の変更 1項目",
    ):
        assert words in page
    report = page.split('name="reports" value="')[1].split('"')[0]

    response = desk.post(
        add_url(meeting),
        typed(
            reports=report,
            problems=offered.pk,
            amendment="on",
            items="1-A-2\n案内",
            title="次回の日程",
            explanation="年度末を予定",
        ),
        follow=True,
    )

    assert "議題を6件加えました。" in response.content.decode()
    assert kinds(meeting) == [
        ("report", "令和8年度 年次報告"),
        ("problem", "1-A-1 申請のオンライン化"),
        ("item", "1-A-2 遠隔相談"),
        ("item", "1-B-1 手続きの案内"),
        ("amendment", "第1.1版（案）について"),
        ("other", "次回の日程"),
    ]
    assert meeting.agenda.get(kind="problem").entry == offered
    assert meeting.agenda.get(kind="other").explanation == "年度末を予定"
    again = desk.get(add_url(meeting)).content.decode()
    assert "予算が足りない。" not in again
    assert 'name="reports"' not in again
    assert 'name="amendment"' not in again


def test_a_problem_that_does_not_stand_on_the_day_is_not_offered(
    small_edition: Edition, offered: ProgressEntry, desk: Client, secretariat: User
) -> None:
    earlier = held(small_edition, secretariat, held_on=offered.as_of.replace(day=1))
    that_day = planned(small_edition, secretariat, number=2)

    assert "予算が足りない。" in desk.get(add_url(that_day)).content.decode()
    assert "予算が足りない。" not in desk.get(add_url(earlier)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, "議題にするものを選ぶか、書いてください。"),
        ({"items": "9-Z-9"}, "「9-Z-9」に当たる重点項目はありません"),
        ({"items": "化"}, "「化」に当たる項目が2件あります（1-A-1 申請のオンライン化、"),
        ({"items": "1-A-1", "problems": str(ABSENT)}, str(ABSENT)),
        ({"explanation": "説明だけ"}, "お諮りすることを書いた議題の名前を書いてください"),
        ({"title": "あ" * 201}, "200文字以内にしてください"),
    ],
)
def test_bad_input_loses_nothing(
    meeting: Meeting,
    offered: ProgressEntry,
    desk: Client,
    wrong: dict[str, str],
    message: str,
) -> None:
    response = desk.post(add_url(meeting), typed(**wrong))

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    for value in wrong.values():
        assert value in page
    assert kinds(meeting) == []


def test_what_stands_on_the_agenda_is_refused_with_all_that_came_along(
    meeting: Meeting, desk: Client, secretariat: User, responsible: FocusItem
) -> None:
    put_item(meeting, responsible, secretariat, title="もうある")

    page = desk.post(add_url(meeting), typed(items="1-A-1", title="新しい")).content.decode()

    assert "すでに議題にあります" in page
    assert 'value="新しい"' in page
    assert kinds(meeting) == [("item", "もうある")]


def test_a_free_matter_that_is_sent_twice_stands_once(
    meeting: Meeting, desk: Client, secretariat: User
) -> None:
    desk.post(add_url(meeting), typed(title="庁内の研修", explanation="一度目"))

    page = desk.post(
        add_url(meeting), typed(title="庁内の研修", explanation="書き足した説明")
    ).content.decode()

    assert "「庁内の研修」は、すでに議題にあります。" in page
    assert 'value="庁内の研修"' in page
    assert "書き足した説明" in page
    assert kinds(meeting) == [("other", "庁内の研修")]


def test_words_are_changed(meeting: Meeting, desk: Client, secretariat: User) -> None:
    item = put(meeting, secretariat, "元の名前")
    assert 'value="元の名前"' in desk.get(item_url(item)).content.decode()

    response = desk.post(
        item_url(item), {"title": "直した名前", "explanation": "説明", "version": 1}, follow=True
    )

    assert "議題を保存しました。" in response.content.decode()
    item.refresh_from_db()
    assert (item.title, item.explanation) == ("直した名前", "説明")
    refused = desk.post(item_url(item), {"title": "", "explanation": "残る説明", "version": 2})
    assert "残る説明</textarea>" in refused.content.decode()


def test_g4_two_who_change_the_words(meeting: Meeting, desk: Client, secretariat: User) -> None:
    item = put(meeting, secretariat, "元の名前")
    desk.post(item_url(item), {"title": "ほかの人の名前", "explanation": "", "version": 1})

    response = desk.post(
        item_url(item), {"title": "わたしの名前", "explanation": "わたしの説明", "version": 1}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "ほかの人の名前" in page
    assert 'value="わたしの名前"' in page
    assert "わたしの説明</textarea>" in page
    assert 'name="version" value="2"' in page
    item.refresh_from_db()
    assert item.title == "ほかの人の名前"


def test_order_and_taking_off(meeting: Meeting, desk: Client, secretariat: User) -> None:
    first, second, third = (put(meeting, secretariat, title) for title in "一二三")

    desk.post(item_url(third), {"move": "1", "to": "1"})
    assert [title for _, title in kinds(meeting)] == ["三", "一", "二"]
    refused = desk.post(item_url(third), {"move": "1", "to": "0"})
    assert "入力内容を確認してください" in refused.content.decode()
    page = desk.post(item_url(second), {"remove": "1"}, follow=True).content.decode()
    assert "「二」を議題から外しました。" in page
    assert [title for _, title in kinds(meeting)] == ["三", "一"]
    assert first.meeting == meeting


def test_what_was_said_of_stays_on_the_agenda(
    meeting: Meeting, desk: Client, secretariat: User, headquarters: User
) -> None:
    item = put(meeting, secretariat)
    write_opinion(agenda_item=item, text="意見", by=headquarters)

    page = desk.post(item_url(item), {"remove": "1"}, follow=True).content.decode()

    assert "議題から外せません" in page
    assert AgendaItem.objects.exists()


def test_an_agenda_item_of_another_sitting_is_not_found(
    small_edition: Edition, meeting: Meeting, desk: Client, secretariat: User
) -> None:
    other = put(planned(small_edition, secretariat, number=2), secretariat)

    for leaf in ("", "minutes/", "decisions/new/"):
        assert desk.get(f"/meetings/{meeting.pk}/agenda/{other.pk}/{leaf}").status_code == 404


def test_an_opinion_is_recorded(
    meeting: Meeting,
    client_of: Callable[[User | None], Client],
    headquarters: User,
    secretariat: User,
) -> None:
    item = put(meeting, secretariat)
    reader = client_of(headquarters)
    url = f"{item_url(item)}opinions/"

    page = reader.post(url, {f"opinion-{item.pk}-text": "財源を示すべき。"}, follow=True)

    assert "への意見を記録しました。" in page.content.decode()
    opinion = Opinion.objects.get()
    assert (opinion.text, opinion.written_by) == ("財源を示すべき。", headquarters)
    assert reader.get(url).status_code == 405


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "意見を書いてください。"),
        ("あ" * 5001, "5000文字以内"),
        ("同じ意見", "すでに記録されて"),
    ],
)
def test_an_opinion_that_is_refused_stays_in_its_place(
    meeting: Meeting,
    client_of: Callable[[User | None], Client],
    headquarters: User,
    secretariat: User,
    text: str,
    message: str,
) -> None:
    item = put(meeting, secretariat)
    put(meeting, secretariat, "ほかの議題")
    write_opinion(agenda_item=item, text="同じ意見", by=headquarters)

    response = client_of(headquarters).post(
        f"{item_url(item)}opinions/", {f"opinion-{item.pk}-text": text}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert f"{text}</textarea>" in page
    assert Opinion.objects.count() == 1


def test_a_closed_record_takes_no_opinion_and_keeps_what_was_typed(
    small_edition: Edition,
    client_of: Callable[[User | None], Client],
    headquarters: User,
    secretariat: User,
) -> None:
    meeting = held(small_edition, secretariat)
    item = meeting.agenda.get()
    closed(meeting, secretariat)
    reader = client_of(headquarters)
    assert "意見を記録する" not in reader.get(meeting.get_absolute_url()).content.decode()

    page = reader.post(f"{item_url(item)}opinions/", {f"opinion-{item.pk}-text": "遅れた意見"})

    assert "記録は確定している" in page.content.decode()
    assert "遅れた意見" in page.content.decode()
