"""The law of planned changes of responsibility: whatever is planned, moved and called off, in whatever order."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from assigning import held
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from time_machine import Traveller

from initiatives.actions.departments import assign_departments
from initiatives.actions.planned_ends import Recall
from initiatives.actions.recalling import recall_turns
from initiatives.errors import EntryRefused, RecallRefused
from initiatives.models import Initiative
from initiatives.queries.planned_turns import planned_turns
from kirishima_dx import clock
from people.models import Department, User
from plans.models import FocusItem

FIRST = datetime(2026, 10, 16, 9)
CODES = ("welfare", "planning", "third")
ASSIGN = st.tuples(
    st.sampled_from([*CODES, ""]), st.sets(st.sampled_from(CODES)), st.integers(0, 9)
)
RECALL = st.tuples(st.integers(0, 9), st.none() | st.integers(1, 12))
ACTS = st.lists(ASSIGN | RECALL, min_size=2, max_size=9)


def act(item: FocusItem, told: tuple, by: User) -> None:  # type: ignore[type-arg]  # Either of the two above.
    """Assign somebody from a coming day on, or call a plan off or move it."""
    if len(told) == 2:
        number, ahead = told
        turns = planned_turns(clock.today())
        if turns:
            turn = turns[number % len(turns)]
            new_day = clock.today() + timedelta(days=ahead) if ahead else None
            recall = Recall("日の誤り", by, new_day)
            recall_turns(seen={turn.name: turn.fingerprint}, recall=recall)
        return
    lead, supporting, ahead = told
    known = {one.code: one for one in Department.objects.all()}
    assign_departments(
        focus_item=item,
        lead=known.get(lead),
        supporting=[known[code] for code in supporting - {lead}],
        from_date=clock.today() + timedelta(days=ahead),
        reason="新しい体制",
        opened_revision=Initiative.objects.revision_of(item),
        by=by,
    )


def who(days: Sequence[date]) -> list[list[tuple[str, str]]]:
    return [held("1-A-1", day) for day in days]


@pytest.fixture
def third(db: None) -> Department:
    return Department.objects.create(code="third", name="窓口課", order=30)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
@example(
    # A 関係課 leads between two plans in which it supports and leads.
    acts=[
        ("third", {"welfare", "planning"}, 8),
        ("welfare", {"third", "planning"}, 5),
        ("third", set(), 0),
    ]
)
def test_nobody_is_responsible_twice_and_without_its_plans_an_item_stays_as_it_is(
    responsible: FocusItem,
    third: Department,
    secretariat: User,
    frozen_clock: Traveller,
    acts: list[tuple],  # type: ignore[type-arg]  # As above.
) -> None:
    """On no day is there a second lead, or a department twice; a day gone by stays as it was; and once all plans are
    called off, the last one first, whoever is responsible today is so from then on."""
    with transaction.atomic():
        passed: dict[date, list[tuple[str, str]]] = {}
        for number, told in enumerate(acts):
            frozen_clock.move_to(FIRST + timedelta(days=number))
            try:
                with transaction.atomic():
                    act(responsible, told, secretariat)
            except (EntryRefused, RecallRefused):
                pass
            today = clock.today()
            ahead = [today + timedelta(days=n) for n in range(25)]
            for held_then in who(ahead):
                assert sum(kind == "lead" for kind, _ in held_then) <= 1
                assert len({code for _, code in held_then}) == len(held_then)
            assert who(list(passed)) == list(passed.values())
            passed[today] = held("1-A-1", today)
        frozen_clock.move_to(FIRST + timedelta(days=len(acts)))
        today = clock.today()
        now = held("1-A-1", today)
        while turns := planned_turns(today):
            turn = max(turns, key=lambda one: (one.planned_at, one.day))
            recall_turns(seen={turn.name: turn.fingerprint}, recall=Recall("取りやめ", secretariat))
        assert who([today + timedelta(days=n) for n in range(25)]) == [now] * 25
        transaction.set_rollback(True)
