"""What several pictures of a dashboard stand on: the items as they stood at a moment, and ways to them in lists."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from initiatives.enums import NO_ANSWER_CODE
from initiatives.queries.item_list import UNANSWERED
from initiatives.queries.states import ItemState, item_states
from initiatives.silence import Silence
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.moment import Moment
from kirishima_dx.pictures.bar_rows import Bars, bars
from kirishima_dx.pictures.bars import Sign
from kirishima_dx.pictures.picture import Number, Numbers
from plans.models import Axis, Edition


@dataclass(frozen=True)
class Ground:
    """`kept` is what links hand on, so that lists speak of the same day."""

    edition: Edition
    moment: Moment
    states: Sequence[ItemState]
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.moment.day

    @property
    def day_in_words(self) -> str:
        return f"{wareki_date(self.day)}現在"

    @property
    def total(self) -> int:
        return len(self.states)

    @property
    def silent(self) -> int:
        """Return of how many items nothing was ever stated by then (未回答)."""
        return self.silence.never

    @cached_property
    def silence(self) -> Silence:
        return Silence.of(
            (state.entry.as_of if state.entry else None for state in self.states), self.day
        )

    @property
    def way_to_silence(self) -> list[tuple[str, str]]:
        """Return the way to the items of which nothing was said; none where there are none."""
        silence = self.silence
        return [(silence.words, self.items(**silence.condition))] if silence.count else []

    @property
    def axes(self) -> list[Axis]:
        return list(
            {state.text.policy.axis_id: state.text.policy.axis for state in self.states}.values()
        )

    def items(self, **conditions: str) -> str:
        """Return the address of 進捗一覧 of the day, narrowed to what is told."""
        return self._with_query(self._list_url, conditions)

    def address(self, name: str) -> str:
        """Return the address of another page that speaks of any day, for the day."""
        return self._with_query(reverse(name), {})

    def _with_query(self, url: str, conditions: Mapping[str, str]) -> str:
        query = urlencode({**conditions, **self.kept})
        return f"{url}{'?' * bool(query)}{query}"

    @cached_property
    def _list_url(self) -> str:
        return reverse("item_list")

    def number(self, count: int, **conditions: str) -> Number:
        """Return a number that leads to the items that it counts; one of none leads nowhere."""
        return Number(count, self.items(**conditions) if count else "")


def ground_of(edition: Edition, moment: Moment, kept: Mapping[str, str]) -> Ground:
    """Gather the items of an edition as they stood at a moment, in three queries."""
    texts = edition.item_texts.select_related("policy__axis", "focus_item")
    in_order = texts.order_by("policy__axis__number", "policy__letter", "number")
    return Ground(edition, moment, item_states(in_order, moment), kept)


class ByAxis:
    """How many items of each axis carry each sign; `parameter` is what 進捗一覧 calls the scale."""

    def __init__(
        self,
        ground: Ground,
        signs: Sequence[Sign],
        parameter: str,
        code_of: Callable[[ItemState], str],
    ) -> None:
        self.ground, self.signs, self.parameter = ground, signs, parameter
        found = Counter((state.text.policy.axis_id, code_of(state)) for state in ground.states)
        self.axes = ground.axes
        self._counts = {
            axis.pk: [found[axis.pk, sign.code] for sign in signs] for axis in self.axes
        }

    def counts(self, axis: Axis | None = None) -> list[int]:
        """Return how many items carry each sign, of an axis or of all."""
        if axis is not None:
            return self._counts[axis.pk]
        return [
            sum(counts[place] for counts in self._counts.values())
            for place in range(len(self.signs))
        ]

    def count(self, *codes: str) -> int:
        counts = zip(self.signs, self.counts(), strict=True)
        return sum(count for sign, count in counts if sign.code in codes)

    @property
    def drawing(self) -> Bars:
        return bars(
            self.signs,
            [
                (_named(axis), self.ground.items(axis=str(axis.number)), self.counts(axis))
                for axis in self.axes
            ],
        )

    @property
    def numbers(self) -> Numbers:
        shown = [sign for sign, count in zip(self.signs, self.counts(), strict=True) if count]
        heads = ["軸", "項目数", *(f"{sign.mark}{sign.label}" for sign in shown)]
        axes: list[Axis | None] = [*self.axes, None]
        return Numbers(heads, [self._row(axis, shown) for axis in axes])

    def _row(self, axis: Axis | None, shown: Sequence[Sign]) -> list[Number]:
        where = {"axis": str(axis.number)} if axis else {}
        codes = (sign.code for sign in self.signs)
        counts = dict(zip(codes, self.counts(axis), strict=True))
        return [
            Number(_named(axis) if axis else "合計"),
            self.ground.number(sum(counts.values()), **where),
            *(
                self.ground.number(counts[sign.code], **where, **{self.parameter: in_address(sign)})
                for sign in shown
            ),
        ]


def in_address(sign: Sign) -> str:
    """Return what the address of 進捗一覧 calls a sign."""
    return UNANSWERED if sign.code == NO_ANSWER_CODE else sign.code


def _named(axis: Axis) -> str:
    return f"軸{axis.number} {axis.name}"
