"""機構改革: a department ends, others take over what it held. What was said under its name stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from initiatives.actions.departments import assign_departments
from initiatives.enums import ResponsibilityKind
from initiatives.errors import EntryRefused
from initiatives.models import Responsibility
from initiatives.queries.standing import standing_on
from kirishima_dx import clock
from kirishima_dx.days import LATEST_DAY, day_after
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.history import explain
from people.models import Department, DepartmentSuccession, RoleAssignment, User
from rounds.queries.handover import Holdings, holdings_of


class HandoverOutdated(Exception):
    """What the department holds is no longer what the form showed (G4)."""


class HandoverRefused(ValueError):
    """A handover that cannot be made. The message says in Japanese why and what to do first."""


@dataclass(frozen=True)
class Handover:
    """What shall be handed over, and to whom.

    `successors` are departments; those without a key are new and begin on the day. `items` maps a responsibility and
    `roles` a role (their keys) to one of them; a role that maps to None ends without one.
    """

    before: Department
    successors: Sequence[Department]
    items: Mapping[int, Department]
    roles: Mapping[int, Department | None]
    day: date
    reason: str


@transaction.atomic
def hand_over(*, handover: Handover, seen: str, by: User) -> list[DepartmentSuccession]:
    """Hand a department over, all of it or nothing.

    It ends on the eve of the day; responsibilities and roles go on under the successors. Open answers belong to
    whoever leads the item, so they follow, and so do deadlines (Deadlines). Raises HandoverRefused, and
    HandoverOutdated where what it holds is not what `seen` (Holdings.fingerprint) stands for.
    """
    known = lock_departments_of(handover.before, handover.successors)
    before = known[handover.before.pk]
    refusal = refusal_of(before, handover.day)
    if refusal:
        raise HandoverRefused(refusal)
    holdings = holdings_of(before, handover.day)
    if holdings.fingerprint != seen:
        raise HandoverOutdated
    _refuse_in_the_way(holdings)
    now = clock.now()
    _begin_and_end(before, known, handover, by)
    successions = _record(before, handover, now, by)
    for responsibility in sorted(holdings.responsibilities, key=lambda r: r.initiative_id):
        _move_item(responsibility, handover, by)
    for role in holdings.roles:
        _move_role(role, handover, by)
    return successions


def lock_departments_of(
    before: Department, successors: Sequence[Department]
) -> dict[int, Department]:
    """Take turns with everybody who hands one of these departments over; return them, by key, as they stand."""
    keys = [before.pk, *(one.pk for one in successors if one.pk is not None)]
    locked = Department.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {one.pk: one for one in locked}


def refusal_of(before: Department, day: date) -> str:
    """Return why a department cannot be handed over on a day; empty where it can."""
    if before.succeeded_by.standing().exists():
        return f"「{before.name}」の引継ぎは、すでに記録されています。"
    if before.called_off_on is not None:
        return f"「{before.name}」は、設置を取りやめた部署です。"
    if before.valid_from is not None and day <= before.valid_from:
        return (
            f"引継ぎの日は、「{before.name}」の設置日"
            f"（{wareki_date(before.valid_from)}）より後の日にしてください。"
        )
    if before.valid_until is not None and day > day_after(before.valid_until):
        return (
            f"「{before.name}」は{wareki_date(before.valid_until)}で廃止されています。"
            f"引継ぎの日は{wareki_date(day_after(before.valid_until))}以前の日にしてください。"
        )
    return ""


def _refuse_in_the_way(holdings: Holdings) -> None:
    if holdings.in_the_way:
        codes = "、".join(r.initiative.focus_item.code for r in holdings.in_the_way)
        raise HandoverRefused(
            f"引継ぎの日より後に担当が変わる予定の項目があります（{codes}）。"
            "先に、その項目の担当を設定し直すか、引継ぎの日を見直してください。"
        )


def _begin_and_end(
    before: Department, known: Mapping[int, Department], handover: Handover, by: User
) -> None:
    for successor in handover.successors:
        there = known.get(successor.pk)
        if there is None or there.called_off_on is not None:
            successor.valid_from, successor.valid_until = handover.day, None
            successor.called_off_on = None
            explain(successor, by=by, reason=handover.reason)
            successor.save()
        elif there.pk == before.pk or not there.is_valid_on(handover.day):
            raise HandoverRefused(
                f"「{there.name}」は、{wareki_date(handover.day)}の後継にできません。"
            )
    before.valid_until = handover.day - timedelta(days=1)
    explain(before, by=by, reason=handover.reason)
    before.save(update_fields=["valid_until"])


def _record(
    before: Department, handover: Handover, now: datetime, by: User
) -> list[DepartmentSuccession]:
    return DepartmentSuccession.objects.bulk_create(
        DepartmentSuccession(
            before=before,
            after=successor,
            effective_from=handover.day,
            reason=handover.reason,
            recorded_at=now,
            recorded_by=by,
        )
        for successor in handover.successors
    )


def _move_item(responsibility: Responsibility, handover: Handover, by: User) -> None:
    initiative = responsibility.initiative
    initiative.refresh_from_db()
    lead, supporting = _afterwards(responsibility, handover.items[responsibility.pk], handover.day)
    try:
        assign_departments(
            focus_item=initiative.focus_item,
            lead=lead,
            supporting=supporting,
            from_date=handover.day,
            reason=handover.reason,
            opened_revision=initiative.revision,
            by=by,
        )
    except EntryRefused as refused:
        message = "".join(refused.errors.values())
        raise HandoverRefused(f"{initiative.focus_item.code}：{message}") from refused


def _afterwards(
    moving: Responsibility, successor: Department, day: date
) -> tuple[Department | None, list[Department]]:
    """Return who leads and who supports once the successor stands in the department's place.

    Whoever leads does not support as well.
    """
    lead: Department | None = None
    supporting: dict[int, Department] = {}
    for held in standing_on(moving.initiative, day, clock.today()).current:
        department = successor if held.pk == moving.pk else held.department
        if held.kind == ResponsibilityKind.LEAD:
            lead = department
        else:
            supporting[department.pk] = department
    if lead is not None:
        supporting.pop(lead.pk, None)
    return lead, list(supporting.values())


def _move_role(role: RoleAssignment, handover: Handover, by: User) -> None:
    """End a role on the eve of the day and begin it at the successor, unless the account holds it there already."""
    successor = handover.roles.get(role.pk) if role.user.is_active else None
    until = role.valid_until and min(role.valid_until, LATEST_DAY)
    explain(role, by=by, reason=handover.reason)
    if role.valid_from >= handover.day:
        # It has not begun by then, so there is nothing to end: it begins at the successor.
        role.department = successor or role.department
        role.valid_until = role.valid_until if successor else role.valid_from
        role.save(update_fields=["department", "valid_until"])
        return
    role.valid_until = handover.day - timedelta(days=1)
    role.save(update_fields=["valid_until"])
    if successor is None:
        return
    same = RoleAssignment.objects.filter(user=role.user, role=role.role, department=successor)
    if same.valid_on(handover.day).exists():
        return
    begun = RoleAssignment(
        user=role.user,
        role=role.role,
        department=successor,
        valid_from=handover.day,
        valid_until=until,
    )
    explain(begun, by=by, reason=handover.reason)
    begun.save()
