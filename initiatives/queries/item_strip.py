"""An item's strip: its status and rating along the years, the editions, and the promised date as it moved. No query."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise

from initiatives.enums import Rating, Status
from initiatives.models import ProgressEntry
from initiatives.queries.item import ItemPage
from kirishima_dx.elapsed import months_later
from kirishima_dx.fiscal_year import wareki_date, wareki_date_short
from kirishima_dx.pictures.picture import Number, Numbers, Picture, joined
from kirishima_dx.pictures.scale import Days
from kirishima_dx.pictures.time_rows import (
    Shape,
    TimeRow,
    band,
    labels,
    line,
    mark,
    signs,
    time_rows,
)

Entries = Sequence[ProgressEntry]


def item_strip(page: ItemPage) -> Picture | None:
    """Return the strip of an item as its page knows it on its day; None where nothing was said of it by then."""
    entries = _entries(page)
    if not entries:
        return None
    delays = _delays(entries)
    promises = [day for delay in delays for day in delay]
    editions = _editions(page)
    days = Days.around(
        [*(one.as_of for one in entries), *promises, *(day for day, _ in editions), page.at]
    )
    rows = [_status_row(days, entries, page.at), _rating_row(days, entries)]
    if promises:
        rows.append(_promise_row(days, delays, entries[-1]))
    return Picture(
        key="strip",
        question=f"{page.text.place}のあゆみ",
        sentence=_sentence(entries, delays),
        day=f"{wareki_date(page.at)}現在。{_meanings(entries)}",
        drawing=time_rows(rows, days, page.at, editions),
        numbers=Numbers(
            ["基準日", "状態", "進捗評価", "新たな期限"], [_row(entry) for entry in entries]
        ),
        note="もとになった項目の記録は、下の経過にあります。" if _has_ancestors(page) else "",
    )


def _entries(page: ItemPage) -> list[ProgressEntry]:
    """Return what stands of what was said of days up to that of the page, oldest first."""
    stories = [one.story for one in page.happenings if one.story is not None and one.of is None]
    standing = [s.entry for s in stories if s.corrected_by is None and s.entry.as_of <= page.at]
    return standing[::-1]


def _has_ancestors(page: ItemPage) -> bool:
    return any(one.story is not None and one.of is not None for one in page.happenings)


def _editions(page: ItemPage) -> list[tuple[date, str]]:
    editions = [
        one.wording.text.edition for one in page.happenings if one.wording and one.of is None
    ]
    return [(one.effective_from, one.name) for one in editions if one.effective_from]


def _delays(entries: Entries) -> list[list[date]]:
    """Return the promised dates by the delays in which they were, one that was only said again once.

    An item that recovered and is late again has begun another delay: its dates are no later ones of the first.
    """
    runs = (list(run) for is_late, run in groupby(entries, key=lambda one: one.is_late) if is_late)
    return [promised for run in runs if (promised := _promised(run))]


def _promised(entries: Entries) -> list[date]:
    days = (entry.new_due_date for entry in entries if entry.new_due_date is not None)
    return [day for day, _ in groupby(days)]


def _status_row(days: Days, entries: Entries, at: date) -> TimeRow:
    begun = [
        entry for n, entry in enumerate(entries) if not n or entry.status != entries[n - 1].status
    ]
    ends = [*(entry.as_of for entry in begun[1:]), at]
    spans = [
        (entry.as_of, max(end, entry.as_of), Status(entry.status))
        for entry, end in zip(begun, ends, strict=True)
    ]
    words = "、".join(
        f"{wareki_date_short(entry.as_of)}から{Status(entry.status).label}" for entry in begun
    )
    row = TimeRow("状態", words)
    row.bands = [
        band(days, begin, end, status.look, str(status.label)) for begin, end, status in spans
    ]
    row.labels = labels(
        days,
        (
            (begin + (end - begin) / 2, f"{status.mark}{status.label}")
            for begin, end, status in spans
        ),
    )
    return row


def _rating_row(days: Days, entries: Entries) -> TimeRow:
    told = [(entry.as_of, Rating(entry.rating)) for entry in entries]
    row = TimeRow(
        "進捗評価", "、".join(f"{wareki_date_short(day)} {one.label}" for day, one in told)
    )
    row.labels = signs(days, ((day, rating.mark) for day, rating in told))
    return row


def _meanings(entries: Entries) -> str:
    """Return what the marks in the row of ratings mean."""
    met = {entry.rating for entry in entries}
    return "、".join(f"{one.mark}は{one.label}" for one in Rating if one in met)


def _promise_row(days: Days, delays: Sequence[list[date]], last: ProgressEntry) -> TimeRow:
    """Draw the dates as they were promised, those of a delay in one line; the last is the present one as long as the
    item is late."""
    promises = [day for delay in delays for day in delay]
    row = TimeRow("期限", "、".join(map(wareki_date_short, promises)))
    row.lines = [line(days, *two) for delay in delays for two in pairwise(delay)]
    row.marks = [mark(days, day, Shape.OPEN) for day in promises[:-1]]
    row.marks.append(mark(days, promises[-1], Shape.FULL if last.is_late else Shape.OPEN))
    now = "現在" if last.is_late else "最後"
    names = [name for delay in delays for name in ("当初", *[""] * (len(delay) - 1))]
    names[-1] = now if len(promises) > 1 else "期限"
    row.labels = labels(
        days,
        (
            (day, f"{name} {wareki_date_short(day)}".strip())
            for name, day in zip(names, promises, strict=True)
        ),
    )
    return row


def _row(entry: ProgressEntry) -> list[Number]:
    rating = Rating(entry.rating)
    due = entry.new_due_date
    return [
        Number(wareki_date(entry.as_of)),
        Number(entry.get_status_display()),
        Number(f"{rating.mark}{rating.label}"),
        Number(wareki_date(due) if due else "―"),
    ]


def _sentence(entries: Entries, delays: Sequence[list[date]]) -> str:
    first, last = entries[0].get_status_display(), entries[-1].get_status_display()
    if len(entries) == 1:
        told = f"状態は「{last}」で、記録はこの1件です。"
    elif first == last:
        told = f"状態は、はじめの記録も最後の記録も「{last}」です。"
    else:
        told = f"状態は「{first}」から「{last}」になりました。"
    before = f"期限のある遅れは{len(delays)}回目です。" if len(delays) > 1 else ""
    return joined((told, before, _told_of(delays[-1] if delays else ())))


def _told_of(promises: Sequence[date]) -> str:
    if not promises:
        return ""
    if len(promises) == 1:
        return f"期限は{wareki_date(promises[0])}で、そのあと変わっていません。"
    slips = sum(now > before for before, now in pairwise(promises))
    months = months_later(promises[0], promises[-1])
    if not months:
        return f"期限は{len(promises) - 1}回変わりましたが、はじめの約束より遅くなってはいません。"
    return f"期限は{slips}回延び、はじめの約束から{months}か月遅くなりました。"
