"""What a department holds, and what became of it when another took over."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.db.models import Q, QuerySet

from initiatives.enums import ResponsibilityKind
from initiatives.models import Responsibility
from kirishima_dx.days import day_before
from people.models import Department, DepartmentSuccession, RoleAssignment
from plans.models import Edition, FocusItemText
from rounds.models import Answer, Extension

Texts = dict[int, FocusItemText]
"""What an edition says of the items, by the item's key."""


@dataclass
class Holdings:
    """All that a successor takes over from a department on a day.

    `in_the_way` are responsibilities that were set to begin or to end later: they have to be changed first.
    `open_answers` counts the answers that are still owed; they follow their item by themselves.
    """

    responsibilities: list[Responsibility] = field(default_factory=list)
    roles: list[RoleAssignment] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    in_the_way: list[Responsibility] = field(default_factory=list)
    open_answers: int = 0

    @property
    def fingerprint(self) -> str:
        """Return a digest of what would move, for a form to be opened on (G4)."""
        moving = [
            [(r.pk, r.kind) for r in self.responsibilities],
            [(r.pk, r.valid_until) for r in self.roles],
            [e.pk for e in self.extensions],
            [r.pk for r in self.in_the_way],
        ]
        return sha256(repr(moving).encode()).hexdigest()


def holdings_of(department: Department, day: date) -> Holdings:
    """Return what would move on a day, in a fixed number of queries."""
    goes_on = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    found = Holdings()
    for responsibility in _counted(department).filter(goes_on):
        is_late = responsibility.valid_until is not None or responsibility.valid_from > day
        (found.in_the_way if is_late else found.responsibilities).append(responsibility)
    roles = department.role_assignments.filter(goes_on).select_related("user", "department")
    found.roles = list(roles.order_by("role", "user__username"))
    running = Extension.objects.filter(department=department, round__closed_at__isnull=True)
    found.extensions = list(running.select_related("round").order_by("pk"))
    led = [r.initiative_id for r in found.responsibilities if r.kind == ResponsibilityKind.LEAD]
    owed = Answer.objects.of_running_rounds().owed()
    found.open_answers = owed.filter(initiative__in=led).count()
    return found


def _counted(department: Department) -> QuerySet[Responsibility]:
    """Return the responsibilities of a department but for those that were taken back."""
    return (
        department.responsibilities.counted()
        .select_related("initiative__focus_item")
        .order_by("kind", "initiative__focus_item__code")
    )


def item_texts(edition: Edition | None) -> Texts:
    """Return what an edition says of each item."""
    if edition is None:
        return {}
    texts = edition.item_texts.select_related("focus_item", "policy__axis")
    return {text.focus_item_id: text for text in texts}


@dataclass
class MovedItem:
    """An item that moved: who had it in which part, and who has had it from the day on."""

    before: Responsibility
    after: list[Responsibility]
    text: FocusItemText | None


@dataclass
class HandoverRecord:
    """A handover that was made: who took over, and what moved."""

    successions: list[DepartmentSuccession]
    items: list[MovedItem]
    roles: list[RoleAssignment]

    @property
    def first(self) -> DepartmentSuccession:
        return self.successions[0]


def handover_record(department: Department, edition: Edition | None) -> HandoverRecord | None:
    """Return what moved when a department was handed over; None where it was not."""
    standing = department.succeeded_by.standing()
    successions = list(standing.select_related("after", "recorded_by").order_by("pk"))
    if not successions:
        return None
    day, successors = successions[0].effective_from, [s.after_id for s in successions]
    ended = list(
        _counted(department).filter(
            valid_until=day_before(day), ended_at__gte=successions[0].recorded_at
        )
    )
    begun = _begun_by(successors, ended, day)
    texts = item_texts(edition)
    items = [
        MovedItem(r, begun[r.initiative_id], texts.get(r.initiative.focus_item_id)) for r in ended
    ]
    users = department.role_assignments.values("user")
    roles = RoleAssignment.objects.filter(department__in=successors, user__in=users).valid_on(day)
    listed = roles.select_related("user", "department").order_by("role", "user__username")
    return HandoverRecord(successions, items, list(listed))


def _begun_by(
    successors: list[int], ended: list[Responsibility], day: date
) -> dict[int, list[Responsibility]]:
    """Return what the successors had on the day of the items that moved, by the initiative's key."""
    begun: dict[int, list[Responsibility]] = defaultdict(list)
    held = Responsibility.objects.valid_on(day).filter(
        department__in=successors, initiative__in=[r.initiative_id for r in ended]
    )
    for responsibility in held.select_related("department"):
        begun[responsibility.initiative_id].append(responsibility)
    return begun
