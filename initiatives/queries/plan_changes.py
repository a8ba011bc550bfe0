"""What changed of the plan and of where it stands from one day to another, each as it was then known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import methodcaller

from initiatives.enums import Rating, Status
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState, LivingPlan, living_plan
from kirishima_dx.moment import Moment
from plans.comparison.items import ItemChange
from plans.comparison.parts import PartChange
from plans.comparison.whole import Comparison, compare
from plans.enums import DESCENTS, Fate
from plans.models import Axis, Edition, Plan, Policy
from plans.queries import descents_between
from plans.querysets import living_of

BETTER, WORSE, OTHER = "better", "worse", "other"
MARKS = {BETTER: "↑", WORSE: "↓", OTHER: "→"}


@dataclass(frozen=True)
class Side:
    """What was said on one of the two days: the stored value, empty for 未回答, and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Shift:
    """A value that is another one on the later day. `word` says which way in words, `mark` in black and white."""

    old: Side
    new: Side
    course: str
    word: str

    @property
    def mark(self) -> str:
        return MARKS[self.course]


@dataclass(frozen=True)
class Badge:
    """What happened to the text of an item, in a word; `fate` is how it looks, `counted` what it counts as on top."""

    word: str
    fate: str = ""
    counted: str = ""


@dataclass(frozen=True)
class ItemDifference:
    """One item that differs between the two days, in its text, in where it stands or in who leads it."""

    change: ItemChange
    status: Shift | None = None
    rating: Shift | None = None
    lead: Shift | None = None

    @property
    def differs(self) -> bool:
        return bool(self.change.fate != Fate.SAME or self.status or self.rating or self.lead)

    @property
    def policy(self) -> Policy:
        return self.change.either.policy

    @cached_property
    def badges(self) -> list[Badge]:
        """Return all that happened to the text; what is counted of texts on top are these (R3)."""
        change, fate = self.change, self.change.fate
        descends = fate in DESCENTS
        moved = bool(change.old and change.new and change.old.place != change.new.place)
        told = {
            Badge(fate.label, fate, "分割・統合"): descends,
            Badge("新設", Fate.NEW): change.old is None and not descends,
            Badge("終了", Fate.ENDED): change.new is None and not descends,
            Badge("移動", Fate.MOVED, "移動・番号の変更"): change.moves,
            Badge("番号の変更", Fate.MOVED, "移動・番号の変更"): moved and not change.moves,
            Badge("文言の変更", Fate.REWORDED): change.rewords,
            Badge("★が外れた"): change.loses_star,
            Badge("★が付いた"): change.gains_star,
        }
        return [badge for badge, holds in told.items() if holds]

    def has_badge(self, counted: str) -> bool:
        return any(counted == (badge.counted or badge.word) for badge in self.badges)


@dataclass
class PolicyDifferences:
    policy: Policy
    items: list[ItemDifference] = field(default_factory=list)


@dataclass
class AxisDifferences:
    axis: Axis
    by_key: dict[str, PolicyDifferences] = field(default_factory=dict)

    @property
    def policies(self) -> list[PolicyDifferences]:
        return sorted(self.by_key.values(), key=lambda one: one.policy.letter)


@dataclass(frozen=True)
class Count:
    label: str
    count: int


OF_TEXTS = (
    "新設",
    "終了",
    "分割・統合",
    "移動・番号の変更",
    "文言の変更",
    "★が外れた",
    "★が付いた",
)
COUNTED: dict[str, Callable[[ItemDifference], object]] = {
    **{label: methodcaller("has_badge", label) for label in OF_TEXTS},
    "状態が進んだ": lambda d: d.status and d.status.course == BETTER,
    "状態が戻った・止まった": lambda d: d.status and d.status.course == WORSE,
    "はじめて記録": lambda d: d.status and not d.status.old.value,
    "評価が良くなった": lambda d: d.rating and d.rating.course == BETTER,
    "評価が悪くなった": lambda d: d.rating and d.rating.course == WORSE,
    "主担当課の変更": lambda d: d.lead,
}
"""What is counted on top, each from the items below (R3); an item may count in several."""


@dataclass(frozen=True)
class PlanChanges:
    """Two days of a plan side by side."""

    old: LivingPlan
    new: LivingPlan
    comparison: Comparison
    items: list[ItemDifference]

    @property
    def parts(self) -> list[PartChange]:
        return self.comparison.parts

    @property
    def is_empty(self) -> bool:
        return not self.items and not self.parts

    @cached_property
    def counts(self) -> list[Count]:
        found = [
            Count(label, sum(bool(told(item)) for item in self.items))
            for label, told in COUNTED.items()
        ]
        return [count for count in found if count.count]

    @cached_property
    def axes(self) -> list[AxisDifferences]:
        """Return the items under their axes and policies; in each, those of the later day and then what ended."""
        axes: dict[str, AxisDifferences] = {}
        for item in self.items:
            policy = item.policy
            axis = axes.setdefault(policy.axis.key, AxisDifferences(policy.axis))
            axis.by_key.setdefault(policy.key, PolicyDifferences(policy)).items.append(item)
        return sorted(axes.values(), key=lambda one: one.axis.number)


def plan_changes(plan: Plan, since: Moment, until: Moment) -> PlanChanges | None:
    """Return what differs between two days, in 13 queries whatever its size; None where no edition is loaded."""
    old, new = living_plan(plan, since), living_plan(plan, until)
    if old is None or new is None:
        return None
    descents = descents_between(old.outline.edition, new.outline.edition)
    comparison = compare(old.outline, new.outline, descents)
    before, after = _by_item(old.items), _by_item(new.items)
    items = [
        _difference(change, before.get(change.focus_item.pk), after.get(change.focus_item.pk))
        for change in comparison.items
    ]
    return PlanChanges(old, new, comparison, [item for item in items if item.differs])


def _by_item(states: Iterable[ItemState]) -> dict[int, ItemState]:
    return {state.text.focus_item_id: state for state in states}


def _difference(change: ItemChange, old: ItemState | None, new: ItemState | None) -> ItemDifference:
    if old is None or new is None:
        return ItemDifference(change)
    return ItemDifference(
        change,
        status=_shift(_status(old), _status(new), Status.upwards(), "進んだ", "戻った・止まった"),
        rating=_shift(_rating(old), _rating(new), Rating.upwards(), "良くなった", "悪くなった"),
        lead=_shift(_lead(old), _lead(new), (), "", ""),
    )


def _status(state: ItemState) -> Side:
    return Side(state.entry.status if state.entry else "", state.status_label)


def _rating(state: ItemState) -> Side:
    return Side(state.entry.rating if state.entry else "", state.rating_label)


def _lead(state: ItemState) -> Side:
    return Side(state.lead.code if state.lead else "", state.lead_name)


def _shift(old: Side, new: Side, upwards: Sequence[str], better: str, worse: str) -> Shift | None:
    """Return how a value went, by its place in the order; one without a place there went neither way."""
    if old == new:
        return None
    if not upwards or not {old.value, new.value} <= set(upwards):
        word = "はじめて記録" if upwards and not old.value else "変わった"
        return Shift(old, new, OTHER, word)
    if upwards.index(new.value) > upwards.index(old.value):
        return Shift(old, new, BETTER, better)
    return Shift(old, new, WORSE, worse)


def shifted_since(plan: LivingPlan, since: Moment) -> list[ItemDifference]:
    """Return the items of a living plan whose status or rating is another than at an earlier moment, as `plan_changes`
    tells them, in one query; in two where another edition was in force then."""
    entries = ProgressEntry.objects.current(since).select_related("initiative")
    then = {entry.initiative.focus_item_id: entry for entry in entries}
    stood = _stood_in(living_of([one.edition for one in plan.shelf.editions], since), plan)
    found = []
    for state in plan.items:
        item, text = state.text.focus_item_id, state.text
        before = then.get(item)
        if before == state.entry or (stood is not None and item not in stood):
            continue
        old = ItemState(text, before, state.lead)
        found.append(_difference(ItemChange(text, text), old, state))
    return [one for one in found if one.status or one.rating]


def _stood_in(edition: Edition | None, plan: LivingPlan) -> set[int] | None:
    """Return which items an edition had; None where it is the one of the plan, which has all that are asked about."""
    if edition is None or edition == plan.outline.edition:
        return None
    return set(edition.item_texts.order_by().values_list("focus_item_id", flat=True))
