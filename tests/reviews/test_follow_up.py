"""What comes of a decision: by whom, from which state to which, and that two people at once are told (G4)."""

from itertools import product
from typing import Any

import pytest
from beginnings import lasting
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from follow_cast import REPORTED, ended, step
from meeting_cast import decided

from kirishima_dx import clock
from people.enums import Role
from people.models import Department, RoleAssignment, User
from plans.models import Edition
from reviews.enums import FOLLOW_UPS, DecisionState, FollowUpStep, state_after
from reviews.errors import DecisionRefused, RecordConflict
from reviews.models import Decision, FollowUp
from reviews.queries.decisions import rows_of
from reviews.rules import acting_department, can_answer_decision, can_settle_decisions

WAYS: dict[DecisionState, tuple[FollowUpStep, ...]] = {
    DecisionState.OPEN: (),
    DecisionState.ANSWERED: (FollowUpStep.ANSWERED,),
    DecisionState.CLOSED: (FollowUpStep.ANSWERED, FollowUpStep.CLOSED),
}
"""How a decision comes into each state."""


@pytest.fixture
@lasting
def decision(small_edition: Edition, secretariat: User, welfare: Department) -> Decision:
    """An instruction to 福祉課, nothing done about it yet."""
    return decided(small_edition, secretariat, welfare)


def state(decision: Decision) -> DecisionState | None:
    (row,) = rows_of(Decision.objects.filter(pk=decision.pk), clock.today())
    return row.state


@pytest.mark.parametrize(("before", "kind"), list(product(DecisionState, FollowUpStep)))
def test_a_step_is_taken_from_the_states_that_allow_it_and_leads_where_it_should(
    decision: Decision, secretariat: User, before: DecisionState, kind: FollowUpStep
) -> None:
    for one in WAYS[before]:
        step(decision, one, secretariat)
    assert state(decision) == before
    allowed, after = FOLLOW_UPS[kind]

    if before in allowed:
        taken = step(decision, kind, secretariat)
        assert (taken.number, state(decision)) == (len(WAYS[before]) + 1, after)
    else:
        with pytest.raises(DecisionRefused, match=f"いま「{before.label}」"):
            step(decision, kind, secretariat)
        assert (state(decision), decision.follow_ups.count()) == (before, len(WAYS[before]))


def test_every_state_is_reached_and_left() -> None:
    assert {after for _, after in FOLLOW_UPS.values()} == set(DecisionState)
    assert {one for allowed, _ in FOLLOW_UPS.values() for one in allowed} == set(DecisionState)
    assert state_after(None) == DecisionState.OPEN


def test_a_step_keeps_who_for_which_department_and_when(decision: Decision, editor: User) -> None:
    taken = step(decision, FollowUpStep.ANSWERED, editor)

    assert (taken.text, taken.taken_by, taken.taken_at) == (REPORTED, editor, clock.now())
    assert taken.said_by == "福祉課 担当 太郎"


def test_the_secretariat_speaks_for_no_department(decision: Decision, secretariat: User) -> None:
    assert step(decision, FollowUpStep.ANSWERED, secretariat).said_by == "事務 局子"


@pytest.mark.parametrize("kind", FollowUpStep)
@pytest.mark.parametrize("text", ["", "  \n　"])
def test_a_step_says_something(
    decision: Decision, secretariat: User, kind: FollowUpStep, text: str
) -> None:
    before = next(one for one in DecisionState if one in FOLLOW_UPS[kind][0])
    for one in WAYS[before]:
        step(decision, one, secretariat)

    with pytest.raises(DecisionRefused, match="書いてください"):
        step(decision, kind, secretariat, text)


def test_nothing_is_owed_for_what_has_no_owner(small_edition: Edition, secretariat: User) -> None:
    noted = decided(small_edition, secretariat, None)

    with pytest.raises(DecisionRefused, match="担当がない"):
        step(noted, FollowUpStep.ANSWERED, secretariat)


def test_g4_of_two_who_act_on_the_same_state_the_second_is_told(
    decision: Decision, editor: User, certifier: User
) -> None:
    step(decision, FollowUpStep.ANSWERED, editor, "一人目の報告。", opened=0)

    with pytest.raises(RecordConflict) as conflict:
        step(decision, FollowUpStep.ANSWERED, certifier, "二人目の報告。", opened=0)

    assert conflict.value.current == decision
    assert list(decision.follow_ups.values_list("text", flat=True)) == ["一人目の報告。"]


@pytest.mark.parametrize(
    "sql",
    ["UPDATE reviews_followup SET text = 'x'", "DELETE FROM reviews_followup"],
)
def test_what_was_said_stays(decision: Decision, editor: User, sql: str) -> None:
    step(decision, FollowUpStep.ANSWERED, editor)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert FollowUp.objects.get().text == REPORTED


ANSWERS = {"editor", "certifier", "secretariat"}


@pytest.mark.parametrize(
    "role", ["staff", "headquarters", "outsider", "other_editor", *sorted(ANSWERS)]
)
def test_who_may_answer_and_who_may_settle(
    decision: Decision, role: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(role)

    assert can_answer_decision(user, decision, clock.today()) == (role in ANSWERS)
    assert can_settle_decisions(user) == (role == "secretariat")


def test_anonymous_people_and_decisions_without_owner(
    decision: Decision, small_edition: Edition, secretariat: User
) -> None:
    noted = decided(small_edition, secretariat, None)

    assert not can_answer_decision(AnonymousUser(), decision, clock.today())
    assert not can_settle_decisions(AnonymousUser())
    assert not can_answer_decision(secretariat, noted, clock.today())


def writer(department: Department, **period: Any) -> User:
    user = User.objects.create_user(username=f"of-{department.code}", name="後任 次郎")
    RoleAssignment.objects.create(user=user, role=Role.EDITOR, department=department, **period)
    return user


@pytest.fixture
def heir(db: None) -> Department:
    return Department.objects.create(code="health", name="健康福祉課", order=4)


def test_who_took_over_answers_under_its_own_name(
    decision: Decision, welfare: Department, heir: Department, editor: User, secretariat: User
) -> None:
    ended(welfare, heir, by=secretariat)
    successor = writer(heir)

    assert can_answer_decision(successor, decision, clock.today())
    assert not can_answer_decision(editor, decision, clock.today()), "福祉課 is no more"
    assert acting_department(successor, decision, clock.today()) == heir
    assert step(decision, FollowUpStep.ANSWERED, successor).department_name == "健康福祉課"
    assert Decision.objects.get().owner_name == "福祉課"


def test_both_parts_of_a_split_department_answer(
    decision: Decision,
    welfare: Department,
    planning: Department,
    heir: Department,
    other_editor: User,
    secretariat: User,
) -> None:
    ended(welfare, heir, planning, by=secretariat)

    assert can_answer_decision(writer(heir), decision, clock.today())
    assert can_answer_decision(other_editor, decision, clock.today())


def test_a_merger_answers_for_all_that_went_into_it(
    small_edition: Edition,
    welfare: Department,
    planning: Department,
    heir: Department,
    secretariat: User,
) -> None:
    of_welfare = decided(small_edition, secretariat, welfare)
    of_planning = decided(small_edition, secretariat, planning, text="もう一つの指示。")
    for one in (welfare, planning):
        ended(one, heir, by=secretariat)
    successor = writer(heir)

    assert can_answer_decision(successor, of_welfare, clock.today())
    assert can_answer_decision(successor, of_planning, clock.today())


def test_without_heir_the_secretariat_alone_answers(
    decision: Decision,
    welfare: Department,
    editor: User,
    other_editor: User,
    secretariat: User,
) -> None:
    ended(welfare, by=secretariat)

    may = [
        can_answer_decision(user, decision, clock.today())
        for user in (editor, other_editor, secretariat)
    ]

    assert may == [False, False, True]
