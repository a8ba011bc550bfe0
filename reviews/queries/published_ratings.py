"""How the items were rated year by year, as the published reports tell it and nothing else (rule P2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, FilteredRelation, Q

from kirishima_dx.moment import Moment
from kirishima_dx.pictures.bars import Sign
from plans.models import Plan
from reviews.models import AnnualReport
from reviews.report.bars import Totals, totals
from reviews.report.document import Cell, Column, Table

TABLE = "totals_by_rating"
RATED = "rating"
"""What the address of a report's page calls the rating to which its rows are narrowed."""


@dataclass(frozen=True)
class RatedYear:
    """What the latest published issue of a year counts; `totals` is None where it holds no such table."""

    report: AnnualReport
    totals: Totals | None

    @property
    def signs(self) -> Sequence[Sign]:
        """Return the ratings under the words of the report."""
        return self.totals.signs if self.totals else ()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many items of the report have each rating."""
        if self.totals is None:
            return {}
        codes = (sign.code for sign in self.totals.signs)
        return dict(zip(codes, self.totals.total.counts, strict=True))

    @property
    def url(self) -> str:
        return self.report.get_absolute_url()

    def rows_url(self, rating: str = "") -> str:
        """Return where the page of the report shows the items that it rates so, or all."""
        query = f"?{urlencode({RATED: rating})}" if rating else ""
        return f"{self.url}{query}#progress"


def rated_years(plan: Plan, at: Moment) -> list[RatedYear]:
    """Return the years whose report was published by a moment and is not withheld, the earliest first; in one query.

    All words and numbers come from the tables of the report itself (R1). Of a year only the latest issue counts.
    """
    counted = FilteredRelation("sealed_tables", condition=Q(sealed_tables__key=TABLE))
    issues = (
        AnnualReport.objects.sealed()
        .published()
        .filter(at.known("publication__published_at"), plan=plan, withholding__isnull=True)
        .annotate(
            counted=counted,
            title_of_table=F("counted__title"),
            columns=F("counted__columns"),
            cells=F("counted__rows__cells"),
        )
        .order_by("fiscal_year", "-number", "counted__rows__position")
    )
    years = groupby(issues, key=lambda issue: issue.fiscal_year)
    return [_latest(of_year) for _, of_year in years]


def _latest(of_year: Iterator[Any]) -> RatedYear:
    """Return the first of the issues of a year, given with the rows of its table."""
    _, rows = next(groupby(of_year, key=lambda row: row.pk))
    issue, *others = rows
    if issue.cells is None:
        return RatedYear(issue, None)
    cells = tuple(tuple(map(Cell.from_json, row.cells)) for row in (issue, *others))
    columns = tuple(map(Column.from_json, issue.columns))
    return RatedYear(issue, totals(Table(TABLE, issue.title_of_table, columns, cells)))
