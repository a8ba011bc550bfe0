"""What holds of the items on a day, text and state side by side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import DateField, DateTimeField, F, Field, OuterRef, QuerySet, Subquery, Value

from initiatives.enums import NO_ANSWER, NO_DEPARTMENT, Rating, ResponsibilityKind, Status
from initiatives.models import ProgressEntry, Responsibility, ResponsibilityRecall
from initiatives.querysets import ResponsibilityQuerySet, named
from kirishima_dx.moment import Moment, When
from people.models import Department
from people.queries import column_then
from plans.models import Edition, FocusItemText, Plan, Policy
from plans.queries import AxisOutline, EditionOutline, edition_outline
from plans.shelf import EditionShelf, edition_shelf


@dataclass
class ItemState:
    """A focus item as an edition words it, with what holds of it on a day."""

    text: FocusItemText
    entry: ProgressEntry | None = None
    lead: Department | None = None
    supporting: list[Department] = field(default_factory=list)

    @cached_property
    def url(self) -> str:
        """Return the address of its item."""
        return self.text.focus_item.get_absolute_url()

    @property
    def status_label(self) -> str:
        return str(Status(self.entry.status).label) if self.entry else NO_ANSWER

    @property
    def rating_label(self) -> str:
        return str(Rating(self.entry.rating).label) if self.entry else NO_ANSWER

    @property
    def lead_name(self) -> str:
        return self.lead.name if self.lead else NO_DEPARTMENT

    @property
    def supporting_names(self) -> str:
        return "、".join(department.name for department in self.supporting)


@dataclass
class PolicyStates:
    policy: Policy
    items: list[ItemState]


@dataclass
class AxisStates:
    outline: AxisOutline
    policies: list[PolicyStates]

    @property
    def items(self) -> list[ItemState]:
        return [item for policy in self.policies for item in policy.items]

    @property
    def item_count(self) -> int:
        return len(self.items)


@dataclass
class LivingPlan:
    """未来図: an edition whole, with what holds of each item at a moment."""

    outline: EditionOutline
    axes: list[AxisStates]
    moment: Moment
    shelf: EditionShelf

    @property
    def at(self) -> date:
        return self.moment.day

    @property
    def items(self) -> list[ItemState]:
        return [item for axis in self.axes for item in axis.items]


def living_plan(plan: Plan, at: When, *, beside: LivingPlan | None = None) -> LivingPlan | None:
    """Return the plan as it lives on a day, in six queries whatever its size; None where no edition is loaded.

    `beside` is the plan on another day: where that is of the same text, it is not read again.
    """
    moment = Moment.of(at)
    shelf = edition_shelf(plan, moment)
    if shelf.living is None:
        return None
    edition = shelf.living.edition
    outline = beside.outline if beside and _is_same(edition, beside) else edition_outline(edition)
    states = iter(item_states(outline.items, moment))
    axes = [
        AxisStates(
            axis,
            [
                PolicyStates(policy.policy, [next(states) for _ in policy.items])
                for policy in axis.policies
            ],
        )
        for axis in outline.axes
    ]
    return LivingPlan(outline, axes, moment, shelf)


def _is_same(edition: Edition, beside: LivingPlan) -> bool:
    """Whether a plan is of an edition, and both days know it as it is now: one that was called off had another text."""
    other = beside.outline.edition
    return edition == other and edition.is_now is None and other.is_now is None


def item_states(
    texts: Iterable[FocusItemText], at: When, *, since: date | None = None
) -> list[ItemState]:
    """Return the state of each text's item on a day, in the order given, in two queries.

    `since` leaves out what was said of days before it: then silence in a period shows as silence (G2).
    """
    states = [ItemState(text) for text in texts]
    wanted = {state.text.focus_item_id for state in states}
    current = ProgressEntry.objects.current(at, since=since, items=wanted)
    told = current.order_by().annotate(item=F("initiative__focus_item_id"))
    entries = {entry.item: entry for entry in told}  # type: ignore[attr-defined]  # Annotated.
    for state in states:
        state.entry = entries.get(state.text.focus_item_id)
    add_departments(states, Moment.of(at))
    return states


def add_departments(states: Sequence[ItemState], at: Moment) -> None:
    """Put into each state who leads and supports its item, under the names of the moment, in one query."""
    leads: dict[int, Department] = {}
    supporting: dict[int, list[Department]] = defaultdict(list)
    items = named({state.text.focus_item_id for state in states})
    for item, kind, department in _held(at, items):
        if kind == ResponsibilityKind.LEAD:
            leads[item] = department
        else:
            supporting[item].append(department)
    for state in states:
        key = state.text.focus_item_id
        state.lead, state.supporting = leads.get(key), supporting[key]


def _held(at: Moment, items: frozenset[int] | None) -> Iterator[tuple[int, str, Department]]:
    """Yield which item each department leads or supports, in the order of the departments; each is made once."""
    made: dict[int, Department] = {}
    key = _DEPARTMENT.index("id")
    for item, kind, *values in _asking_who(
        at, items
    ).all():  # A copy: the question is never answered itself.
        if values[key] not in made:
            made[values[key]] = Department(**dict(zip(_DEPARTMENT, values, strict=True)))
        yield item, kind, made[values[key]]


_DEPARTMENT = [field.attname for field in Department._meta.concrete_fields]


@lru_cache(maxsize=64)
def _asking_who(at: Moment, items: frozenset[int] | None) -> "QuerySet[Responsibility, Any]":
    """Return the question for who leads and supports items, which is the same all day: Django takes longer to put it
    together than the database to answer it."""
    then = {name: column_then(name, at) for name in ("name", "order")}
    held = Responsibility.objects.about(items).valid_on(at)
    rows = held.annotate(then_name=then["name"], then_order=then["order"])
    columns = {name: f"department__{name}" for name in _DEPARTMENT}
    columns |= {"name": "then_name", "order": "then_order"}
    return rows.order_by("kind", "then_order", "department__code").values_list(
        "initiative__focus_item_id", "kind", *columns.values()
    )


def as_known(responsibilities: ResponsibilityQuerySet, at: Moment) -> Iterator[Responsibility]:
    """Fetch responsibilities as a moment knew them: departments in their order and under their names of then, without
    an end that was recorded later, and with one that was planned then and called off since."""
    known = responsibilities.filter(at.known("assigned_at")).select_related("department")
    rows = known.annotate(
        then_name=column_then("name", at),
        then_order=column_then("order", at),
        then_planned_until=_recalled(at, "planned_until", DateField()),
        then_planned_at=_recalled(at, "planned_at", DateTimeField()),
    )
    for row in rows.order_by("kind", "then_order", "department__code"):
        row.department.name = row.then_name  # type: ignore[attr-defined]  # Annotated.
        row.department.order = row.then_order  # type: ignore[attr-defined]  # Annotated.
        if not at.knows(row.ended_at):
            row.valid_until = row.ended_at = row.ended_by = None
        # On the days before a plan was called off its day had not come: it says nothing of who was responsible then.
        if row.then_planned_until:  # type: ignore[attr-defined]  # Annotated.
            row.valid_until = row.then_planned_until  # type: ignore[attr-defined]  # Annotated.
            row.ended_at = row.then_planned_at  # type: ignore[attr-defined]  # Annotated.
        yield row


def _recalled(at: Moment, column: str, field: "Field[Any, Any]") -> Subquery | Value:
    """Return, for annotating responsibilities, of the end that was planned at a moment and called off since."""
    if not at.is_hindsight:
        return Value(None, output_field=field)
    recalls = ResponsibilityRecall.objects.filter(
        at.known("planned_at"), at.unknown("recalled_at"), responsibility=OuterRef("pk")
    )
    return Subquery(recalls.filter(planned_until__isnull=False).values(column)[:1])
