"""前年度との比較: what became better or worse, what was reworded, what was said again, which dates slipped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from initiatives.enums import Rating, Status
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState
from initiatives.stated_column import Kind, StatedColumn
from kirishima_dx.closing import MARK
from reviews.enums import RatingChange, StatusChange
from reviews.models import AnnualReport
from reviews.report.document import Cell, Column, Table
from reviews.report.stated import PROSE, chosen, on_day, stated_cells

CHANGE_COLUMNS = (
    Column("code", "番号"),
    Column("title", "重点項目"),
    Column("department", "担当課"),
    Column("previous_rating", "前年度の進捗評価", Kind.CHOICE, "rating"),
    Column("rating", "進捗評価", Kind.CHOICE, "rating"),
    Column("rating_change", "評価の変化", Kind.CHOICE, "rating_change"),
    Column("previous_status", "前年度の状態", Kind.CHOICE, "status"),
    Column("status", "状態", Kind.CHOICE, "status"),
    Column("status_change", "状態の変化", Kind.CHOICE, "status_change"),
    Column("first_due", "当初の期限", Kind.DAY),
    Column("previous_due", "前年度の期限", Kind.DAY),
    Column("due", "いまの期限", Kind.DAY),
    Column("slips", "延期の回数", Kind.WHOLE),
    Column("changed_texts", "変わった文言"),
    Column("repeated_texts", "前年度と同じ文言"),
)


def changes_table(report: AnnualReport, now: list[ItemState], before: list[ItemState]) -> Table:
    """Compare each item of which something was said this year or last, in one query more."""
    promised = _promised_dates(report)
    rows = [
        _row(state, last, promised[state.text.focus_item_id])
        for state, last in zip(now, before, strict=True)
        if state.entry or last.entry
    ]
    return Table.of("changes", "前年度との比較", CHANGE_COLUMNS, rows)


def previous_texts_table(now: list[ItemState], before: list[ItemState]) -> Table:
    """Return last year's prose, so that the page of a sealed report can mark what is new in this year's."""
    columns = (Column("code", "番号"), *(Column(one.key, one.label) for one in PROSE))
    rows = [
        {"code": state.text.place, **{one.key: getattr(last.entry, one.key) for one in PROSE}}
        for state, last in zip(now, before, strict=True)
        if last.entry
    ]
    return Table.of("previous_texts", "前年度の文言", columns, rows)


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


def _row(now: ItemState, before: ItemState, promised: list[date]) -> dict[str, Cell | str | int]:
    entry, last = now.entry, before.entry
    said, was = stated_cells(entry), stated_cells(last)
    return {
        "code": now.text.place,
        "title": now.text.title,
        "department": now.lead_name,
        "previous_rating": was["rating"],
        "rating": said["rating"],
        "rating_change": chosen(
            rating_change(last.rating if last else None, entry.rating if entry else None)
        ),
        "previous_status": was["status"],
        "status": said["status"],
        "status_change": chosen(
            status_change(last.status if last else None, entry.status if entry else None)
        ),
        "first_due": on_day(promised[0] if promised else None),
        "previous_due": on_day(last.new_due_date if last else None),
        "due": on_day(entry.new_due_date if entry else None),
        "slips": sum(later > earlier for earlier, later in pairwise(promised)),
        "changed_texts": _labels(_reworded(entry, last)),
        "repeated_texts": _labels(_repeated(entry, last)),
    }


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


def _reworded(entry: ProgressEntry | None, last: ProgressEntry | None) -> Iterator[StatedColumn]:
    if entry and last:
        yield from (one for one in PROSE if getattr(entry, one.key) != getattr(last, one.key))


def _repeated(entry: ProgressEntry | None, last: ProgressEntry | None) -> Iterator[StatedColumn]:
    """Return the prose that says the same as last year, word for word; what is empty says nothing."""
    if entry and last:
        same = (one for one in PROSE if getattr(entry, one.key) == getattr(last, one.key))
        yield from (one for one in same if getattr(entry, one.key) not in ("", MARK))


def _labels(columns: Iterable[StatedColumn]) -> str:
    return "、".join(column.label for column in columns)
