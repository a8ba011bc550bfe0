"""What changed of the plan and of where it stands from one day to another, each as it was then known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import methodcaller

from initiatives.queries.promises import promised_dates
from initiatives.queries.shifts import (
    BECAME_LATE,
    BETTER,
    CORRECTED,
    FIRST,
    FIRST_PROMISE,
    RATED,
    UNRATED,
    WORSE,
    Lineage,
    PromiseShift,
    Shift,
    lead_shift,
    promise_shift,
    rating_shift,
    status_shift,
)
from initiatives.queries.states import ItemState, LivingPlan, living_plan
from kirishima_dx.moment import Moment
from plans.comparison.items import ItemChange
from plans.comparison.parts import PartChange
from plans.comparison.whole import Comparison, compare
from plans.enums import DESCENTS, Fate
from plans.models import Plan
from plans.queries import descents_between


@dataclass(frozen=True)
class Badge:
    """What happened to the text of an item, in a word; `fate` is how it looks, `counted` what it counts as on top."""

    word: str
    fate: str = ""
    counted: str = ""

    @property
    def counts_as(self) -> str:
        return self.counted or self.word


@dataclass(frozen=True)
class ItemDifference:
    """One item on the two days: its text, where it stands, what is promised and who leads it.

    `is_heard` tells of one that stands on both days whether an entry of the later day is another one than that of the
    earlier: silence is no 「変更なし」 (G2).
    """

    change: ItemChange
    status: Shift | None = None
    rating: Shift | None = None
    promise: PromiseShift | None = None
    lead: Shift | None = None
    is_heard: bool = True

    @property
    def stands_otherwise(self) -> bool:
        return bool(self.status or self.rating or self.promise)

    @property
    def differs(self) -> bool:
        return bool(self.change.fate != Fate.SAME or self.stands_otherwise or self.lead)

    @property
    def rank(self) -> tuple[int, str, int]:
        """Return where it stands in the order of the plan, in the later edition where it stands there."""
        text = self.change.either
        return text.policy.axis.number, text.policy.letter, text.number

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
        return any(counted == badge.counts_as for badge in self.badges)


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
    "評価が良くなった": lambda d: d.rating and d.rating.course == BETTER,
    "状態が戻った・止まった": lambda d: d.status and d.status.course == WORSE,
    "評価が悪くなった": lambda d: d.rating and d.rating.word == "悪くなった",
    BECAME_LATE: lambda d: d.rating and d.rating.word == BECAME_LATE,
    "期限が延びた": lambda d: d.promise and d.promise.course == WORSE,
    "新たな期限が示された": lambda d: d.promise and d.promise.word == FIRST_PROMISE,
    "期限が早まった": lambda d: d.promise and d.promise.course == BETTER,
    RATED: lambda d: d.rating and d.rating.word == RATED,
    UNRATED: lambda d: d.rating and d.rating.word == UNRATED,
    "はじめて記録": lambda d: d.status and d.status.word == FIRST,
    "訂正": lambda d: (
        CORRECTED in {shift.word for shift in (d.status, d.rating, d.promise) if shift}
    ),
    "主担当課の変更": lambda d: d.lead,
}
"""What is counted, each from the items that are shown (R3); an item may count in several."""


@dataclass(frozen=True)
class PlanChanges:
    """Two days of a plan side by side."""

    old: LivingPlan
    new: LivingPlan
    comparison: Comparison
    everything: list[ItemDifference]

    @cached_property
    def items(self) -> list[ItemDifference]:
        """Return the items that differ, in the order of the plan."""
        return sorted((one for one in self.everything if one.differs), key=lambda one: one.rank)

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

    @property
    def standing(self) -> list[ItemDifference]:
        """Return the items that stand on both days."""
        return [item for item in self.everything if item.change.old and item.change.new]

    @property
    def heard_the_same(self) -> list[ItemDifference]:
        """Return the items of which something was said again, and nothing stands otherwise."""
        return [one for one in self.standing if one.is_heard and not one.stands_otherwise]

    @property
    def silent(self) -> list[ItemDifference]:
        """Return the items of which nothing was said since (G2)."""
        return [one for one in self.standing if not one.is_heard and not one.stands_otherwise]


def plan_changes(plan: Plan, since: Moment, until: Moment) -> PlanChanges | None:
    """Return what differs between two moments, in 16 queries whatever its size, in 13 where no edition came between
    them; None where no edition is loaded."""
    old = living_plan(plan, since)
    new = living_plan(plan, until, beside=old)
    if old is None or new is None:
        return None
    descents = descents_between(old.outline.edition, new.outline.edition)
    comparison = compare(old.outline, new.outline, descents)
    sides = _Sides(_by_item(old.items), _by_item(new.items), since, until)
    return PlanChanges(old, new, comparison, [sides.difference(one) for one in comparison.items])


def _by_item(states: Iterable[ItemState]) -> dict[int, ItemState]:
    return {state.text.focus_item_id: state for state in states}


class _Sides:
    """The states of the items at two moments, with what had been promised of them by then."""

    def __init__(
        self,
        old: dict[int, ItemState],
        new: dict[int, ItemState],
        since: Moment,
        until: Moment,
    ) -> None:
        self._old, self._new = old, new
        recorded = {one.entry.initiative_id for one in new.values() if one.entry}
        self._promised = [promised_dates(recorded, moment) for moment in (since, until)]
        # What both sides know of was corrected on both.
        is_one_knowledge = since.known_before == until.known_before
        self._lineage = Lineage({}) if is_one_knowledge else Lineage.of(recorded)

    def difference(self, change: ItemChange) -> ItemDifference:
        key = change.focus_item.pk
        old, new = self._old.get(key), self._new.get(key)
        if old is None or new is None:
            return ItemDifference(change)
        return ItemDifference(
            change,
            status=status_shift(old, new, self._lineage),
            rating=rating_shift(old, new, self._lineage),
            promise=self._promise(new),
            lead=lead_shift(old, new),
            is_heard=new.entry is not None and new.entry != old.entry,
        )

    def _promise(self, state: ItemState) -> PromiseShift | None:
        if state.entry is None:
            return None
        before, after = (of.get(state.entry.initiative_id, []) for of in self._promised)
        return promise_shift(before, after, self._lineage)
