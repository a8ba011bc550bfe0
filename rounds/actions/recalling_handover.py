"""A planned handover is called off, or moved to another day, until its day has come (rule A4)."""

from datetime import date

from django.db import transaction

from initiatives.actions.planned_ends import Recall
from initiatives.actions.recalling import call_off, lock_initiatives
from initiatives.errors import RecallRefused
from initiatives.queries.planned_turns import PlannedTurn
from kirishima_dx import clock
from kirishima_dx.history import explain
from people.models import Department, SuccessionRecall, User
from rounds.actions.handover import (
    Handover,
    HandoverOutdated,
    HandoverRefused,
    hand_over,
    lock_departments_of,
)
from rounds.queries.handed_roles import HandedRole
from rounds.queries.handover import holdings_of
from rounds.queries.planned_handover import PlannedHandover, obstacles_of, planned_handover


@transaction.atomic
def recall_handover(*, department: Department, seen: str, recall: Recall) -> PlannedHandover:
    """Call a planned handover off, or move it: the department goes on with all that it held, as if nothing was planned.

    That it was planned stays on record. Raises HandoverOutdated where its day has come or what it changed is not what
    `seen` (PlannedHandover.fingerprint) stands for, and HandoverRefused where something builds on it.
    """
    planned = _taken(department)
    if planned.fingerprint != seen:
        raise HandoverOutdated
    obstacles = obstacles_of(planned)
    if obstacles:
        raise HandoverRefused("".join(obstacles))
    again = _allocation(planned)
    try:
        call_off(planned.turns, recall)
    except RecallRefused as refused:
        raise HandoverRefused(str(refused)) from refused
    for role in planned.roles:
        _give_back(role, recall)
    _go_on(planned, recall)
    _record(planned, recall)
    if recall.new_day is not None:
        _hand_over_again(planned, again, recall.new_day, recall.by)
    return planned


def _taken(department: Department) -> PlannedHandover:
    """Take turns with everybody who hands these departments over or assigns their items; return what stands then."""
    first = planned_handover(department, clock.today())
    if first is None:
        raise HandoverOutdated
    known = lock_departments_of(department, first.successors)
    lock_initiatives(turn.initiative.pk for turn in first.turns)
    planned = planned_handover(known[department.pk], clock.today())
    if planned is None:
        raise HandoverOutdated
    return planned


def _give_back(handed: HandedRole, recall: Recall) -> None:
    """Let a role be held as before; one that somebody changed since stays as it is."""
    if not handed.stands:
        return
    explain(handed.role, by=recall.by, reason=recall.reason)
    if handed.began:
        handed.role.delete()  # Nobody ever held it; its history stays.
        return
    handed.role.department_id, handed.role.valid_until = handed.department_id, handed.valid_until
    handed.role.save(update_fields=["department", "valid_until"])


def _go_on(planned: PlannedHandover, recall: Recall) -> None:
    planned.before.valid_until = planned.until
    explain(planned.before, by=recall.by, reason=recall.reason)
    planned.before.save(update_fields=["valid_until"])
    for founded in planned.founded:
        founded.valid_from = recall.new_day or founded.valid_from
        founded.called_off_on = None if recall.new_day else clock.today()
        explain(founded, by=recall.by, reason=recall.reason)
        founded.save(update_fields=["valid_from", "called_off_on"])


def _record(planned: PlannedHandover, recall: Recall) -> None:
    now = clock.now()
    SuccessionRecall.objects.bulk_create(
        SuccessionRecall(
            succession=succession,
            planned_day=planned.day,
            reason=recall.reason,
            recalled_on=clock.today(),
            recalled_at=now,
            recalled_by=recall.by,
            new_day=recall.new_day,
        )
        for succession in planned.successions
    )


Allocation = tuple[dict[int, Department], dict[int, Department | None]]
"""To which successor responsibilities and roles (their keys) went."""


def _allocation(planned: PlannedHandover) -> Allocation:
    items = {
        one.pk: _successor_in(turn, planned)
        for turn in planned.turns
        for one in turn.ended
        if one.department_id == planned.before.pk
    }
    begun = {
        (one.role.user_id, one.role.role): one.role.department
        for one in planned.roles
        if one.role.department_id != planned.before.pk
    }
    roles = {
        one.role.pk: begun.get((one.role.user_id, one.role.role))
        for one in planned.roles
        if not one.began
    }
    return items, roles


def _successor_in(turn: PlannedTurn, planned: PlannedHandover) -> Department:
    """Return who took an item over: the successor that begins, else one that is responsible already."""
    begun = {one.department_id for one in turn.began}
    held = turn.initiative.responsibilities.counted().not_ended_before(planned.day)
    there = set(held.filter(valid_from__lte=planned.day).values_list("department_id", flat=True))
    in_order = sorted(
        planned.successors, key=lambda one: (one.pk not in begun, one.pk not in there)
    )
    return in_order[0]


def _hand_over_again(planned: PlannedHandover, allocation: Allocation, day: date, by: User) -> None:
    items, roles = allocation
    holdings = holdings_of(planned.before, day)
    hand_over(
        handover=Handover(
            before=planned.before,
            successors=planned.successors,
            items={
                one.pk: items.get(one.pk, planned.successors[0])
                for one in holdings.responsibilities
            },
            roles={one.pk: roles.get(one.pk) for one in holdings.roles},
            day=day,
            reason=planned.reason,
        ),
        seen=holdings.fingerprint,
        by=by,
    )
