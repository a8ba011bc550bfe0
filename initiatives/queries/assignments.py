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
    """An item with those who are responsible for it on a day, and those who are to be later."""

    text: FocusItemText
    held: list[Responsibility] = field(default_factory=list)
    coming: list[Responsibility] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.text.focus_item.code

    @property
    def lead(self) -> Department | None:
        return lead_among(self.held)

    @property
    def supporting(self) -> list[Department]:
        return supporting_among(self.held)

    @property
    def opened(self) -> str:
        """Return who is responsible as a form carries it (G4)."""
        return assignment_key(self.lead, self.supporting)

    @property
    def ending(self) -> list[Responsibility]:
        """Return what holds now and is planned to end."""
        return [one for one in self.held if one.valid_until is not None]


def lead_among(held: Iterable[Responsibility]) -> Department | None:
    leads = (r.department for r in held if r.kind == ResponsibilityKind.LEAD)
    return next(leads, None)


def supporting_among(held: Iterable[Responsibility]) -> list[Department]:
    return [r.department for r in held if r.kind == ResponsibilityKind.SUPPORTING]


def assignment_key(lead: Department | None, supporting: list[Department]) -> str:
    """Return a lead and supporting departments as a text that is equal exactly when they are."""
    codes = ",".join(sorted(department.code for department in supporting))
    return f"{lead.code if lead else ''}|{codes}"


def assignment_rows(edition: Edition, on: date) -> list[AssignmentRow]:
    """Return the items of an edition in its order, with who is responsible on a day, in two queries."""
    texts = edition.item_texts.select_related("policy__axis", "focus_item")
    rows = {text.focus_item_id: AssignmentRow(text) for text in texts}
    lasting = Responsibility.objects.counted().not_ended_before(on)
    of_edition = lasting.filter(initiative__focus_item__texts__edition=edition)
    in_order = of_edition.order_by("valid_from", "department__order", "department__code")
    for one in in_order.select_related("department", "initiative"):
        row = rows[one.initiative.focus_item_id]
        (row.coming if one.valid_from > on else row.held).append(one)
    for row in rows.values():
        row.held.sort(key=lambda one: one.department.place_order)
    return list(rows.values())


def assignable_departments(at: date) -> DepartmentNames:
    """Return the departments that have not ended by a day, and those that are responsible although they have."""
    lasting = Responsibility.objects.counted().not_ended_before(at)
    held = lasting.filter(department=OuterRef("pk"))
    return DepartmentNames(
        Department.objects.not_called_off().filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=at) | Exists(held)
        )
    )


def in_words(lead: Department | None, supporting: list[Department], names: DepartmentNames) -> str:
    """Return who is responsible as one line."""
    led = names.label(lead) if lead else NO_DEPARTMENT
    return f"主担当課：{led}　関係課：{names.labels(supporting) or 'なし'}"
