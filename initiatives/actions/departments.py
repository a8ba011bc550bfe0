"""Who is responsible for an initiative, from a day on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models, transaction

from initiatives.actions.progress import taken
from initiatives.enums import ResponsibilityKind
from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.models import Initiative, Responsibility
from kirishima_dx import clock
from people.models import Department, User
from plans.models import FocusItem


@transaction.atomic
def assign_departments(
    *,
    focus_item: FocusItem,
    lead: Department | None,
    supporting: Collection[Department],
    from_date: date,
    reason: str,
    opened_revision: int,
    by: User,
) -> Initiative:
    """Say who is responsible from a day on. What held before stays on record; what goes on is not touched.

    Raises RevisionConflict (G4), and EntryRefused where the day lies in a period that is already closed or where
    nothing would change: the reason would be kept nowhere.
    """
    initiative = taken(focus_item, opened_revision)
    _refuse_reopening(initiative, from_date)
    wanted = {department.pk: ResponsibilityKind.SUPPORTING for department in supporting}
    if lead is not None:
        wanted[lead.pk] = ResponsibilityKind.LEAD
    ending, beginning = _turns(initiative, wanted)
    if not beginning and not ending:
        raise EntryRefused(
            {"all": "主担当課も関係課も、いまと同じです。変えるところを選んでください。"}
        )
    now = clock.now()
    for held in ending:
        held.valid_until = from_date - timedelta(days=1)
        held.ended_at, held.ended_by = now, by
        held.save(update_fields=["valid_until", "ended_at", "ended_by"])
    told = {"valid_from": from_date, "reason": reason, "assigned_at": now, "assigned_by": by}
    Responsibility.objects.bulk_create(
        Responsibility(initiative=initiative, department_id=key, kind=kind, **told)
        for key, kind in beginning.items()
    )
    return initiative


def _turns(
    initiative: Initiative, wanted: dict[int, ResponsibilityKind]
) -> tuple[list[Responsibility], dict[int, ResponsibilityKind]]:
    """Return what ends and what begins; what goes on is neither."""
    held = list(initiative.responsibilities.filter(valid_until__isnull=True))
    going_on = {one.department_id for one in held if wanted.get(one.department_id) == one.kind}
    ending = [one for one in held if one.department_id not in going_on]
    return ending, {key: kind for key, kind in wanted.items() if key not in going_on}


def _refuse_reopening(initiative: Initiative, from_date: date) -> None:
    """Keep closed periods closed: with two leads on one past day, who led would be luck."""
    counted = initiative.responsibilities.filter(valid_until__gte=models.F("valid_from"))
    closed = counted.filter(valid_until__gte=from_date)
    last = closed.order_by("-valid_until").first()
    if last is not None and last.valid_until is not None:
        raise EntryRefused(
            {
                "from_date": f"{last.department.name}の担当期間（{last.valid_until.isoformat()}まで）と重なります。"
                "それより後の日にしてください。"
            }
        )


Held = frozenset[tuple[int, str]]
"""Departments (pk) with the kind of their responsibility."""


@dataclass(frozen=True)
class Assignment:
    """Who shall be responsible for an item; `opened` is who was when the form was opened (G4)."""

    focus_item: FocusItem
    lead: Department | None
    supporting: Collection[Department]
    opened: Held


class AssignmentsRefused(ValueError):
    """Of many assignments some cannot be made, so none was.

    `clashes` are the codes of items that somebody else assigned in the meantime, `errors` map a code to what is wrong.
    """

    def __init__(self, clashes: set[str], errors: dict[str, str]) -> None:
        self.clashes, self.errors = clashes, errors
        super().__init__("\n".join(errors.values()))


@transaction.atomic
def assign_many(
    *, assignments: Sequence[Assignment], from_date: date, reason: str, by: User
) -> None:
    """Say who is responsible for many items from a day on: for all of them, or for none (AssignmentsRefused).

    A clash is a change of who is responsible; progress that was recorded in the meantime stands in nobody's way.
    """
    clashes, errors = set(), {}
    for assignment in sorted(assignments, key=lambda a: a.focus_item.pk):
        code = assignment.focus_item.code
        try:
            _assign_unseen(assignment, from_date=from_date, reason=reason, by=by)
        except RevisionConflict:
            clashes.add(code)
        except EntryRefused as refused:
            errors[code] = "".join(refused.errors.values())
    if clashes or errors:
        raise AssignmentsRefused(clashes, errors)


def _assign_unseen(assignment: Assignment, *, from_date: date, reason: str, by: User) -> None:
    """Assign an item if those who were responsible when the form was opened still are."""
    initiative = Initiative.objects.for_item(assignment.focus_item)
    if held_by(initiative) != assignment.opened:
        raise RevisionConflict(initiative)
    assign_departments(
        focus_item=assignment.focus_item,
        lead=assignment.lead,
        supporting=assignment.supporting,
        from_date=from_date,
        reason=reason,
        opened_revision=initiative.revision,
        by=by,
    )


def held_by(initiative: Initiative) -> Held:
    """Return who is responsible until further notice."""
    held = initiative.responsibilities.filter(valid_until__isnull=True)
    return frozenset(held.values_list("department_id", "kind"))
