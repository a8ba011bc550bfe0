"""The list of sittings and the page of one."""

from collections.abc import Callable

import pytest
from django.test import Client
from meeting_cast import (
    DISCUSSION,
    PAST,
    closed,
    decided,
    held,
    planned,
    planning_form,
    put,
    put_item,
    put_report,
    said,
)
from query_counts import as_many_queries
from report_cast import opened, seal, sealed
from row_numbers import ABSENT

from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from reviews.actions.meetings import Member, set_members
from reviews.actions.minutes import add_to_record, write_opinion
from reviews.enums import AgendaKind
from reviews.models import Meeting

LIST, NEW = "/meetings/", "/meetings/new/"


def read(desk: Client, url: str) -> str:
    response = desk.get(url)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def fill(meeting: Meeting, by: User, reader: User, number: int) -> None:
    """Put so many more items on the agenda, with opinions on the first ones."""
    for place in range(number):
        item = put(meeting, by, f"議題の{place}")
        if place < number // 2:
            write_opinion(agenda_item=item, text="意見", by=reader)


def test_no_sitting_yet(small_edition: Edition, desk: Client) -> None:
    page = read(desk, LIST)

    assert "本部会議はまだありません" in page
    assert f'href="{NEW}"' in page


def test_the_list_says_what_waits(small_edition: Edition, desk: Client, secretariat: User) -> None:
    held(small_edition, secretariat)
    planned(small_edition, secretariat, number=2, report=opened(small_edition, secretariat))

    page = read(desk, LIST)

    assert page.index("令和8年度第1回DX推進本部会議") < page.index("令和8年度第2回DX推進本部会議")
    assert "<td>記録の確定</td>" in page
    assert "<td>議題、年次報告の確定</td>" in page
    assert 'href="/decisions/"' in page
    assert 'aria-current="page">本部会議' in page


def test_the_page_before_the_day(small_edition: Edition, desk: Client, secretariat: User) -> None:
    meeting = planned(small_edition, secretariat)

    page = read(desk, meeting.get_absolute_url())

    assert "準備中" in page
    assert "13:30から" in page
    assert "町野 長子" in page
    assert "議題はまだありません。" in page
    assert f'href="/meetings/{meeting.pk}/agenda/add/"' in page
    assert "議事を書く" not in page
    assert f'href="/meetings/{meeting.pk}/minutes/"' not in page


def test_the_page_on_the_day_leads_to_what_is_open(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    meeting = held(small_edition, secretariat)
    item = put(meeting, secretariat, "新しい議題")

    page = read(desk, meeting.get_absolute_url())

    assert "当日・記録中" in page
    assert "（残り1件）" in page
    assert "議題2の議事を書く" in page
    assert page.count(f'href="/meetings/{meeting.pk}/agenda/{item.pk}/minutes/"') == 3
    assert f'href="/meetings/{meeting.pk}/close/"' in page
    assert DISCUSSION in page


def test_the_page_names_the_next_step(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    meeting = planned(small_edition, secretariat, held_on=PAST, report=report)

    def next_step() -> str:
        page = read(desk, meeting.get_absolute_url())
        return page.split("次にすること")[1].split("</a>")[0].split(">")[-1]

    seen = [next_step()]
    item = put(meeting, secretariat)
    seen.append(next_step())
    set_members(
        meeting=meeting,
        members=[Member(name="町野 長子", kind="present")],
        opened_version=meeting.version,
        by=secretariat,
    )
    seen.append(next_step())
    said(item, secretariat)
    seen.append(next_step())
    seal(report, secretariat)
    seen.append(next_step())

    assert seen == [
        "議題を加える",
        "出欠を記録する",
        "議題1の議事を書く",
        "年次報告を確定する",
        "記録を確定する",
    ]


def test_the_page_of_a_closed_record_offers_additions_alone(
    small_edition: Edition, desk: Client, secretariat: User, welfare: Department
) -> None:
    decision = decided(small_edition, secretariat, welfare)
    meeting = closed(decision.meeting, secretariat)
    item = meeting.agenda.get()
    for agenda_item, text in ((item, "言い方の追記"), (None, "全体への追記")):
        add_to_record(
            meeting=meeting, agenda_item=agenda_item, text=text, reason="申し出", by=secretariat
        )

    page = read(desk, meeting.get_absolute_url())

    assert "記録確定" in page
    assert "事務 局子が確定しました" in page
    assert page.index(DISCUSSION) < page.index("言い方の追記") < page.index("全体への追記")
    assert "理由：申し出" in page
    assert decision.code in page
    assert f"/meetings/{meeting.pk}/additions/new/" in page
    for leaf in ("edit", "members", "close", "agenda/add"):
        assert f'href="/meetings/{meeting.pk}/{leaf}/"' not in page
    assert "上へ" not in page


def test_each_matter_leads_to_what_it_concerns(
    small_edition: Edition,
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    editor: User,
    desk: Client,
    secretariat: User,
) -> None:
    entry = record(responsible, by=editor, problem="予算が足りない。", for_headquarters=True)
    report = sealed(small_edition, secretariat)
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    meeting = planned(small_edition, secretariat, report=report)
    put_report(meeting, report, secretariat)
    put(meeting, secretariat, "課題", kind=AgendaKind.PROBLEM, focus_item=responsible, entry=entry)
    put_item(meeting, responsible, secretariat)
    put(meeting, secretariat, "改定", kind=AgendaKind.AMENDMENT, edition=draft)

    page = read(desk, meeting.get_absolute_url())

    for address in (
        "/reports/2026/1/",
        "/reports/2026/1/#item-1-A-1",
        "/items/1-A-1/",
        f"/items/1-A-1/#entry-{entry.pk}",
        "/editions/draft/",
        "/editions/compare/1.0/1.1/",
    ):
        assert f'href="{address}"' in page
    assert "予算が足りない。" in page
    assert "1-A-1 申請のオンライン化" in page


def test_opinions_are_for_headquarters_and_secretariat(
    small_edition: Edition,
    client_of: Callable[[User | None], Client],
    secretariat: User,
    headquarters: User,
    staff: User,
    editor: User,
) -> None:
    meeting = planned(small_edition, secretariat)
    item = put(meeting, secretariat)
    write_opinion(agenda_item=item, text="財源を示すべき。", by=headquarters)

    seen = {
        user.username: read(client_of(user), meeting.get_absolute_url())
        for user in (headquarters, secretariat, staff, editor)
    }

    assert {name for name, page in seen.items() if "財源を示すべき。" in page} == {
        "honbu",
        "jimukyoku",
    }
    assert {name for name, page in seen.items() if "意見を記録する" in page} == {"honbu"}
    assert {name for name, page in seen.items() if "議題を加える" in page} == {"jimukyoku"}


@pytest.mark.parametrize(
    "leaf", ["", "edit/", "members/", "call-off/", "minutes/", "close/", "additions/new/"]
)
def test_an_unknown_sitting_is_not_found(small_edition: Edition, desk: Client, leaf: str) -> None:
    assert desk.get(f"/meetings/{ABSENT}/{leaf}").status_code == 404


@pytest.mark.parametrize(
    "leaf",
    ["edit/", "members/", "call-off/", "agenda/add/", "agenda/{item}/", "agenda/{item}/minutes/"],
)
def test_forms_of_a_closed_record_do_not_open_and_lose_nothing(
    small_edition: Edition, desk: Client, secretariat: User, leaf: str
) -> None:
    meeting = held(small_edition, secretariat)
    item = meeting.agenda.get()
    closed(meeting, secretariat)
    url = f"/meetings/{meeting.pk}/{leaf.format(item=item.pk)}"
    sent = {
        **planning_form(place="打った言葉", version=2),
        "reason": "打った言葉",
        "title": "打った言葉",
        "explanation": "",
        "discussion": "打った言葉",
        "member-TOTAL_FORMS": "1",
        "member-INITIAL_FORMS": "0",
        "member-0-name": "打った言葉",
        "member-0-kind": "present",
    }

    refused, answer = desk.get(url), desk.post(url, sent)

    assert refused.status_code == 403
    assert "記録は確定している" in refused.content.decode()
    assert answer.status_code == 200
    assert "記録は確定しているので、変更できません" in answer.content.decode()
    assert "打った言葉" in answer.content.decode()


def test_queries_stay_the_same_with_many_items(
    small_edition: Edition,
    desk: Client,
    secretariat: User,
    headquarters: User,
    welfare: Department,
    responsible: FocusItem,
) -> None:
    meeting = held(small_edition, secretariat)
    first = meeting.agenda.get()
    write_opinion(agenda_item=first, text="意見", by=headquarters)
    put_item(meeting, responsible, secretariat)
    decided(small_edition, secretariat, welfare, responsible)
    leaves = ("", "minutes/", "close/", f"agenda/{first.pk}/minutes/", "agenda/add/")

    with as_many_queries(desk, *(f"/meetings/{meeting.pk}/{leaf}" for leaf in leaves)):
        fill(meeting, secretariat, headquarters, 38)
        for number in range(10):
            decided(small_edition, secretariat, welfare, responsible, text=f"指示の{number}")


def test_queries_of_the_list_stay_the_same_with_many_sittings(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    held(small_edition, secretariat)
    planned(small_edition, secretariat, number=2)
    with as_many_queries(desk, LIST):
        for number in range(3, 12):
            put(planned(small_edition, secretariat, number=number), secretariat)
