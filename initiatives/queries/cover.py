"""What the first look at the plan tells besides its text: the board, what is late, what changed in the month."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from initiatives.late_items import LateItem
from initiatives.models import Study
from initiatives.queries.board import Board, board_of
from initiatives.queries.late_items import late_items
from initiatives.queries.month_shifts import ItemShift, shifted_since, ways
from initiatives.queries.states import LivingPlan
from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_year
from kirishima_dx.moment import Moment
from plans.models import FocusItem

MOST_TOLD = 5
"""How many late items are told in full; the others stand a link away."""


@dataclass(frozen=True)
class Cover:
    """The first look at a plan on a day. `overdue_studies` are the items whose study is past its day, told to staff
    alone: None for whoever may not know. Whether one was ended meanwhile, the reviews know."""

    board: Board
    late_items: list[LateItem]
    shifts: list[ItemShift]
    month: str
    overdue_studies: list[FocusItem] | None

    @property
    def late_told(self) -> list[LateItem]:
        return self.late_items[:MOST_TOLD]

    @cached_property
    def courses(self) -> dict[str, int]:
        """Return how many items went which way in the `month`, in words; one may go two ways."""
        return ways(self.shifts)


def cover_of(plan: LivingPlan, *, query: str = "", for_staff: bool) -> Cover:
    """Gather the first look, besides the living plan in at most two queries, in one more for staff; one more where
    another edition was in force at the end of the month before. Where nothing was recorded yet, in none."""
    board, month = board_of(plan, query=query), plan.at.replace(day=1)
    before = Moment.end_of(month - timedelta(days=1))
    return Cover(
        board=board,
        late_items=late_items(plan.items, plan.moment, query=query),
        shifts=[] if board.is_blank else shifted_since(plan, before),
        month=_month(month),
        overdue_studies=_overdue(plan) if for_staff and not plan.moment.is_hindsight else None,
    )


def _month(first: date) -> str:
    """Return 今月 or 令和8年10月."""
    if first == clock.today().replace(day=1):
        return "今月"
    return f"{wareki_year(first.year, month=first.month)}{first.month}月"


def _overdue(plan: LivingPlan) -> list[FocusItem]:
    """Return the ★ items whose study should have been looked at again before the day."""
    studied = {
        state.text.focus_item_id: state.text.focus_item
        for state in plan.items
        if state.text.is_study
    }
    if not studied:
        return []
    late = Study.objects.filter(initiative__focus_item__in=studied, review_by__lt=plan.at)
    return [studied[item] for item in late.values_list("initiative__focus_item", flat=True)]
