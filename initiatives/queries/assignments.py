"""Who is responsible for each item of an edition, for assigning many at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from initiatives.enums import NO_DEPARTMENT, ResponsibilityKind
from initiatives.models import Responsibility
from people.models import Department
from people.queries import DepartmentNames
from plans.models import Edition, FocusItemText


@dataclass
class AssignmentRow:
    """An item with those who are responsible for it until further notice."""

    text: FocusItemText
    held: list[Responsibility] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.text.focus_item.code

    @property
    def lead(self) -> Department | None:
        return lead_among(self.held)

    @property
    def lead_since(self) -> date | None:
        """Return from which day the lead is responsible; it may be still to come."""
        since = (r.valid_from for r in self.held if r.kind == ResponsibilityKind.LEAD)
        return next(since, None)

    @property
    def supporting(self) -> list[Department]:
        return supporting_among(self.held)

    @property
    def opened(self) -> str:
        """Return who is responsible as a form carries it (G4)."""
        return assignment_key(self.lead, self.supporting)

    def abolished(self, at: date) -> list[Department]:
        """Return the departments that are responsible though they have ended."""
        return [
            r.department
            for r in self.held
            if r.department.valid_until is not None and r.department.valid_until < at
        ]


def lead_among(held: Iterable[Responsibility]) -> Department | None:
    leads = (r.department for r in held if r.kind == ResponsibilityKind.LEAD)
    return next(leads, None)


def supporting_among(held: Iterable[Responsibility]) -> list[Department]:
    return [r.department for r in held if r.kind == ResponsibilityKind.SUPPORTING]


def assignment_key(lead: Department | None, supporting: list[Department]) -> str:
    """Return a lead and supporting departments as a text that is equal exactly when they are."""
    codes = ",".join(sorted(department.code for department in supporting))
    return f"{lead.code if lead else ''}|{codes}"


def assignment_rows(edition: Edition) -> list[AssignmentRow]:
    """Return the items of an edition in its order, in two queries."""
    texts = edition.item_texts.select_related("policy__axis", "focus_item")
    rows = {text.focus_item_id: AssignmentRow(text) for text in texts}
    held = (
        Responsibility.objects.filter(
            valid_until__isnull=True, initiative__focus_item__texts__edition=edition
        )
        .select_related("department", "initiative")
        .order_by("department__order", "department__code")
    )
    for responsibility in held:
        rows[responsibility.initiative.focus_item_id].held.append(responsibility)
    return list(rows.values())


def assignable_departments(at: date) -> DepartmentNames:
    """Return the departments that have not ended by a day, and those that are responsible although they have."""
    held = Responsibility.objects.filter(department=OuterRef("pk"), valid_until__isnull=True)
    departments = Department.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=at) | Exists(held),
        called_off_on__isnull=True,
    )
    return DepartmentNames(departments)


def in_words(lead: Department | None, supporting: list[Department], names: DepartmentNames) -> str:
    """Return who is responsible as one line."""
    led = names.label(lead) if lead else NO_DEPARTMENT
    return f"主担当課：{led}　関係課：{names.labels(supporting) or 'なし'}"
