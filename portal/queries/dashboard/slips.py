"""③ which items are late, and how far their promised dates slipped."""

from collections.abc import Sequence
from datetime import date

from initiatives.enums import LATE_RATINGS
from initiatives.late_items import LateItem
from kirishima_dx.fiscal_year import wareki_date_short
from kirishima_dx.pictures.picture import Number, Numbers, Picture, joined
from kirishima_dx.pictures.scale import Days
from kirishima_dx.pictures.time_rows import Shape, TimeRow, TimeRows, labels, line, mark, time_rows
from portal.queries.dashboard.ground import Ground

MOST_DRAWN = 20
"""So many late items are drawn, those whose dates slipped furthest; the others are in the list."""


def slips_picture(ground: Ground, late: Sequence[LateItem]) -> Picture:
    by_slip = sorted(late, key=lambda item: -item.months_slipped)
    worst = by_slip[:MOST_DRAWN]
    return Picture(
        key="slips",
        question="何が、どれだけ遅れているか",
        sentence=_sentence(ground, by_slip),
        day=f"{ground.day_in_words}。◇ははじめとその後の期限、◆は現在の期限",
        drawing=_drawing(ground, worst),
        numbers=Numbers(
            ["重点項目", "評価", "はじめの期限", "現在の期限", "延びた月数"],
            [_row(item) for item in worst],
        ),
        links=_links(ground, len(late)) if late else [],
        note=f"図と表は、期限が大きく延びた順に{len(worst)}項目です。"
        if len(worst) < len(late)
        else "",
    )


def _links(ground: Ground, count: int) -> list[tuple[str, str]]:
    return [
        (f"遅れている{count}項目の一覧", ground.items(rating="any_late")),
        ("なぜ遅れ、どうするか", ground.address("late_and_to_decide")),
    ]


def _drawing(ground: Ground, late: Sequence[LateItem]) -> TimeRows | None:
    promised = [day for item in late for day in item.dates]
    if not promised:
        return None
    days = Days.around([*promised, ground.day])
    return time_rows([_time_row(days, item) for item in late], days, ground.day)


def _time_row(days: Days, item: LateItem) -> TimeRow:
    """Draw the dates of an item; those between the first and the present stand without words, for there may be many."""
    dates, slipped = item.dates, item.months_slipped
    row = TimeRow(f"{item.rating_mark} {item.name}", _in_words(item, dates), item.url)
    if not dates:
        row.note = "期限の記録なし"
        return row
    ends = dates if len(dates) < 2 else [dates[0], dates[-1]]
    row.lines = [line(days, *ends)] if len(ends) > 1 else []
    row.marks = [mark(days, day, Shape.OPEN) for day in dates[:-1]]
    row.marks.append(mark(days, dates[-1], Shape.FULL))
    row.labels = labels(days, ((day, wareki_date_short(day)) for day in ends))
    row.note = f"{slipped}か月延びた" if slipped else ""
    return row


def _in_words(item: LateItem, dates: Sequence[date]) -> str:
    told = "から".join(map(wareki_date_short, dates))
    return f"{item.rating_label}。{f'期限は{told}' if told else '期限の記録なし'}"


def _row(item: LateItem) -> list[Number]:
    return [
        Number(item.name, item.url),
        Number(f"{item.rating_mark}{item.rating_label}"),
        Number(wareki_date_short(item.first) if item.first else "―"),
        Number(wareki_date_short(item.present) if item.present else "―"),
        Number(item.months_slipped),
    ]


def _sentence(ground: Ground, late: Sequence[LateItem]) -> str:
    silent = (
        f"一度も答えていない{ground.silent}項目（未回答）は含みません。" if ground.silent else ""
    )
    if not late:
        return joined(("遅れているとされた項目はありません。", silent))
    parts = "、".join(
        f"{rating.mark}{rating.label}{count}"
        for rating in reversed(LATE_RATINGS)
        if (count := sum(item.rating == rating for item in late))
    )
    slipped = [item for item in late if item.months_slipped]
    told = "期限を後ろにずらした項目はありません。"
    if slipped:
        most = slipped[0]
        told = (
            f"期限を後ろにずらしたのは{len(slipped)}項目で、"
            f"いちばん延びたのは「{most.name}」の{most.months_slipped}か月です。"
        )
    return joined((f"{len(late)}項目が遅れています（{parts}）。", told, silent))
