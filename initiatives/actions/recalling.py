"""A planned change of responsibility is called off, or moved to another day, until its day has come (rule A4)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from initiatives.actions.departments import assign_locked
from initiatives.actions.planned_ends import Recall, move_end, take_back
from initiatives.enums import ResponsibilityKind
from initiatives.errors import EntryRefused, RecallOutdated, RecallRefused
from initiatives.models import Initiative, Responsibility
from initiatives.queries.planned_turns import PlannedTurn, earlier_stops, planned_turns
from initiatives.queries.standing import Stop, standing_on
from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from people.models import Department, User
from plans.models import FocusItem


@transaction.atomic
def recall_turns(*, seen: Mapping[str, str], recall: Recall) -> list[PlannedTurn]:
    """Call planned changes off, or move them: all of them, or none.

    `seen` maps the name of each to its fingerprint when the form was opened. Everything is as if it had not been
    planned; that it was stays on record. Raises RecallOutdated, and RecallRefused where something builds on it.
    """
    known = {turn.name: turn for turn in planned_turns(clock.today())}
    if not seen or not seen.keys() <= known.keys():
        raise RecallOutdated
    lock_initiatives(known[name].initiative.pk for name in seen)
    chosen = [turn for turn in planned_turns(clock.today()) if turn.name in seen]
    if {turn.name: turn.fingerprint for turn in chosen} != dict(seen):
        raise RecallOutdated
    for turn in chosen:
        if turn.handover_of is not None:
            raise RecallRefused(
                f"{turn.code}の担当は「{turn.handover_of.name}」の引継ぎで変わります。"
                "引継ぎの画面で、取りやめるか日を変えてください。"
            )
    call_off([*chosen, *_followers(chosen)], recall)
    if recall.new_day is not None:
        plan_again(chosen, recall.new_day, by=recall.by)
    return chosen


def _followers(chosen: Sequence[PlannedTurn]) -> list[PlannedTurn]:
    """Return what the same acts planned beside: that a successor goes on once a department is handed over."""
    acts = {(turn.initiative.pk, turn.planned_at): turn.day for turn in chosen}
    turns = planned_turns(clock.today(), initiatives=[turn.initiative for turn in chosen])
    return [
        turn
        for turn in turns
        if turn.handover_of is not None
        and turn.day > acts.get((turn.initiative.pk, turn.planned_at), turn.day)
    ]


@transaction.atomic
def recall_carried_over(
    items: Iterable[FocusItem],
    *,
    day: date,
    because: str,
    reason: str,
    by: User,
    new_day: date | None = None,
) -> None:
    """Take back what items that begin with an edition were to take over on a coming day, or move it to `new_day`.

    `because` is the reason with which it was carried over (see carry_responsibilities_over). What was assigned
    otherwise stays. Raises RecallRefused where something builds on it.
    """
    initiatives = list(Initiative.objects.filter(focus_item__in=list(items)).order_by("pk"))
    lock_initiatives(one.pk for one in initiatives)
    carried = [
        turn
        for turn in planned_turns(clock.today(), initiatives=initiatives)
        if turn.day == day and turn.began and all(one.reason == because for one in turn.began)
    ]
    call_off(carried, Recall(reason, by, new_day))
    if new_day is not None:
        plan_again(carried, new_day, by=by)


def lock_initiatives(keys: Iterable[int]) -> None:
    """Take turns with everybody who assigns departments to these items; forms opened before are outdated (G4)."""
    locked = Initiative.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk")
    for initiative in locked:
        initiative.revision += 1
        initiative.save(update_fields=["revision"])


def call_off(turns: Sequence[PlannedTurn], recall: Recall) -> None:
    """Take back planned changes of locked initiatives, the last one first. Raises RecallRefused."""
    now = clock.now()
    for turn in sorted(turns, key=lambda one: (one.day, one.planned_at), reverse=True):
        # What was taken back a moment ago may be what stood in the way of this one.
        again = planned_turns(clock.today(), initiatives=[turn.initiative])
        stands = next((one for one in again if one.key == turn.key), None)
        if stands is not None:
            _call_off(stands, recall, now)


def _call_off(turn: PlannedTurn, recall: Recall, now: datetime) -> None:
    for one in turn.built_upon:
        raise RecallRefused(_after(turn, one.department, one.valid_until, "まで"))
    stops = earlier_stops(turn)
    passing = {one.pk for one in turn.began} & {one.pk for one in turn.ended}
    for one in turn.began:
        if one.pk not in passing:
            take_back(one, recall=recall, now=now)
    for one in turn.ended:
        if one.pk not in passing:
            move_end(one, _next_end(turn, one, stops.get(one.pk)), recall=recall, now=now)


def _next_end(turn: PlannedTurn, going_on: Responsibility, stop: Stop | None) -> Stop | None:
    """Return where a responsibility ends that goes on: at what was planned before, if anything was.

    Raises RecallRefused where the time was given to another one later.
    """
    same = Q(department=going_on.department_id)
    if going_on.kind == ResponsibilityKind.LEAD:
        same |= Q(kind=ResponsibilityKind.LEAD)
    lasting = turn.initiative.responsibilities.counted().not_ended_before(turn.day)
    others = lasting.filter(same).exclude(pk=going_on.pk).select_related("department")
    for other in others.order_by("valid_from"):
        if stop is not None and other.valid_from > stop.until:
            break
        if other.valid_from < turn.day or other.assigned_at > turn.planned_at:
            raise RecallRefused(_after(turn, other.department, other.valid_from))
        stop = Stop.before(other)
    return stop


def _after(turn: PlannedTurn, department: Department, day: date | None, end: str = "から") -> str:
    return (
        f"{turn.code}には、この予定の後で決めた担当の予定（{department.name}、"
        f"{wareki_date(day) if day else ''}{end}）があります。先に、そちらを取りやめてください。"
    )


def plan_again(turns: Sequence[PlannedTurn], day: date, *, by: User) -> None:
    """Plan changes that were called off for another day, in the order in which they were planned."""
    for turn in sorted(turns, key=lambda one: (one.day, one.planned_at)):
        initiative = Initiative.objects.select_related("focus_item").get(pk=turn.initiative.pk)
        wanted = dict(standing_on(initiative, day, clock.today()).held)
        for one in turn.ended:
            wanted.pop(one.department_id, None)
        wanted |= {one.department_id: one.kind for one in turn.began}
        try:
            assign_locked(initiative, wanted, from_date=day, reason=turn.reason, by=by)
        except EntryRefused as refused:
            raise RecallRefused(f"{turn.code}：{''.join(refused.errors.values())}") from refused
