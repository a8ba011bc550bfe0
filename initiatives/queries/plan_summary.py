"""How the items of a plan stand in numbers, for the head of the plan's page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from initiatives.enums import NO_ANSWER, Rating, Status
from initiatives.queries.states import ItemState, LivingPlan
from plans.models import Axis


@dataclass(frozen=True)
class Segment:
    """One part of a bar: how many items have a value, and how many stand before them."""

    value: str
    label: str
    count: int
    x: int


@dataclass(frozen=True)
class AxisBar:
    axis: Axis
    total: int
    segments: list[Segment]


@dataclass(frozen=True)
class PlanSummary:
    """Counts that can be recomputed from the items below them (R3)."""

    total: int
    study_count: int
    recorded_count: int
    statuses: list[Segment]
    ratings: list[Segment]
    axes: list[AxisBar]


def plan_summary(plan: LivingPlan) -> PlanSummary:
    """Return the counts of a plan and of each of its axes."""
    items = plan.items
    return PlanSummary(
        total=len(items),
        study_count=sum(item.text.is_study for item in items),
        recorded_count=sum(item.entry is not None for item in items),
        statuses=_statuses(items),
        ratings=_segments((i.entry.rating if i.entry else "" for i in items), Rating),
        axes=[
            AxisBar(axis.outline.axis, axis.item_count, _statuses(axis.items)) for axis in plan.axes
        ],
    )


def _statuses(items: Iterable[ItemState]) -> list[Segment]:
    return _segments((i.entry.status if i.entry else "" for i in items), Status)


def _segments(values: Iterable[str], choices: type[TextChoices]) -> list[Segment]:
    """Return the values that occur, in the order of the closed set, silence last."""
    counts = Counter(values)
    segments, x = [], 0
    for value, label in [*choices.choices, ("", NO_ANSWER)]:
        if counts[value]:
            segments.append(Segment(value or "none", str(label), counts[value], x))
            x += counts[value]
    return segments
