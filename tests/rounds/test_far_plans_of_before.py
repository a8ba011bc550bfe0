"""A4: what was planned for a day of before there were bounds is called off and moved all the same."""

from datetime import date

import pytest
from assigning import assign, held
from django.test import Client
from handing_over import ADDRESS, DAY, SPLIT, chosen
from old_rows import without_bounds_of_days
from test_recalled_handover import called_off, standing

from initiatives.actions.planned_ends import Recall
from initiatives.actions.recalling import recall_turns
from initiatives.queries.planned_turns import planned_turns
from kirishima_dx import clock
from people.models import Department, RoleAssignment, User
from plans.models import FocusItem
from rounds.actions.handover import Handover, hand_over
from rounds.queries.handover import holdings_of

OUT_OF_BOUNDS = date(9999, 12, 31)


@pytest.fixture
def endless(certifier: User) -> RoleAssignment:
    """A role until 9999-12-31, which stood for 期限なし."""
    role = certifier.role_assignments.get()
    with without_bounds_of_days():
        role.valid_until = OUT_OF_BOUNDS
        role.save()
    return role


@pytest.mark.parametrize("new_day", [None, DAY])
def test_a_handover(
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    new_day: date | None,
) -> None:
    before = standing()
    holds = holdings_of(welfare, OUT_OF_BOUNDS)
    successor = Department(code="korei", name="高齢福祉課")
    with without_bounds_of_days():
        hand_over(
            handover=Handover(
                before=welfare,
                successors=[successor],
                items={one.pk: successor for one in holds.responsibilities},
                roles={one.pk: successor for one in holds.roles},
                day=OUT_OF_BOUNDS,
                reason="機構改革",
            ),
            seen=holds.fingerprint,
            by=secretariat,
        )

    called_off("welfare", secretariat, new_day)
    if new_day is not None:
        called_off("welfare", secretariat)

    assert standing() == before


def test_a_role_without_an_end_is_handed_over_and_given_back(
    responsible: FocusItem, endless: RoleAssignment, secretariat: User, desk: Client
) -> None:
    before = standing()
    desk.post(ADDRESS, chosen(desk, SPLIT))
    assert standing() != before

    called_off("welfare", secretariat)

    assert standing() == before


@pytest.mark.parametrize("new_day", [None, DAY])
def test_a_responsibility_and_what_ends_with_it(
    responsible: FocusItem,
    planning: Department,
    welfare: Department,
    secretariat: User,
    new_day: date | None,
) -> None:
    with without_bounds_of_days():
        assign(responsible, planning, by=secretariat, since=OUT_OF_BOUNDS)
    # What begins before it takes its end over.
    assign(responsible, welfare, by=secretariat, since=date(2026, 12, 1))
    (turn,) = (one for one in planned_turns(clock.today()) if one.day == OUT_OF_BOUNDS)

    recall_turns(
        seen={turn.name: turn.fingerprint}, recall=Recall("日の誤り", secretariat, new_day)
    )

    assert held("1-A-1", date(2100, 12, 31)) == [("lead", "planning" if new_day else "welfare")]
