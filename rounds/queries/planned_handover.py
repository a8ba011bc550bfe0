"""A handover whose day has not come yet: all that it changed, and what stands in the way of calling it off."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

from django.db.models import QuerySet

from initiatives.models import Initiative, Responsibility
from initiatives.queries.planned_turns import PlannedTurn, planned_turns
from kirishima_dx.closing import may_be_same
from kirishima_dx.fiscal_year import wareki_date
from people.models import Department, DepartmentSuccession, RoleAssignment
from rounds.models import Extension
from rounds.queries.handed_roles import HandedRole, handed_roles


@dataclass
class PlannedHandover:
    """What calling a planned handover off takes back.

    `founded` are the successors that begin with it, `until` is the last day that the department had before it.
    """

    before: Department
    successions: list[DepartmentSuccession]
    turns: list[PlannedTurn] = field(default_factory=list)
    roles: list[HandedRole] = field(default_factory=list)
    founded: list[Department] = field(default_factory=list)
    until: date | None = None

    @property
    def day(self) -> date:
        return self.successions[0].effective_from

    @property
    def reason(self) -> str:
        return self.successions[0].reason

    @property
    def successors(self) -> list[Department]:
        return [one.after for one in self.successions]

    @property
    def fingerprint(self) -> str:
        """Return a digest of what would be taken back, for a form to be opened on (G4)."""
        moved = [
            [one.pk for one in self.successions],
            [turn.fingerprint for turn in self.turns],
            [(one.role.pk, one.stands) for one in self.roles],
            self.before.valid_until,
        ]
        return sha256(repr(moved).encode()).hexdigest()


def planned_handover(department: Department, today: date) -> PlannedHandover | None:
    """Return the handover of a department that is still to come; None where there is none."""
    standing = department.succeeded_by.standing().filter(effective_from__gt=today)
    successions = list(standing.select_related("after", "recorded_by").order_by("pk"))
    if not successions:
        return None
    planned = PlannedHandover(department, successions)
    eve = planned.day - timedelta(days=1)
    touched = Initiative.objects.filter(
        responsibilities__department=department, responsibilities__valid_until=eve
    ).distinct()
    planned.turns = [
        turn
        for turn in planned_turns(today, initiatives=touched)
        if turn.day == planned.day
        and turn.handover_of is not None
        and turn.handover_of.pk == department.pk
    ]
    planned.roles = handed_roles(department, successions)
    planned.founded = [one for one in planned.successors if _was_founded(one, planned)]
    planned.until = _until_before(department, successions[0], eve)
    return planned


def _was_founded(successor: Department, planned: PlannedHandover) -> bool:
    """Whether a successor was registered by a handover and begins with this one alone."""
    others = successor.preceded_by.standing().exclude(before=planned.before)
    if successor.valid_from != planned.day or others.exists():
        return False
    first = successor.history.order_by("history_date", "history_id").first()
    handovers = successor.preceded_by.all()
    return first is not None and any(
        one.recorded_at <= first.history_date
        and may_be_same(one.reason, first.history_change_reason)
        for one in handovers
    )


def _until_before(
    department: Department, succession: DepartmentSuccession, eve: date
) -> date | None:
    """Return the last day that a department had when it was handed over."""
    records = list(department.history.order_by("history_date", "history_id"))
    for earlier, record in pairwise(records):
        is_handover = may_be_same(record.history_change_reason, succession.reason)
        if (
            is_handover
            and record.valid_until == eve
            and record.history_date >= succession.recorded_at
        ):
            return earlier.valid_until  # type: ignore[no-any-return]  # simple_history has no types.
    return None


def obstacles_of(planned: PlannedHandover) -> list[str]:
    """Return in words what has to go before a planned handover can be called off or moved."""
    return [*_later_handovers(planned), *_uses_of_founded(planned)]


def _later_handovers(planned: PlannedHandover) -> Iterator[str]:
    """Yield the handovers that build on this one: of a successor, or to one on the same items."""
    own = planned.successions[-1].pk
    onward = DepartmentSuccession.objects.standing().filter(
        before__in=planned.successors, pk__gt=own
    )
    for one in onward.select_related("before"):
        yield (
            f"「{one.before.name}」は{wareki_date(one.effective_from)}に引き継ぐ予定です。"
            f"先に、「{one.before.name}」の引継ぎを取りやめてください。"
        )
    into = DepartmentSuccession.objects.standing().filter(after__in=planned.successors, pk__gt=own)
    items = [turn.initiative.pk for turn in planned.turns]
    for one in into.select_related("before", "after"):
        shares = one.before.responsibilities.filter(
            initiative__in=items, valid_until=one.effective_from - timedelta(days=1)
        )
        if one.after in planned.founded or shares.exists():
            yield (
                f"「{one.before.name}」も「{one.after.name}」に引き継ぐ予定です。"
                f"先に、「{one.before.name}」の引継ぎを取りやめてください。"
            )


def _uses_of_founded(planned: PlannedHandover) -> Iterator[str]:
    """Yield what was registered for a successor that would not come any more."""
    begun = {one.pk for turn in planned.turns for one in turn.began}
    roles = {one.role.pk for one in planned.roles}
    for department in planned.founded:
        held = department.responsibilities.counted().exclude(pk__in=begun)
        for one in held.select_related("initiative__focus_item"):
            code = one.initiative.focus_item.code
            yield f"先に、{code}の担当の予定（{department.name}）を取りやめてください。"
        for role in department.role_assignments.exclude(pk__in=roles).select_related("user"):
            yield (
                f"「{department.name}」には、引継ぎのほかに登録された役割（{role.user.display_name}）があります。"
                "先に、管理画面でその役割の部署を変えてください。"
            )
        for rows in _other_rows(department):
            name = rows.model._meta.verbose_name
            yield f"「{department.name}」は、ほかの記録（{name}）で使われています。"


def _other_rows(department: Department) -> Iterator[QuerySet]:  # type: ignore[type-arg]  # Of whichever table names it.
    known = {Responsibility, RoleAssignment, DepartmentSuccession, Extension}
    for relation in Department._meta.related_objects:
        model = relation.related_model
        if model in known or model.__name__.startswith("Historical"):
            continue
        rows = model._default_manager.filter(**{relation.field.name: department})
        if rows.exists():
            yield rows
