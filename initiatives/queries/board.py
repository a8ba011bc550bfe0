"""きょうの未来図: the whole plan as a board of tiles, one an item. Asks nothing: all is in the living plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from initiatives.enums import NO_ANSWER, NO_ANSWER_CODE, SILENCE, Rating, Status
from initiatives.queries.states import AxisStates, ItemState, LivingPlan, PolicyStates
from initiatives.signs import rating_signs, status_signs
from initiatives.silence import Silence, is_told
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.pictures.bars import Kind, Segment, Sign, in_words, kinds, segments
from plans.models import Axis, Policy


@dataclass(frozen=True)
class Tile:
    """One item on the board. `rating` is its code, empty where nothing was recorded; `step` is how far its status has
    come, None off the way (休止, 中止). `told_before` is its 基準日 where it speaks of a day before the fiscal year."""

    place: str
    title: str
    url: str
    is_study: bool
    rating: str
    rating_word: str
    mark: str
    status_word: str
    step: int | None
    is_late: bool
    told_before: date | None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said of it in the fiscal year (G2)."""
        return not self.rating or self.told_before is not None

    @property
    def name(self) -> str:
        """Return what the tile is, for whoever hears it or rests on it."""
        rating = f"{self.rating_word}、{self.status_word}" if self.rating else self.rating_word
        star = "、検討項目" if self.is_study else ""
        day = f"、{wareki_date(self.told_before)}の記録" if self.told_before else ""
        return f"{self.place} {self.title}、{rating}{star}{day}"


@dataclass(frozen=True)
class BoardPolicy:
    policy: Policy
    tiles: list[Tile]


@dataclass(frozen=True)
class BoardAxis:
    axis: Axis
    policies: list[BoardPolicy]

    @property
    def count(self) -> int:
        return sum(len(policy.tiles) for policy in self.policies)


@dataclass(frozen=True)
class Total:
    """How many items have each value of a scale, as a bar and in words."""

    signs: Sequence[Sign]
    counts: Sequence[int]

    @cached_property
    def segments(self) -> list[Segment]:
        return list(segments(self.signs, self.counts))

    @property
    def summary(self) -> str:
        return in_words(self.segments)

    @property
    def kinds(self) -> list[Kind]:
        return [kind for kind in kinds(self.signs, self.counts) if kind.count]


@dataclass(frozen=True)
class Board:
    """The plan as tiles, and its numbers, each recomputable from them (R3). `days` are the 基準日 of
    what they tell, in their order (G2)."""

    axes: list[BoardAxis]
    ratings: Total
    statuses: Total
    days: list[date]
    silence: Silence

    @cached_property
    def tiles(self) -> list[Tile]:
        return [tile for axis in self.axes for policy in axis.policies for tile in policy.tiles]

    @property
    def count(self) -> int:
        return len(self.tiles)

    @property
    def way(self) -> str:
        """Return along which statuses the five steps lead."""
        way = [status.label for status in Status.upwards() if status.is_on_the_way]
        return "→".join(str(label) for label in way[1:])

    @property
    def policy_count(self) -> int:
        return sum(len(axis.policies) for axis in self.axes)

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing was recorded of any item yet."""
        return not any(tile.rating for tile in self.tiles)

    @cached_property
    def late(self) -> list[Tile]:
        """Return the late ones, the worst first."""
        late = (tile for tile in self.tiles if tile.is_late)
        return sorted(late, key=lambda tile: Rating(tile.rating).rank or 0)

    @cached_property
    def silent(self) -> list[Tile]:
        if self.silence.has_year_begun:
            return [tile for tile in self.tiles if tile.is_silent]
        return [tile for tile in self.tiles if not tile.rating]

    @cached_property
    def under_study(self) -> list[Tile]:
        return [tile for tile in self.tiles if tile.is_study]


def board_of(plan: LivingPlan, *, query: str = "") -> Board:
    """Lay a living plan out; `query` (?on=…) is put behind the address of each item."""

    def policy_of(told: PolicyStates) -> BoardPolicy:
        return BoardPolicy(told.policy, [_tile(state, plan.at, query) for state in told.items])

    def axis_of(told: AxisStates) -> BoardAxis:
        return BoardAxis(told.outline.axis, [policy_of(policy) for policy in told.policies])

    entries = [state.entry for state in plan.items]
    days = sorted({entry.as_of for entry in entries if entry})
    return Board(
        axes=[axis_of(axis) for axis in plan.axes],
        days=days,
        silence=Silence.of((entry.as_of if entry else None for entry in entries), plan.at),
        ratings=_total(rating_signs(), (one.rating if one else NO_ANSWER_CODE for one in entries)),
        statuses=_total(status_signs(), (one.status if one else NO_ANSWER_CODE for one in entries)),
    )


def _total(signs: Sequence[Sign], codes: Iterable[str]) -> Total:
    counts = Counter(codes)
    return Total(signs, [counts[sign.code] for sign in signs])


def _tile(state: ItemState, at: date, query: str) -> Tile:
    text, entry = state.text, state.entry
    rating, status = (Rating(entry.rating), Status(entry.status)) if entry else (None, None)
    return Tile(
        place=text.place,
        title=text.title,
        url=f"{state.url}{query}",
        is_study=text.is_study,
        rating=rating.code if rating else "",
        rating_word=str(rating.label) if rating else NO_ANSWER,
        mark=rating.mark if rating else SILENCE.mark,
        status_word=str(status.label) if status else "",
        step=status.rank if status and status.is_on_the_way else None,
        is_late=bool(rating and rating.is_late),
        told_before=entry.as_of if entry and not is_told(entry.as_of, at) else None,
    )
