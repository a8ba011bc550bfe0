"""Writing down what is said and decided, the 議事要旨, closing the record and adding to it, in the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from meeting_cast import (
    DISCUSSION,
    DUE,
    INSTRUCTION,
    closed,
    decide,
    decided,
    held,
    planned,
    put,
    put_item,
    said,
    verdict,
)
from report_cast import opened

from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions import (
    follow_up,
    record_decision,
    record_stamp,
    withdraw_decision,
    write_opinion,
)
from reviews.enums import FollowUpStep
from reviews.models import AgendaItem, Decision, Meeting, RecordAddition


@pytest.fixture
def client(client_of: Callable[[User | None], Client], secretariat: User) -> Client:
    return client_of(secretariat)


@pytest.fixture
def meeting(small_edition: Edition, secretariat: User) -> Meeting:
    """A sitting of yesterday of whose first agenda item something is said."""
    return held(small_edition, secretariat)


@pytest.fixture
def item(meeting: Meeting, secretariat: User, responsible: FocusItem) -> AgendaItem:
    """A second agenda item, about 1-A-1, of which nothing is said yet; a third one follows."""
    item = put_item(meeting, responsible, secretariat, explanation="来年度の進め方を決める。")
    put(meeting, secretariat, "三つめ")
    return item


def address(item: AgendaItem, leaf: str = "minutes") -> str:
    return f"/meetings/{item.meeting_id}/agenda/{item.pk}/{leaf}/"


def decision_address(decision: Decision, leaf: str) -> str:
    return f"/meetings/{decision.meeting_id}/decisions/{decision.pk}/{leaf}/"


def typed(discussion: str = "議論した。", version: int = 1, **decision: str) -> dict[str, Any]:
    """Return what the page of the minutes sends: a discussion, and a decision where one is named."""
    plain = {"text": "", "owner": "", "due_on": "", "items": "1-A-1"}
    named = {f"decision-{name}": value for name, value in {**plain, **decision}.items()}
    return {"discussion": discussion, "version": version, **named}


def ruled(**overrides: Any) -> dict[str, Any]:
    """Return what the form of a decision sends."""
    plain = {
        "kind": "instruction",
        "text": INSTRUCTION,
        "owner": "福祉課",
        "due_on": "令和8年12月25日",
        "items": "1-A-1、2-A-1",
    }
    return {**plain, **overrides}


def test_the_page_lays_what_is_needed_beside_the_field(
    item: AgendaItem, client: Client, headquarters: User
) -> None:
    write_opinion(agenda_item=item, text="財源を示すべき。", by=headquarters)

    page = client.get(address(item)).content.decode()

    for words in ("来年度の進め方を決める。", "財源を示すべき。", "保存して次の議題へ"):
        assert words in page
    assert 'name="decision-items" value="1-A-1"' in page
    assert '<option value="福祉課">' in page
    assert "指示：担当が期限までにする" in page


def test_discussion_and_decision_are_saved_and_the_next_item_opens(
    item: AgendaItem, client: Client, welfare: Department
) -> None:
    sent = typed(kind="instruction", text=INSTRUCTION, owner="welfare", due_on="R8.12.25")

    response = client.post(address(item), {**sent, "then_next": "1"})

    following = item.meeting.agenda.get(title="三つめ")
    assert response.headers["Location"] == address(following)
    item.refresh_from_db()
    decision = item.decisions.get()
    assert (item.discussion, decision.text) == ("議論した。", INSTRUCTION)
    assert (decision.owner, decision.due_on) == (welfare, DUE)
    assert [one.code for one in decision.focus_items.all()] == ["1-A-1"]
    last = client.post(address(following), {**typed("済み", items=""), "then_next": "1"})
    assert last.headers["Location"] == item.meeting.get_absolute_url()
    assert following.decisions.count() == 0


def test_a_kind_chosen_by_mistake_is_taken_back(item: AgendaItem, client: Client) -> None:
    assert 'value="" id="id_decision-kind_0"' in client.get(address(item)).content.decode()

    client.post(address(item), typed(kind=""))

    item.refresh_from_db()
    assert (item.discussion, Decision.objects.count()) == ("議論した。", 0)


def test_staying_on_the_item_offers_one_more_decision(item: AgendaItem, client: Client) -> None:
    page = client.post(address(item), typed(kind="noted", text="了承する。"), follow=True)

    text = page.content.decode()
    assert "議題2の議事を保存しました。" in text
    assert "決定・指示事項をもう一つ加える" in text
    assert "R8-1-1" in text
    assert f'href="{decision_address(item.decisions.get(), "edit")}"' in text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "instruction", "text": "調べる"}, "「指示」には、担当が必要です"),
        ({"kind": "instruction", "text": "調べる", "owner": "福祉課"}, "「指示」には、期限が必要"),
        ({"text": "区分を忘れた"}, "区分を選んでください"),
        ({"kind": "noted"}, "決定・指示の内容を書いてください"),
        ({"kind": "noted", "text": "了承", "owner": "福祉"}, "「福祉」という部署はありません"),
        ({"kind": "noted", "text": "了承", "due_on": "年度末"}, "日付として読めません"),
        ({"kind": "noted", "text": "了承", "items": "9-Z-9"}, "に当たる重点項目はありません"),
        ({"kind": "stop", "text": "中止", "items": ""}, "関わる重点項目が必要です"),
        (
            {"kind": "noted", "text": "了承", "owner": "福祉課", "due_on": "2026-10-01"},
            "期限は、会議の日以後",
        ),
    ],
)
def test_a_wrong_decision_loses_nothing_and_saves_nothing(
    item: AgendaItem, client: Client, wrong: dict[str, str], message: str
) -> None:
    response = client.post(address(item), typed("書いた議論", **wrong))

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "書いた議論</textarea>" in page
    for value in wrong.values():
        assert value in page
    item.refresh_from_db()
    assert (item.discussion, Decision.objects.count()) == ("", 0)


def test_before_the_day_nothing_is_saved_and_nothing_lost(
    small_edition: Edition, client: Client, secretariat: User
) -> None:
    item = put(planned(small_edition, secretariat), secretariat)
    assert "になると、議事を保存できます" in client.get(address(item)).content.decode()

    page = client.post(address(item), typed("早すぎる議論", items="")).content.decode()

    assert "会議の日になってから" in page
    assert "早すぎる議論</textarea>" in page


def test_g4_two_who_write_the_minutes_see_both_texts(
    item: AgendaItem, client: Client, secretariat: User
) -> None:
    said(item, secretariat, "ほかの人の要旨")
    mine = typed("わたしの要旨", kind="noted", text="了承する。")

    response = client.post(address(item), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "ほかの人の要旨" in page
    assert "わたしの要旨</textarea>" in page
    assert "了承する。</textarea>" in page
    assert 'name="version" value="2"' in page
    assert not Decision.objects.exists()
    client.post(address(item), {**mine, "version": 2})
    item.refresh_from_db()
    assert (item.discussion, item.decisions.count()) == ("わたしの要旨", 1)


def test_a_decision_alone_does_not_clash_with_who_writes_the_discussion(
    item: AgendaItem, client: Client, secretariat: User
) -> None:
    said(item, secretariat, "ほかの人の要旨")

    response = client.post(address(item), typed("", kind="noted", text="了承する。"))

    assert response.status_code == 302
    item.refresh_from_db()
    assert (item.discussion, item.decisions.count()) == ("ほかの人の要旨", 1)


def test_recording_and_changing_a_decision(
    item: AgendaItem, client: Client, welfare: Department, planning: Department
) -> None:
    assert "決定・指示事項を記録する" in client.get(address(item, "decisions/new")).content.decode()
    response = client.post(address(item, "decisions/new"), ruled(), follow=True)
    assert "決定・指示事項 R8-1-1 を記録しました。" in response.content.decode()
    decision = Decision.objects.get()
    assert {one.code for one in decision.focus_items.all()} == {"1-A-1", "2-A-1"}

    page = client.get(decision_address(decision, "edit")).content.decode()
    assert 'value="福祉課"' in page
    assert 'value="2026-12-25"' in page
    assert 'value="1-A-1、2-A-1"' in page
    changed = client.post(
        decision_address(decision, "edit"), ruled(owner="企画課", items="", version=1)
    )

    assert changed.headers["Location"] == address(item)
    decision.refresh_from_db()
    assert (decision.owner, decision.focus_items.count()) == (planning, 0)
    wrong = client.post(
        decision_address(decision, "edit"), ruled(owner="ない課", text="残る言葉", version=2)
    )
    assert "残る言葉</textarea>" in wrong.content.decode()
    assert 'value="ない課"' in wrong.content.decode()


def test_an_owner_that_has_ended_since_stays_choosable(
    item: AgendaItem, client: Client, secretariat: User, welfare: Department
) -> None:
    decision = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    Department.objects.filter(pk=welfare.pk).update(valid_until="2026-10-14")

    assert (
        "「福祉課」という部署"
        in client.post(address(item, "decisions/new"), ruled(text="別の指示")).content.decode()
    )
    client.post(decision_address(decision, "edit"), ruled(text="言い換え", version=1))

    decision.refresh_from_db()
    assert (decision.text, decision.owner) == ("言い換え", welfare)


def test_g4_two_who_change_a_decision(
    item: AgendaItem, client: Client, secretariat: User, welfare: Department
) -> None:
    decision = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    url = decision_address(decision, "edit")
    client.post(url, ruled(text="ほかの人の言葉", version=1))

    response = client.post(url, ruled(text="わたしの言葉", due_on="2027-01-29", version=1))

    page = response.content.decode()
    assert response.status_code == 409
    assert "ほかの人の言葉" in page
    assert "わたしの言葉</textarea>" in page
    assert "<del>令和8年12月25日</del>" in page
    assert "<ins>令和9年1月29日</ins>" in page
    assert 'name="version" value="2"' in page
    decision.refresh_from_db()
    assert decision.text == "ほかの人の言葉"


def test_taking_a_decision_back(
    item: AgendaItem, client: Client, secretariat: User, editor: User, welfare: Department
) -> None:
    decision = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    url = decision_address(decision, "withdraw")
    assert INSTRUCTION in client.get(url).content.decode()
    assert "取り消す理由を書いてください。" in client.post(url, {"reason": ""}).content.decode()

    page = client.post(url, {"reason": "誤って記録した"}, follow=True).content.decode()

    assert "決定・指示事項 R8-1-1 を取り消しました。" in page
    assert not Decision.objects.exists()
    assert client.get(url).status_code == 404
    second = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    follow_up(decision=second, step=FollowUpStep.ANSWERED, text="済", opened_number=0, by=editor)
    refused = client.post(decision_address(second, "withdraw"), {"reason": "書いた理由"})
    assert "対応が報告されている" in refused.content.decode()
    assert "書いた理由</textarea>" in refused.content.decode()


def test_a_decision_of_another_sitting_is_not_found(
    small_edition: Edition, client: Client, secretariat: User, item: AgendaItem
) -> None:
    decision = decide(item.meeting, secretariat)
    other = planned(small_edition, secretariat, number=2)

    for leaf in ("edit", "withdraw"):
        assert (
            client.get(f"/meetings/{other.pk}/decisions/{decision.pk}/{leaf}/").status_code == 404
        )


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
    small_edition: Edition, client: Client, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat, report=opened(small_edition, secretariat))
    item = put(meeting, secretariat)
    url = f"/meetings/{meeting.pk}/close/"

    page = client.get(url).content.decode()

    for link in (
        f"/meetings/{meeting.pk}/edit/",
        "/reports/2026/1/seal/",
        address(item),
        f"/meetings/{meeting.pk}/members/",
    ):
        assert f'href="{link}"' in page
    assert "取り消せません）</button>" not in page
    sent = {"version": meeting.version, "seen": record_stamp(meeting)}
    assert "会議の日がまだ来ていません。" in client.post(url, sent).content.decode()
    meeting.refresh_from_db()
    assert not meeting.is_closed


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_closing(meeting: Meeting, client: Client, secretariat: User) -> None:
    url = f"/meetings/{meeting.pk}/close/"
    page = client.get(url).content.decode()
    assert DISCUSSION in page
    sent = {name: hidden(page, name) for name in ("version", "seen")}
    said(meeting.agenda.get(), secretariat, "直前に直した要旨")

    clash = client.post(url, sent)
    assert clash.status_code == 409
    assert "直前に直した要旨" in clash.content.decode()
    meeting.refresh_from_db()
    assert not meeting.is_closed

    page = clash.content.decode()
    done = client.post(url, {name: hidden(page, name) for name in ("version", "seen")}, follow=True)
    assert "記録を確定しました。" in done.content.decode()
    meeting.refresh_from_db()
    assert meeting.is_closed
    again = client.get(url, follow=True).content.decode()
    assert "すでに確定しています" in again


def test_adding_to_a_closed_record(meeting: Meeting, client: Client, secretariat: User) -> None:
    url = f"/meetings/{meeting.pk}/additions/new/"
    assert client.get(url).status_code == 403
    closed(meeting, secretariat)
    item = meeting.agenda.get()
    page = client.get(f"{url}?item={item.pk}").content.decode()
    assert f'<option value="{item.pk}" selected>' in page

    for text, reason in (("", "残る理由"), ("残る追記", "")):
        refused = client.post(url, {"agenda_item": "", "text": text, "reason": reason})
        assert f"{text or reason}</textarea>" in refused.content.decode()
    unknown = client.post(url, {"agenda_item": "99999", "text": "追記", "reason": "理由"})
    assert "入力内容を確認してください" in unknown.content.decode()
    assert not RecordAddition.objects.exists()

    sent = {"agenda_item": item.pk, "text": "発言の趣旨", "reason": "申し出があったため"}
    done = client.post(url, sent, follow=True).content.decode()

    assert "記録に追記しました。" in done
    addition = RecordAddition.objects.get()
    assert (addition.agenda_item, addition.added_by) == (item, secretariat)
    minutes = client.get(f"/meetings/{meeting.pk}/minutes/").content.decode()
    assert minutes.index(DISCUSSION) < minutes.index("発言の趣旨") < minutes.index("申し出があった")


def test_a_decision_is_added_to_a_closed_record_with_its_reason(
    meeting: Meeting, client: Client, secretariat: User, welfare: Department
) -> None:
    item = meeting.agenda.get()
    closed(meeting, secretariat)
    url = address(item, "decisions/new")
    assert "後から加える理由" in client.get(url).content.decode()
    refused = client.post(url, ruled(addition_reason="")).content.decode()
    assert "後から加える理由を書いてください。" in refused
    assert f"{INSTRUCTION}</textarea>" in refused

    done = client.post(url, ruled(addition_reason="記録の漏れ"), follow=True).content.decode()

    assert "後から加えた決定" in done
    assert "理由：記録の漏れ" in done
    decision = Decision.objects.get()
    for leaf in ("edit", "withdraw"):
        assert client.get(decision_address(decision, leaf)).status_code == 403
    kept = client.post(decision_address(decision, "edit"), ruled(text="打った言葉", version=1))
    assert "記録は確定している" in kept.content.decode()
    assert "打った言葉</textarea>" in kept.content.decode()


def test_a_decision_withdrawn_meanwhile_is_not_found(
    item: AgendaItem, client: Client, secretariat: User
) -> None:
    decision = decide(item.meeting, secretariat)
    withdraw_decision(decision=Decision.objects.get(), reason="誤り", by=secretariat)

    assert client.post(decision_address(decision, "edit"), ruled(version=1)).status_code == 404
