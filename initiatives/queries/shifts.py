"""How what is said of an item went from one moment to another: its status, rating, lead and promised date."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from initiatives.enums import LATE_RATINGS, EntryKind, Rating, Status
from initiatives.models import ProgressEntry
from initiatives.queries.promises import Promised
from initiatives.queries.states import ItemState

BETTER, WORSE, OTHER = "better", "worse", "other"
MARKS = {BETTER: "↑", WORSE: "↓", OTHER: "→"}
FIRST, CORRECTED, FIRST_PROMISE = "はじめて記録", "訂正", "新たに示された"
RATED, UNRATED, BECAME_LATE = "評価できるようになった", "評価できなくなった", "遅れになった"


@dataclass(frozen=True)
class Side:
    """What was said on one of the two days: the stored value, empty for 未回答, its words, and in which entry."""

    value: str
    label: str
    entry: int | None = field(default=None, compare=False)


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
class PromiseShift:
    """A promised date (新たな期限) that is another one on the later day; `old` is None where it is the first one
    of a delay."""

    old: Promised | None
    new: Promised
    course: str
    word: str

    @property
    def mark(self) -> str:
        return MARKS[self.course]


class Lineage:
    """Which entries only set right what others said: then nothing went better or worse."""

    def __init__(self, steps: Mapping[int, tuple[int | None, bool]]) -> None:
        """`steps` leads from an entry to the one that it corrects or repeats, and says whether it corrects."""
        self._steps = steps

    @classmethod
    def of(cls, initiatives: Collection[int]) -> Self:
        """Read it in one query."""
        entries = ProgressEntry.objects.filter(initiative__in=initiatives)
        rows = entries.exclude(kind=EntryKind.UPDATE).values_list("pk", "corrects", "repeats")
        return cls({key: (corrects or repeats, bool(corrects)) for key, corrects, repeats in rows})

    def corrects(self, new: int | None, old: int | None) -> bool:
        """Whether an entry goes back to another one by repeating and correcting alone, and corrects."""
        corrected = False
        while new is not None and new != old:
            new, is_correction = self._steps.get(new, (None, False))
            corrected = corrected or is_correction
        return corrected and new is not None


def status_shift(old: ItemState, new: ItemState, lineage: Lineage) -> Shift | None:
    sides = _said(old, "status"), _said(new, "status")
    return _shift(*sides, Status.upwards(), ("進んだ", "戻った・止まった"), lineage)


def rating_shift(old: ItemState, new: ItemState, lineage: Lineage) -> Shift | None:
    sides = _said(old, "rating"), _said(new, "rating")
    return _shift(*sides, Rating.upwards(), ("良くなった", "悪くなった"), lineage)


def lead_shift(old: ItemState, new: ItemState) -> Shift | None:
    before, after = (Side(one.lead.code if one.lead else "", one.lead_name) for one in (old, new))
    return None if before == after else Shift(before, after, OTHER, "変わった")


def promise_shift(
    old: Sequence[Promised], new: Sequence[Promised], lineage: Lineage
) -> PromiseShift | None:
    """Return how the last promised date went; that it was said again is no change, and the first date of another delay
    is no later one of the delay before."""
    if not new or (old and old[-1].day == new[-1].day):
        return None
    after = new[-1]
    if not old:
        return PromiseShift(None, after, OTHER, FIRST_PROMISE)
    before = old[-1]
    if lineage.corrects(after.entry, before.entry):
        return PromiseShift(before, after, OTHER, CORRECTED)
    if after.delay != before.delay:
        return PromiseShift(None, after, OTHER, FIRST_PROMISE)
    if after.day > before.day:
        return PromiseShift(before, after, WORSE, f"{_slip(before.day, after.day)}延びた")
    return PromiseShift(before, after, BETTER, "早まった")


def _slip(before: date, after: date) -> str:
    """Return 6か月 from 3月31日 to 9月30日: ends of months lie whole months apart."""
    months = (after.year - before.year) * 12 + after.month - before.month
    return f"{months}か月" if months else f"{(after - before).days}日"


def _said(state: ItemState, key: str) -> Side:
    label = getattr(state, f"{key}_label")
    if state.entry is None:
        return Side("", label)
    return Side(getattr(state.entry, key), label, state.entry.pk)


def _from_outside(old: Side, new: Side) -> Shift:
    """Return how a value came into the order: nobody can say from where, but being late is told as that."""
    if new.value in LATE_RATINGS:
        return Shift(old, new, WORSE, BECAME_LATE)
    return Shift(old, new, OTHER, RATED)


def _shift(
    old: Side, new: Side, upwards: Sequence[str], words: tuple[str, str], lineage: Lineage
) -> Shift | None:
    """Return how a value went, by its place in the order; one without a place there went neither way."""
    if old == new:
        return None
    if not old.value:
        return Shift(old, new, OTHER, FIRST)
    if lineage.corrects(new.entry, old.entry):
        return Shift(old, new, OTHER, CORRECTED)
    if new.value not in upwards:
        return Shift(old, new, OTHER, UNRATED)
    if old.value not in upwards:
        return _from_outside(old, new)
    if upwards.index(new.value) > upwards.index(old.value):
        return Shift(old, new, BETTER, words[0])
    return Shift(old, new, WORSE, words[1])
