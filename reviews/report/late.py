"""遅れている取組 as a report tells it: since when, why, what is done about it, and how the promised date moved.

Issues that were sealed before the report had this table tell of late items in 進捗一覧 and 前年度との比較; what these
do not hold is left empty (rule R1).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from initiatives.enums import Rating
from initiatives.late_items import LateItem, Lateness, rating_counts
from initiatives.stated_column import Kind
from initiatives.statement import BY_KEY
from reviews.report.cells import words_of
from reviews.report.document import NOTHING, Cell, Column, Record, ReportDocument, Table
from reviews.report.looks import mark_of, traits_of
from reviews.report.stated import DELAY, STUDY_MARK, chosen, on_day

KEY, TITLE = "late", "遅れている取組"
CAUSE, COUNTERMEASURE, DUE = "delay_cause", "countermeasure", "new_due_date"
_RATING = "rating"
_BETWEEN = Column("earlier_due", "その間の期限", Kind.DAY)
LATE_COLUMNS = (
    Column("code", "番号"),
    Column("title", "重点項目"),
    Column("is_study", "検討項目", Kind.FLAG),
    Column("department", "担当課"),
    Column(_RATING, BY_KEY[_RATING].label, Kind.CHOICE, _RATING),
    Column("since", "いつから", Kind.DAY),
    Column("first_due", "当初の期限", Kind.DAY),
    Column("earlier_dues", _BETWEEN.label),
    Column("due", "いまの期限", Kind.DAY),
    Column(CAUSE, BY_KEY[CAUSE].label),
    Column(COUNTERMEASURE, BY_KEY[COUNTERMEASURE].label),
)


def late_table(items: Iterable[LateItem]) -> Table:
    """Return the late items as the table of a report, in the order given."""
    return Table.of(KEY, TITLE, LATE_COLUMNS, [_row(item) for item in items])


def _row(item: LateItem) -> dict[str, Cell | str | int]:
    return {
        "code": item.place,
        "title": item.title,
        "is_study": Cell(STUDY_MARK, value=True) if item.is_study else "",
        "department": item.department,
        _RATING: chosen(Rating(item.rating)),
        "since": on_day(item.since),
        "first_due": on_day(item.first),
        "earlier_dues": _days(item.dates[1:-1]),
        "due": on_day(item.present),
        CAUSE: item.cause,
        COUNTERMEASURE: item.countermeasure,
    }


def _days(days: Sequence[date]) -> Cell:
    cells = [on_day(day) for day in days]
    words = "、".join(cell.words for cell in cells)
    return Cell(words, parts=tuple((_BETWEEN, cell) for cell in cells))


def late_items_of(document: ReportDocument, *, url: str = "") -> list[LateItem]:
    """Return the late items that a report tells of, the worst first; `url` is the address of its page, none on
    that page itself."""
    table = document.table(KEY)
    rows = table.records if table is not None else _late_rows(document)
    read = _from_table if table is not None else partial(_from_progress, _changes(document))
    found = [read(row, f"{url}#item-{words_of(row, 'code')}") for row in rows]
    return sorted(found, key=_rank)


def lateness_of(document: ReportDocument, *, url: str = "") -> Lateness:
    """Return how the items of a report stand against their schedules on its day."""
    at = Cell(value=document.value("as_of")).day
    progress = document.table("progress")
    ratings = (
        [(str(cell.value), cell.words) for cell in progress.column(_RATING)] if progress else []
    )
    return Lateness(at, late_items_of(document, url=url), rating_counts(ratings))


def _changes(document: ReportDocument) -> dict[str, Record]:
    table = document.table("changes")
    return {words_of(row, "code"): row for row in table.records} if table else {}


def _rank(item: LateItem) -> int:
    return traits_of(_RATING, item.rating).rank or 0


def _late_rows(document: ReportDocument) -> Iterator[Record]:
    """Yield the rows of 進捗一覧 that are rated late."""
    progress = document.table("progress")
    for row in progress.records if progress else ():
        if traits_of(_RATING, row.get(_RATING, NOTHING).value).is_bad:
            yield row


def _from_table(row: Record, url: str) -> LateItem:
    between = [cell.day for _, cell in row.get("earlier_dues", NOTHING).parts]
    first, present = (row.get(key, NOTHING).day for key in ("first_due", "due"))
    is_first = first == present and not between
    return _item(
        row,
        url,
        since=row.get("since", NOTHING).day,
        promises=_known([present] if is_first else [first, *between, present]),
        cause=words_of(row, CAUSE),
        countermeasure=words_of(row, COUNTERMEASURE),
    )


def _from_progress(changes: Mapping[str, Record], row: Record, url: str) -> LateItem:
    """Read a row of 進捗一覧, with the dates of 前年度との比較 where the report has them."""
    told = {column.key: cell for column, cell in row.get(DELAY, NOTHING).parts}
    change = changes.get(words_of(row, "code"), {})
    days = [change.get(key, NOTHING).day for key in ("first_due", "previous_due")]
    return _item(
        row,
        url,
        promises=_known([*days, told.get(DUE, change.get("due", NOTHING)).day]),
        cause=words_of(told, CAUSE),
        countermeasure=words_of(told, COUNTERMEASURE),
    )


def _known(days: Iterable[date | None]) -> tuple[date, ...]:
    return tuple(day for day in days if day is not None)


def _item(
    row: Record,
    url: str,
    *,
    promises: tuple[date, ...],
    cause: str,
    countermeasure: str,
    since: date | None = None,
) -> LateItem:
    rating = row.get(_RATING, NOTHING)
    return LateItem(
        code="",
        place=words_of(row, "code"),
        title=words_of(row, "title"),
        is_study=bool(row.get("is_study", NOTHING).value),
        rating=str(rating.value),
        rating_label=rating.words,
        rating_mark=mark_of(_RATING, rating.value),
        department=words_of(row, "department"),
        since=since,
        promises=promises,
        cause=cause,
        countermeasure=countermeasure,
        url=url,
    )
