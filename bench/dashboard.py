"""Measure what one picture of /dashboard/ takes: laying it out, and drawing it by its template."""

from collections.abc import Callable
from datetime import date

from django.template.loader import render_to_string

from bench.timing import Row, in_turn, row
from initiatives.enums import Rating
from initiatives.late_items import LateItem
from kirishima_dx.moment import Moment
from kirishima_dx.pictures.picture import Picture
from plans.models import Edition
from portal.queries.dashboard.by_axis import freshness_picture, status_picture
from portal.queries.dashboard.ground import Ground, ground_of
from portal.queries.dashboard.ratings import ratings_picture
from portal.queries.dashboard.slips import slips_picture
from reviews.queries.published_ratings import rated_years

TEMPLATE = "components/pictures/_picture.html"


def _all_late(ground: Ground) -> list[LateItem]:
    promises = (date(2026, 9, 30), date(2027, 3, 31), date(2027, 9, 30))
    return [
        LateItem(
            code=state.text.focus_item.code,
            place=state.text.place,
            title=state.text.title,
            is_study=state.text.is_study,
            rating=Rating.LATE.code,
            rating_label=str(Rating.LATE.label),
            rating_mark=Rating.LATE.mark,
            department=state.lead_name,
            promises=promises,
        )
        for state in ground.states
    ]


def measure_pictures(edition: Edition, runs: int) -> list[Row]:
    """Set each picture beside going once through its items; every item is late and slipped twice."""
    moment = Moment.today()
    ground = ground_of(edition, moment, {})
    late, years = _all_late(ground), rated_years(edition.plan, moment)
    laid_out: list[tuple[str, Callable[[], Picture]]] = [
        ("状態", lambda: status_picture(ground)),
        ("評価の推移", lambda: ratings_picture(ground, years)),
        ("期限のずれ", lambda: slips_picture(ground, late)),
        ("鮮度", lambda: freshness_picture(ground)),
    ]

    def read() -> None:
        for state in ground.states:
            _ = state.text.place, state.entry

    rows = []
    for name, lay_out in laid_out:
        drawn = {"picture": lay_out()}
        for what, work in (
            ("割付け", lay_out),
            ("描画", lambda drawn=drawn: render_to_string(TEMPLATE, drawn)),
        ):
            seconds = in_turn(work, read, runs * 5)
            rows.append(row(f"図「{name}」の{what}", "項目を一度たどるだけ", 0, seconds))
    return rows
