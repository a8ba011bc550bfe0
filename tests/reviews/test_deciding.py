"""Recording what the DX推進本部 decided: what a decision needs, its number, changing it and taking it back."""

from datetime import date
from typing import Any

import pytest
from beginnings import lasting
from meeting_cast import DUE, PAST, closed, decide, decided, held, verdict

from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.deciding import change_decision, record_decision, withdraw_decision
from reviews.actions.following_up import follow_up
from reviews.enums import OWED_KINDS, STUDY_OUTCOMES, DecisionKind, FollowUpStep
from reviews.errors import DecisionRefused, MeetingRefused, RecordConflict
from reviews.models import AgendaItem, Decision


@pytest.fixture
@lasting
def item(small_edition: Edition, secretariat: User) -> AgendaItem:
    """The one agenda item of a sitting of yesterday."""
    return held(small_edition, secretariat).agenda.get()


@pytest.fixture
def focus_item(small_edition: Edition) -> FocusItem:
    return FocusItem.objects.get(plan=small_edition.plan, code="1-A-2")


def test_a_decision_keeps_who_when_and_the_names_as_they_were(
    item: AgendaItem, secretariat: User, welfare: Department, focus_item: FocusItem
) -> None:
    decision = record_decision(
        agenda_item=item, verdict=verdict(welfare, focus_items=[focus_item]), by=secretariat
    )
    Department.objects.filter(pk=welfare.pk).update(name="改名後の課")

    decision.refresh_from_db()
    assert (decision.code, decision.owner_name, decision.due_on) == ("R8-1-1", "福祉課", DUE)
    assert list(decision.focus_items.all()) == [focus_item]
    assert decision.recorded_by_name == "事務 局子"
    assert decision.history.get().history_user == secretariat


@pytest.mark.parametrize("kind", DecisionKind)
def test_every_kind_is_recorded_with_what_it_needs(
    item: AgendaItem,
    secretariat: User,
    welfare: Department,
    focus_item: FocusItem,
    kind: DecisionKind,
) -> None:
    owner = welfare if kind in OWED_KINDS else None
    items = [focus_item] if kind in STUDY_OUTCOMES else []

    decision = record_decision(
        agenda_item=item, verdict=verdict(owner, kind=kind, focus_items=items), by=secretariat
    )

    assert (decision.kind, decision.is_owed) == (kind, kind in OWED_KINDS)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": " "}, "内容を書いて"),
        ({"kind": DecisionKind.INSTRUCTION, "due_on": DUE}, "「指示」には、担当と期限"),
        ({"kind": DecisionKind.CONTINUE_STUDY}, "「継続検討」には、担当と期限"),
        ({"due_on": DUE}, "期限には、担当が必要"),
        ({"kind": DecisionKind.CONCRETISE}, "関わる重点項目が必要"),
        ({"kind": DecisionKind.STOP}, "関わる重点項目が必要"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(
    item: AgendaItem, secretariat: User, wrong: dict[str, Any], message: str
) -> None:
    with pytest.raises(DecisionRefused, match=message):
        record_decision(agenda_item=item, verdict=verdict(**wrong), by=secretariat)
    assert not Decision.objects.exists()


def test_an_owner_without_a_day_and_a_day_before_the_sitting_are_refused(
    item: AgendaItem, secretariat: User, welfare: Department
) -> None:
    for due_on, message in ((None, "担当と期限"), (date(2026, 10, 13), "会議の日以後")):
        with pytest.raises(DecisionRefused, match=message):
            record_decision(
                agenda_item=item, verdict=verdict(welfare, due_on=due_on), by=secretariat
            )
    assert decide(item.meeting, secretariat, welfare, due_on=PAST).due_on == PAST


def test_the_same_decision_is_not_recorded_twice(
    item: AgendaItem, secretariat: User, welfare: Department
) -> None:
    decide(item.meeting, secretariat, welfare)

    with pytest.raises(DecisionRefused, match="同じ内容の決定"):
        decide(item.meeting, secretariat, welfare)


def test_numbers_go_on_after_a_withdrawal(item: AgendaItem, secretariat: User) -> None:
    first, second = (decide(item.meeting, secretariat, text=text) for text in ("一", "二"))
    withdraw_decision(decision=second, reason="誤って記録した", by=secretariat)
    third = decide(item.meeting, secretariat, text="三")

    assert [first.number, third.number] == [1, 3]
    gone = Decision.history.filter(id=second.pk).latest()
    assert (gone.history_type, gone.history_user) == ("-", secretariat)
    assert gone.history_change_reason == "誤って記録した"


def test_changing_a_decision_and_what_it_concerns(
    item: AgendaItem, secretariat: User, welfare: Department, planning: Department
) -> None:
    plan_items = list(FocusItem.objects.order_by("code")[:3])
    decision = decide(item.meeting, secretariat, welfare, focus_items=plan_items[:2])

    changed = change_decision(
        decision=decision,
        verdict=verdict(planning, text="言い換え", focus_items=plan_items[1:]),
        opened_version=1,
        by=secretariat,
    )

    assert (changed.text, changed.owner_name, changed.version) == ("言い換え", "企画課", 2)
    assert list(changed.focus_items.order_by("code")) == plan_items[1:]
    assert changed.number == decision.number
    with pytest.raises(RecordConflict):
        change_decision(
            decision=decision, verdict=verdict(planning), opened_version=1, by=secretariat
        )
    with pytest.raises(DecisionRefused):
        change_decision(
            decision=decision, verdict=verdict(text=""), opened_version=2, by=secretariat
        )


def test_what_was_answered_is_neither_changed_nor_taken_back(
    small_edition: Edition, secretariat: User, editor: User, welfare: Department
) -> None:
    decision = decided(small_edition, secretariat, welfare)
    with pytest.raises(DecisionRefused, match="取り消す理由"):
        withdraw_decision(decision=decision, reason=" ", by=secretariat)
    follow_up(
        decision=decision, step=FollowUpStep.ANSWERED, text="調べた。", opened_number=0, by=editor
    )
    with pytest.raises(DecisionRefused, match="対応が報告されている"):
        withdraw_decision(decision=decision, reason="理由", by=secretariat)
    with pytest.raises(DecisionRefused, match="対応が報告されている"):
        change_decision(
            decision=decision, verdict=verdict(text="別のこと"), opened_version=1, by=secretariat
        )
    assert Decision.objects.get().text == decision.text


def test_a_decision_taken_back_meanwhile_is_told(item: AgendaItem, secretariat: User) -> None:
    decision = decide(item.meeting, secretariat)
    withdraw_decision(decision=Decision.objects.get(), reason="誤り", by=secretariat)

    for late in (
        lambda: withdraw_decision(decision=decision, reason="誤り", by=secretariat),
        lambda: change_decision(
            decision=decision, verdict=verdict(), opened_version=1, by=secretariat
        ),
    ):
        with pytest.raises(DecisionRefused, match="ほかの人が取り消しました"):
            late()


def test_a_closed_record_takes_decisions_with_a_reason_alone(
    item: AgendaItem, secretariat: User, welfare: Department, focus_item: FocusItem
) -> None:
    first = decide(item.meeting, secretariat)
    with pytest.raises(MeetingRefused, match="理由なしに"):
        record_decision(
            agenda_item=item, verdict=verdict(welfare), by=secretariat, addition_reason="漏れ"
        )
    closed(item.meeting, secretariat)
    with pytest.raises(MeetingRefused, match="その理由を書いてください"):
        record_decision(agenda_item=item, verdict=verdict(welfare), by=secretariat)

    added = record_decision(
        agenda_item=item,
        verdict=verdict(welfare, focus_items=[focus_item]),
        by=secretariat,
        addition_reason="記録の漏れ",
    )

    assert (added.number, added.addition_reason) == (2, "記録の漏れ")
    assert list(added.focus_items.all()) == [focus_item]
    for decision in (first, added):
        with pytest.raises(MeetingRefused, match="記録は確定している"):
            change_decision(decision=decision, verdict=verdict(), opened_version=1, by=secretariat)
        with pytest.raises(MeetingRefused, match="記録は確定している"):
            withdraw_decision(decision=decision, reason="理由", by=secretariat)
