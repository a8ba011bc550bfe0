"""② how the items were rated over the years: past years as their published reports tell it alone (P2), then the day."""

from collections import Counter
from collections.abc import Sequence

from initiatives.enums import LATE_RATINGS, NO_ANSWER_CODE
from initiatives.signs import rating_signs
from kirishima_dx.fiscal_year import fiscal_year_wareki
from kirishima_dx.pictures.bar_rows import bars
from kirishima_dx.pictures.bars import Sign
from kirishima_dx.pictures.picture import Number, Numbers, Picture, joined
from portal.queries.dashboard.ground import Ground, in_address
from reviews.queries.published_ratings import RatedYear

Counts = dict[str, int]


def ratings_picture(ground: Ground, years: Sequence[RatedYear]) -> Picture:
    now = Counter(state.entry.rating if state.entry else NO_ANSWER_CODE for state in ground.states)
    told = [year for year in years if year.totals]
    signs = _signs(told)
    untold = "、".join(year.report.title for year in years if not year.totals)
    return Picture(
        key="ratings",
        question="評価は、年ごとにどう変わったか",
        sentence=_sentence(ground, now, told),
        day=f"過ぎた年度は公表した年次報告の数、いちばん下は{ground.day_in_words}の記録の数",
        drawing=bars(
            signs,
            [
                *((_name(year), year.url, _in_order(signs, year.counts)) for year in told),
                ("この日", ground.items(), _in_order(signs, now)),
            ],
        ),
        numbers=Numbers(
            ["年度", "項目数", *(f"{sign.mark}{sign.label}" for sign in signs)],
            [*(_year_row(signs, year) for year in told), _row_of_day(signs, ground, now)],
        ),
        links=[(year.report.title, year.url) for year in told],
        note=f"{untold}には、評価ごとの数の表がありません。" if untold else "",
    )


def _name(year: RatedYear) -> str:
    return fiscal_year_wareki(year.report.fiscal_year)


def _signs(years: Sequence[RatedYear]) -> list[Sign]:
    """Return the ratings of today, then those that only a report knows, under its own word."""
    known = {sign.code: sign for sign in rating_signs()}
    for year in years:
        for sign in year.signs:
            known.setdefault(sign.code, sign)
    return list(known.values())


def _in_order(signs: Sequence[Sign], counts: Counts) -> list[int]:
    return [counts.get(sign.code, 0) for sign in signs]


def _year_row(signs: Sequence[Sign], year: RatedYear) -> list[Number]:
    return [
        Number(_name(year), year.url),
        Number(sum(year.counts.values()), year.rows_url()),
        *(
            Number(count, year.rows_url(sign.code) if count else "")
            for sign, count in zip(signs, _in_order(signs, year.counts), strict=True)
        ),
    ]


def _row_of_day(signs: Sequence[Sign], ground: Ground, now: Counts) -> list[Number]:
    counts = zip(signs, _in_order(signs, now), strict=True)
    return [
        Number("この日"),
        ground.number(ground.total),
        *(ground.number(count, rating=in_address(sign)) for sign, count in counts),
    ]


def _late(counts: Counts) -> int:
    return sum(counts.get(rating, 0) for rating in LATE_RATINGS)


def _sentence(ground: Ground, now: Counts, years: Sequence[RatedYear]) -> str:
    late = f"{ground.total}項目のうち{_late(now)}項目です。"
    if years:
        last = years[-1]
        of_last = f"{sum(last.counts.values())}項目のうち{_late(last.counts)}項目"
        told = f"遅れている項目（やや遅れを含む）は、{_name(last)}の年次報告では{of_last}、この日は{late}"
    else:
        told = f"公表した年次報告は、まだありません。この日に遅れている項目（やや遅れを含む）は、{late}"
    silent = f"一度も答えていない{ground.silent}項目（未回答）は、遅れているかどうかわかりません。"
    return joined((told, silent if ground.silent else ""))
