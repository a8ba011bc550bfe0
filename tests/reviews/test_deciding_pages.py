"""Recording a decision, changing it and taking it back, in the browser."""

from typing import Any

from django.test import Client
from meeting_cast import (
    INSTRUCTION,
    address,
    closed,
    decide,
    decision_address,
    planned,
    verdict,
)

from people.models import Department, User
from plans.models import Edition
from reviews.actions.deciding import record_decision, withdraw_decision
from reviews.actions.following_up import follow_up
from reviews.enums import FollowUpStep
from reviews.models import AgendaItem, Decision, Meeting


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


def test_recording_and_changing_a_decision(
    item: AgendaItem, desk: Client, welfare: Department, planning: Department
) -> None:
    assert "決定・指示事項を記録する" in desk.get(address(item, "decisions/new")).content.decode()
    response = desk.post(address(item, "decisions/new"), ruled(), follow=True)
    assert "決定・指示事項 R8-1-1 を記録しました。" in response.content.decode()
    decision = Decision.objects.get()
    assert {one.code for one in decision.focus_items.all()} == {"1-A-1", "2-A-1"}

    page = desk.get(decision_address(decision, "edit")).content.decode()
    assert 'value="福祉課"' in page
    assert 'value="2026-12-25"' in page
    assert 'value="1-A-1、2-A-1"' in page
    changed = desk.post(
        decision_address(decision, "edit"), ruled(owner="企画課", items="", version=1)
    )

    assert changed.headers["Location"] == address(item)
    decision.refresh_from_db()
    assert (decision.owner, decision.focus_items.count()) == (planning, 0)
    wrong = desk.post(
        decision_address(decision, "edit"), ruled(owner="ない課", text="残る言葉", version=2)
    )
    assert "残る言葉</textarea>" in wrong.content.decode()
    assert 'value="ない課"' in wrong.content.decode()


def test_an_owner_that_has_ended_since_stays_choosable(
    item: AgendaItem, desk: Client, secretariat: User, welfare: Department
) -> None:
    decision = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    Department.objects.filter(pk=welfare.pk).update(valid_until="2026-10-14")

    assert (
        "「福祉課」という部署"
        in desk.post(address(item, "decisions/new"), ruled(text="別の指示")).content.decode()
    )
    desk.post(decision_address(decision, "edit"), ruled(text="言い換え", version=1))

    decision.refresh_from_db()
    assert (decision.text, decision.owner) == ("言い換え", welfare)


def test_g4_two_who_change_a_decision(
    item: AgendaItem, desk: Client, secretariat: User, welfare: Department
) -> None:
    decision = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    url = decision_address(decision, "edit")
    desk.post(url, ruled(text="ほかの人の言葉", version=1))

    response = desk.post(url, ruled(text="わたしの言葉", due_on="2027-01-29", version=1))

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
    item: AgendaItem, desk: Client, secretariat: User, editor: User, welfare: Department
) -> None:
    decision = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    url = decision_address(decision, "withdraw")
    assert INSTRUCTION in desk.get(url).content.decode()
    assert "取り消す理由を書いてください。" in desk.post(url, {"reason": ""}).content.decode()

    page = desk.post(url, {"reason": "誤って記録した"}, follow=True).content.decode()

    assert "決定・指示事項 R8-1-1 を取り消しました。" in page
    assert not Decision.objects.exists()
    assert desk.get(url).status_code == 404
    second = record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)
    follow_up(decision=second, step=FollowUpStep.ANSWERED, text="済", opened_number=0, by=editor)
    refused = desk.post(decision_address(second, "withdraw"), {"reason": "書いた理由"})
    assert "対応が報告されている" in refused.content.decode()
    assert "書いた理由</textarea>" in refused.content.decode()


def test_a_decision_of_another_sitting_is_not_found(
    small_edition: Edition, desk: Client, secretariat: User, item: AgendaItem
) -> None:
    decision = decide(item.meeting, secretariat)
    other = planned(small_edition, secretariat, number=2)

    for leaf in ("edit", "withdraw"):
        assert desk.get(f"/meetings/{other.pk}/decisions/{decision.pk}/{leaf}/").status_code == 404


def test_a_decision_is_added_to_a_closed_record_with_its_reason(
    meeting: Meeting, desk: Client, secretariat: User, welfare: Department
) -> None:
    item = meeting.agenda.get()
    closed(meeting, secretariat)
    url = address(item, "decisions/new")
    assert "後から加える理由" in desk.get(url).content.decode()
    refused = desk.post(url, ruled(addition_reason="")).content.decode()
    assert "後から加える理由を書いてください。" in refused
    assert f"{INSTRUCTION}</textarea>" in refused

    done = desk.post(url, ruled(addition_reason="記録の漏れ"), follow=True).content.decode()

    assert "後から加えた決定" in done
    assert "理由：記録の漏れ" in done
    decision = Decision.objects.get()
    for leaf in ("edit", "withdraw"):
        assert desk.get(decision_address(decision, leaf)).status_code == 403
    kept = desk.post(decision_address(decision, "edit"), ruled(text="打った言葉", version=1))
    assert "記録は確定している" in kept.content.decode()
    assert "打った言葉</textarea>" in kept.content.decode()


def test_a_decision_withdrawn_meanwhile_is_not_found(
    item: AgendaItem, desk: Client, secretariat: User
) -> None:
    decision = decide(item.meeting, secretariat)
    withdraw_decision(decision=Decision.objects.get(), reason="誤り", by=secretariat)

    assert desk.post(decision_address(decision, "edit"), ruled(version=1)).status_code == 404


def test_the_forms_of_an_answered_decision_do_not_open_and_lose_nothing(
    meeting: Meeting, desk: Client, secretariat: User, welfare: Department
) -> None:
    decision = decide(meeting, secretariat, welfare)
    answered = FollowUpStep.ANSWERED
    follow_up(decision=decision, step=answered, text="調べた。", opened_number=0, by=secretariat)
    form = {"kind": "noted", "text": "言い換え", "version": "1"}

    for leaf in ("edit", "withdraw"):
        refused = desk.get(decision_address(decision, leaf))
        assert refused.status_code == 403
        assert "対応が報告されている" in refused.content.decode()
    page = desk.post(decision_address(decision, "edit"), form).content.decode()

    assert "対応が報告されている" in page
    assert "言い換え</textarea>" in page
    assert Decision.objects.get().text == INSTRUCTION
