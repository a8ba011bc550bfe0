"""前年度との比較: what became better or worse, what was reworded, what was said again, which dates slipped."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from initiatives.enums import Rating, Status
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState
from initiatives.statement import BY_KEY
from reviews.enums import RatingChange, StatusChange
from reviews.models import AnnualReport
from reviews.report.document import CellValue, Column, Table

TEXTS = ("rating_reason", "achievements", "outcome", "problem", "next_steps")
"""The prose that is compared with last year's."""
CHANGE_COLUMNS = (
    Column("code", "番号"),
    Column("title", "重点項目"),
    Column("department", "担当課"),
    Column("previous_rating", "前年度の進捗評価"),
    Column("rating", "進捗評価"),
    Column("rating_change", "評価の変化"),
    Column("previous_status", "前年度の状態"),
    Column("status", "状態"),
    Column("status_change", "状態の変化"),
    Column("first_due", "当初の期限"),
    Column("previous_due", "前年度の期限"),
    Column("due", "いまの期限"),
    Column("slips", "延期の回数"),
    Column("changed_texts", "変わった文言"),
    Column("repeated_texts", "前年度と同じ文言"),
)


def changes_table(report: AnnualReport, now: list[ItemState], before: list[ItemState]) -> Table:
    """Compare each item of which something was said this year or last, in one query more."""
    promised = _promised_dates(report)
    rows = tuple(
        _row(state, last, promised[state.text.focus_item_id])
        for state, last in zip(now, before, strict=True)
        if state.entry or last.entry
    )
    return Table("changes", "前年度との比較", CHANGE_COLUMNS, rows)


def previous_texts_table(now: list[ItemState], before: list[ItemState]) -> Table:
    """Return last year's prose, so that the page of a sealed report can mark what is new in this year's."""
    columns = (Column("code", "番号"), *(Column(key, BY_KEY[key].label) for key in TEXTS))
    rows = tuple(
        (state.text.place, *(getattr(last.entry, key) for key in TEXTS))
        for state, last in zip(now, before, strict=True)
        if last.entry
    )
    return Table("previous_texts", "前年度の文言", columns, rows)


def _promised_dates(report: AnnualReport) -> dict[int, list[date]]:
    """Return the new dates that were named of each item up to the day of the report, oldest first."""
    entries = (
        ProgressEntry.objects.standing()
        .filter(
            new_due_date__isnull=False,
            as_of__lte=report.as_of,
            initiative__focus_item__plan=report.plan_id,
        )
        .order_by("as_of", "recorded_at", "pk")
        .values_list("initiative__focus_item_id", "new_due_date")
    )
    promised: dict[int, list[date]] = defaultdict(list)
    for item, day in entries:
        if day is not None:
            promised[item].append(day)
    return promised


def _row(now: ItemState, before: ItemState, promised: list[date]) -> tuple[CellValue, ...]:
    entry, last = now.entry, before.entry
    return (
        now.text.place,
        now.text.title,
        now.lead_name,
        before.rating_label,
        now.rating_label,
        rating_change(last.rating if last else None, entry.rating if entry else None).label,
        before.status_label,
        now.status_label,
        status_change(last.status if last else None, entry.status if entry else None).label,
        _iso(promised[0] if promised else None),
        _iso(last.new_due_date if last else None),
        _iso(entry.new_due_date if entry else None),
        sum(later > earlier for earlier, later in pairwise(promised)),
        _labels(_reworded(entry, last)),
        _labels(_repeated(entry, last)),
    )


def rating_change(before: str | None, now: str | None) -> RatingChange:
    """Say whether a rating became better or worse."""
    if now is None:
        return RatingChange.NO_ANSWER
    if before is None:
        return RatingChange.NEW
    if before == now:
        return RatingChange.SAME
    risen = Rating(now).ranks_above(Rating(before))
    if risen is None:
        return RatingChange.NOT_COMPARABLE
    return RatingChange.BETTER if risen > 0 else RatingChange.WORSE


def status_change(before: str | None, now: str | None) -> StatusChange:
    """Say whether a status went on or back."""
    if now is None:
        return StatusChange.NO_ANSWER
    if before is None:
        return StatusChange.NEW
    if before == now:
        return StatusChange.SAME
    was, is_now = Status(before), Status(now)
    if is_now.is_ended:
        return StatusChange.STOPPED
    if was.is_ended:
        return StatusChange.RESUMED
    return StatusChange.FORWARD if (is_now.ranks_above(was) or 0) > 0 else StatusChange.BACK


def _reworded(entry: ProgressEntry | None, last: ProgressEntry | None) -> Iterable[str]:
    if entry and last:
        yield from (key for key in TEXTS if getattr(entry, key) != getattr(last, key))


def _repeated(entry: ProgressEntry | None, last: ProgressEntry | None) -> Iterable[str]:
    """Return the prose that says the same as last year, word for word; what is empty says nothing."""
    if entry and last:
        same = (key for key in TEXTS if getattr(entry, key) == getattr(last, key))
        yield from (key for key in same if getattr(entry, key))


def _labels(keys: Iterable[str]) -> str:
    return "、".join(BY_KEY[key].label for key in keys)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
