"""The 議事要旨, closing the record of a sitting and adding to it, in the browser."""

from collections.abc import Callable

from django.test import Client
from meeting_cast import (
    DISCUSSION,
    INSTRUCTION,
    address,
    closed,
    decided,
    planned,
    put,
    said,
)
from report_cast import opened
from row_numbers import ABSENT

from people.models import Department, User
from plans.models import Edition
from reviews.actions.agenda import change_agenda_item
from reviews.actions.minutes import record_stamp, write_opinion
from reviews.models import Meeting, RecordAddition


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_the_minutes_are_a_document(
    small_edition: Edition,
    client_of: Callable[[User | None], Client],
    staff: User,
    secretariat: User,
    headquarters: User,
    welfare: Department,
    meeting: Meeting,
) -> None:
    write_opinion(agenda_item=meeting.agenda.get(), text="内々の意見", by=headquarters)
    decided(small_edition, secretariat, welfare)
    url = f"/meetings/{meeting.pk}/minutes/"
    reader = client_of(staff)
    assert "まだ確定していません" in reader.get(url).content.decode()
    closed(meeting, secretariat)

    page = reader.get(url).content.decode()

    assert "まだ確定していません" not in page
    for words in (
        "令和8年度第1回DX推進本部会議 議事要旨",
        "大会議室",
        "町野 長子",
        "欠席",
        DISCUSSION,
        "R8-1-1",
        INSTRUCTION,
        "担当：福祉課",
        "事務 局子が確定した",
    ):
        assert words in page
    assert "内々の意見" not in page


def test_closing_shows_what_is_missing_and_where_to_mend_it(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat, report=opened(small_edition, secretariat))
    item = put(meeting, secretariat)
    url = f"/meetings/{meeting.pk}/close/"

    page = desk.get(url).content.decode()

    for link in (
        f"/meetings/{meeting.pk}/edit/",
        "/reports/2026/1/seal/",
        address(item),
        f"/meetings/{meeting.pk}/members/",
    ):
        assert f'href="{link}"' in page
    assert "取り消せません）</button>" not in page
    sent = {"version": meeting.version, "seen": record_stamp(meeting)}
    assert "会議の日がまだ来ていません。" in desk.post(url, sent).content.decode()
    meeting.refresh_from_db()
    assert not meeting.is_closed


def test_closing(meeting: Meeting, desk: Client, secretariat: User) -> None:
    url = f"/meetings/{meeting.pk}/close/"
    page = desk.get(url).content.decode()
    assert DISCUSSION in page
    sent = {name: hidden(page, name) for name in ("version", "seen")}
    said(meeting.agenda.get(), secretariat, "直前に直した要旨")

    assert desk.post(url, sent).status_code == 409
    item = meeting.agenda.get()
    words = {"title": item.title, "question": "直前に直した問い", "explanation": ""}
    asked = change_agenda_item(
        agenda_item=item, **words, opened_version=item.version, by=secretariat
    )
    clash = desk.post(url, sent)
    assert clash.status_code == 409
    assert "直前に直した要旨" in clash.content.decode()
    assert asked.question in clash.content.decode()
    meeting.refresh_from_db()
    assert not meeting.is_closed

    page = clash.content.decode()
    done = desk.post(url, {name: hidden(page, name) for name in ("version", "seen")}, follow=True)
    assert "記録を確定しました。" in done.content.decode()
    meeting.refresh_from_db()
    assert meeting.is_closed
    again = desk.get(url, follow=True).content.decode()
    assert "すでに確定しています" in again


def test_adding_to_a_closed_record(meeting: Meeting, desk: Client, secretariat: User) -> None:
    url = f"/meetings/{meeting.pk}/additions/new/"
    assert desk.get(url).status_code == 403
    closed(meeting, secretariat)
    item = meeting.agenda.get()
    page = desk.get(f"{url}?item={item.pk}").content.decode()
    assert f'<option value="{item.pk}" selected>' in page

    for text, reason in (("", "残る理由"), ("残る追記", "")):
        refused = desk.post(url, {"agenda_item": "", "text": text, "reason": reason})
        assert f"{text or reason}</textarea>" in refused.content.decode()
    unknown = desk.post(url, {"agenda_item": ABSENT, "text": "追記", "reason": "理由"})
    assert "入力内容を確認してください" in unknown.content.decode()
    assert not RecordAddition.objects.exists()

    sent = {"agenda_item": item.pk, "text": "発言の趣旨", "reason": "申し出があったため"}
    done = desk.post(url, sent, follow=True).content.decode()

    assert "記録に追記しました。" in done
    addition = RecordAddition.objects.get()
    assert (addition.agenda_item, addition.added_by) == (item, secretariat)
    minutes = desk.get(f"/meetings/{meeting.pk}/minutes/").content.decode()
    assert minutes.index(DISCUSSION) < minutes.index("発言の趣旨") < minutes.index("申し出があった")
