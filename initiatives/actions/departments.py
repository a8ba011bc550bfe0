"""Who is responsible for an initiative, from a day on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from initiatives.actions.planned_ends import Recall, move_end
from initiatives.actions.progress import taken
from initiatives.enums import ResponsibilityKind
from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.models import Initiative, Responsibility
from initiatives.queries.following import Beginning, followed
from initiatives.queries.standing import ONE_DAY, Standing, Stop, standing_on
from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
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

    A change that is planned for a later day stays: who begins now ends where it comes. Raises RevisionConflict (G4),
    and EntryRefused where the day lies in a period that is already closed or where nothing would change: the reason
    would be kept nowhere.
    """
    initiative = taken(focus_item, opened_revision)
    wanted = {department.pk: str(ResponsibilityKind.SUPPORTING) for department in supporting}
    if lead is not None:
        wanted[lead.pk] = str(ResponsibilityKind.LEAD)
    assign_locked(initiative, wanted, from_date=from_date, reason=reason, by=by)
    return initiative


def assign_locked(
    initiative: Initiative, wanted: Mapping[int, str], *, from_date: date, reason: str, by: User
) -> None:
    """Say of an initiative that the caller has taken who is responsible: departments (pk) with their kind."""
    today, now = clock.today(), clock.now()
    standing = standing_on(initiative, from_date, today)
    _refuse_reopening(standing, today)
    going_on = {
        one.department_id for one in standing.current if wanted.get(one.department_id) == one.kind
    }
    ending = [one for one in standing.current if one.department_id not in going_on]
    beginning = {key: kind for key, kind in wanted.items() if key not in going_on}
    if not beginning and not ending:
        raise EntryRefused(
            {"all": "主担当課も関係課も、いまと同じです。変えるところを選んでください。"}
        )
    stops = {key: standing.stop_of(key, kind, ending) for key, kind in beginning.items()}
    end = Stop(from_date - ONE_DAY, now, by.pk)
    recall = Recall(reason or "担当の変更", by, from_date)
    for one in ending:
        move_end(one, end, recall=recall, now=now)
    planned = followed(beginning, stops, standing, from_date, Stop(from_date, now, by.pk))
    told = {"initiative": initiative, "reason": reason, "assigned_at": now, "assigned_by": by}
    Responsibility.objects.bulk_create(_row(one, told) for one in planned)


def _row(beginning: Beginning, told: Mapping[str, Any]) -> Responsibility:
    """Return the row of what begins; where it ends at a planned change, it bears the name and time of that plan."""
    row = Responsibility(
        department_id=beginning.department_id,
        kind=beginning.kind,
        valid_from=beginning.since,
        **told,
    )
    if beginning.stop is not None:
        row.valid_until, row.ended_at = beginning.stop.until, beginning.stop.planned_at
        row.ended_by_id = beginning.stop.planned_by
    return row


def _refuse_reopening(standing: Standing, today: date) -> None:
    """Keep closed periods closed: with two leads on one past day, who led would be luck."""
    closed = [one for one in standing.current if one.valid_until and one.valid_until < today]
    if not closed:
        return
    last = max(closed, key=lambda one: (one.valid_until or today, one.pk))
    raise EntryRefused(
        {
            "from_date": f"{last.department.name}の担当期間（{last.valid_until}まで）と重なります。"
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
    *,
    assignments: Sequence[Assignment],
    from_date: date,
    reason: str,
    by: User,
    shown_on: date | None = None,
) -> None:
    """Say who is responsible for many items from a day on: for all of them, or for none (AssignmentsRefused).

    `shown_on` is the day of which the form told who was responsible; today where none is given.

    A clash is a change of who is responsible; progress that was recorded in the meantime stands in nobody's way.
    """
    clashes, errors = set(), {}
    for assignment in sorted(assignments, key=lambda a: a.focus_item.pk):
        code = assignment.focus_item.code
        try:
            _assign_unseen(assignment, shown_on or clock.today(), from_date, reason, by)
        except RevisionConflict:
            clashes.add(code)
        except EntryRefused as refused:
            errors[code] = "".join(refused.errors.values())
    if clashes or errors:
        raise AssignmentsRefused(clashes, errors)


def _assign_unseen(
    assignment: Assignment, shown_on: date, from_date: date, reason: str, by: User
) -> None:
    """Assign an item if those who were responsible when the form was opened still are."""
    initiative = Initiative.objects.for_item(assignment.focus_item)
    if held_by(initiative, shown_on) != assignment.opened:
        raise RevisionConflict(initiative)
    refusal = refusal_of_day(initiative, from_date, shown_on)
    if refusal:
        raise EntryRefused({"from_date": refusal})
    assign_departments(
        focus_item=assignment.focus_item,
        lead=assignment.lead,
        supporting=assignment.supporting,
        from_date=from_date,
        reason=reason,
        opened_revision=initiative.revision,
        by=by,
    )


def held_by(initiative: Initiative, day: date) -> Held:
    """Return who is responsible on a day."""
    held = initiative.responsibilities.valid_on(day)
    return frozenset(held.values_list("department_id", "kind"))


def refusal_of_day(initiative: Initiative, from_date: date, shown_on: date) -> str:
    """Say why nothing can be assigned from a day by a form that told of another one; empty where it can.

    Between the two a planned change comes: what was chosen beside the one would undo it unseen.
    """
    today = clock.today()
    if from_date < today or from_date == shown_on:
        return ""
    then = standing_on(initiative, from_date, today)
    if then.held == standing_on(initiative, shown_on, today).held:
        return ""
    told = "、".join(f"{one.get_kind_display()} {one.department.name}" for one in then.current)
    return (
        f"{wareki_date(from_date)}の担当は、予定により「{told or '未設定'}」に変わっています。"
        "いつの担当を表示するかで、その日を選んでから設定してください。"
    )
