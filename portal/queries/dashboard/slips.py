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


def slips_picture(ground: Ground, late: Sequence[LateItem]) -> Picture:
    by_slip = sorted(late, key=lambda item: -item.months_slipped)
    return Picture(
        key="slips",
        question="何が、どれだけ遅れているか",
        sentence=_sentence(ground, by_slip),
        day=f"{ground.day_in_words}。◇ははじめとその後の期限、◆はいまの期限",
        drawing=_drawing(ground, by_slip),
        numbers=Numbers(
            ["重点項目", "評価", "はじめの期限", "いまの期限", "延びた月数"],
            [_row(item) for item in by_slip],
        ),
        links=[("遅れている項目の一覧", ground.items(rating="any_late"))] if late else [],
    )


def _drawing(ground: Ground, late: Sequence[LateItem]) -> TimeRows | None:
    promised = [day for item in late for day in item.dates]
    if not promised:
        return None
    days = Days.around([*promised, ground.day])
    return time_rows([_time_row(days, item) for item in late], days, ground.day)


def _time_row(days: Days, item: LateItem) -> TimeRow:
    row = TimeRow(f"{item.rating_mark} {item.name}", _in_words(item), item.url)
    if item.first is None or item.present is None:
        row.note = "期限の記録なし"
        return row
    row.lines = [line(days, item.first, item.present)] if len(item.dates) > 1 else []
    row.marks = [mark(days, day, Shape.OPEN) for day in item.past_dates]
    row.marks.append(mark(days, item.present, Shape.FULL))
    row.labels = labels(days, _named_dates(item))
    row.note = f"{item.months_slipped}か月延びた" if item.months_slipped else ""
    return row


def _named_dates(item: LateItem) -> list[tuple[date, str]]:
    """Return the first and the present date with their words; those between stand without, for there may be many."""
    if item.first is None or item.present is None:
        return []
    now = (item.present, wareki_date_short(item.present))
    if len(item.dates) == 1:
        return [now]
    return [(item.first, wareki_date_short(item.first)), now]


def _in_words(item: LateItem) -> str:
    return f"{item.rating_label}。" + (
        "期限は" + "から".join(map(wareki_date_short, item.dates))
        if item.dates
        else "期限の記録なし"
    )


def _row(item: LateItem) -> list[Number]:
    return [
        Number(item.name, item.url),
        Number(f"{item.rating_mark}{item.rating_label}"),
        Number(wareki_date_short(item.first) if item.first else "―"),
        Number(wareki_date_short(item.present) if item.present else "―"),
        Number(item.months_slipped),
    ]


def _sentence(ground: Ground, late: Sequence[LateItem]) -> str:
    silent = f"未回答の{ground.silent}項目は含みません。" if ground.silent else ""
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
