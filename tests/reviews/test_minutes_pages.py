"""Writing down what is said and decided in a sitting, in the browser."""

from typing import Any

import pytest
from django.test import Client
from meeting_cast import (
    DUE,
    INSTRUCTION,
    address,
    decision_address,
    planned,
    put,
    said,
)

from people.models import Department, User
from plans.models import Edition
from reviews.actions.agenda import remove_agenda_item
from reviews.actions.minutes import write_opinion
from reviews.models import AgendaItem, Decision


def typed(discussion: str = "議論した。", version: int = 1, **decision: str) -> dict[str, Any]:
    """Return what the page of the minutes sends: a discussion, and a decision where one is named."""
    plain = {"text": "", "owner": "", "due_on": "", "items": "1-A-1"}
    named = {f"decision-{name}": value for name, value in {**plain, **decision}.items()}
    return {"discussion": discussion, "version": version, **named}


def test_the_page_lays_what_is_needed_beside_the_field(
    item: AgendaItem, desk: Client, headquarters: User
) -> None:
    write_opinion(agenda_item=item, text="財源を示すべき。", by=headquarters)

    page = desk.get(address(item)).content.decode()

    for words in ("来年度の進め方を決める。", "財源を示すべき。", "保存して次の議題へ"):
        assert words in page
    assert 'name="decision-items" value="1-A-1"' in page
    assert '<option value="福祉課">' in page
    assert "指示：担当が期限までにする" in page


def test_discussion_and_decision_are_saved_and_the_next_item_opens(
    item: AgendaItem, desk: Client, welfare: Department
) -> None:
    sent = typed(kind="instruction", text=INSTRUCTION, owner="welfare", due_on="R8.12.25")

    response = desk.post(address(item), {**sent, "then_next": "1"})

    following = item.meeting.agenda.get(title="三つめ")
    assert response.headers["Location"] == address(following)
    item.refresh_from_db()
    decision = item.decisions.get()
    assert (item.discussion, decision.text) == ("議論した。", INSTRUCTION)
    assert (decision.owner, decision.due_on) == (welfare, DUE)
    assert [one.code for one in decision.focus_items.all()] == ["1-A-1"]
    last = desk.post(address(following), {**typed("済み", items=""), "then_next": "1"})
    assert last.headers["Location"] == item.meeting.get_absolute_url()
    assert following.decisions.count() == 0


def test_a_kind_chosen_by_mistake_is_taken_back(item: AgendaItem, desk: Client) -> None:
    assert 'value="" id="id_decision-kind_0"' in desk.get(address(item)).content.decode()

    desk.post(address(item), typed(kind=""))

    item.refresh_from_db()
    assert (item.discussion, Decision.objects.count()) == ("議論した。", 0)


def test_staying_on_the_item_offers_one_more_decision(item: AgendaItem, desk: Client) -> None:
    page = desk.post(address(item), typed(kind="noted", text="了承する。"), follow=True)

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
    item: AgendaItem, desk: Client, wrong: dict[str, str], message: str
) -> None:
    response = desk.post(address(item), typed("書いた議論", **wrong))

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "書いた議論</textarea>" in page
    for value in wrong.values():
        assert value in page
    item.refresh_from_db()
    assert (item.discussion, Decision.objects.count()) == ("", 0)


def test_before_the_day_nothing_is_saved_and_nothing_lost(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    item = put(planned(small_edition, secretariat), secretariat)
    assert "になると、議事を保存できます" in desk.get(address(item)).content.decode()

    page = desk.post(address(item), typed("早すぎる議論", items="")).content.decode()

    assert "会議の日になってから" in page
    assert "早すぎる議論</textarea>" in page


def test_g4_two_who_write_the_minutes_see_both_texts(
    item: AgendaItem, desk: Client, secretariat: User
) -> None:
    said(item, secretariat, "ほかの人の要旨")
    mine = typed("わたしの要旨", kind="noted", text="了承する。")

    response = desk.post(address(item), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "ほかの人の要旨" in page
    assert "わたしの要旨</textarea>" in page
    assert "了承する。</textarea>" in page
    assert 'name="version" value="2"' in page
    assert not Decision.objects.exists()
    desk.post(address(item), {**mine, "version": 2})
    item.refresh_from_db()
    assert (item.discussion, item.decisions.count()) == ("わたしの要旨", 1)


def test_a_decision_alone_does_not_clash_with_who_writes_the_discussion(
    item: AgendaItem, desk: Client, secretariat: User
) -> None:
    said(item, secretariat, "ほかの人の要旨")

    response = desk.post(address(item), typed("", kind="noted", text="了承する。"))

    assert response.status_code == 302
    item.refresh_from_db()
    assert (item.discussion, item.decisions.count()) == ("ほかの人の要旨", 1)


def test_what_is_written_of_a_matter_taken_off_meanwhile_stays_in_sight(
    item: AgendaItem, desk: Client, secretariat: User
) -> None:
    url = address(item)
    remove_agenda_item(agenda_item=item, by=secretariat)

    response = desk.post(url, {"discussion": "長い議論。<b>", "version": "1"})
    page = response.content.decode()

    assert response.status_code == 404
    assert "議題から外されたのかもしれません" in page
    assert "保存していません" in page
    assert "長い議論。&lt;b&gt;" in page
    nowhere = desk.post("/meetings/nowhere/", {"discussion": "長い議論。"})
    assert "保存していません" not in nowhere.content.decode()
