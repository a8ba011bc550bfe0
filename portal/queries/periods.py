"""Which two days people mean by 今年度, 今月, "since the report" and "since this edition"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Max, Min

from initiatives.models import ProgressEntry
from kirishima_dx.fiscal_year import (
    first_day,
    fiscal_year_of,
    fiscal_year_wareki,
    wareki_year,
)
from kirishima_dx.moment import Moment
from plans.models import Edition, Plan
from plans.shelf import edition_shelf
from portal.enums import Basis, Period
from reviews.models import AnnualReport

ONE_DAY = timedelta(days=1)
AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Span:
    """Two moments whose difference answers a question. What changed on the day after `old` is the first that counts.

    Of a year and of an edition people ask how things stood: both sides are told by 基準日, with all that the later
    moment knows. Of a month they ask what is new: each side is told as it was then known. A report is compared as it
    was sealed.
    """

    old: Moment
    new: Moment
    basis: Basis
    period: Period | None = None
    report: AnnualReport | None = None
    edition: Edition | None = None

    @property
    def first_day(self) -> date:
        """Return the first day of which something may be told."""
        return self.old.day + ONE_DAY

    @property
    def title(self) -> str:
        """Return what the span is called; empty where it has no name."""
        match self.period:
            case Period.YEAR | Period.LAST_YEAR:
                return f"{fiscal_year_wareki(fiscal_year_of(self.first_day))}に変わったこと"
            case Period.MONTH:
                year = wareki_year(self.first_day.year, month=self.first_day.month)
                return f"{year}{self.first_day.month}月に変わったこと"
            case Period.REPORT if self.report:
                return f"{self.report.title}から後に変わったこと"
            case Period.EDITION if self.edition:
                return f"{self.edition.name}になってから変わったこと"
        return ""


def span_between(since: date, until: date, basis: Basis) -> Span:
    """Return the span of two days that somebody chose."""
    new = Moment.end_of(until)
    return Span(_before(since, new, basis), new, basis)


def span_of(
    period: Period, plan: Plan, until: date, reports: Sequence[AnnualReport]
) -> Span | None:
    """Return the span of a period that ends with a day; None where there is none: no report, no edition in force.

    `reports` are those of `reports_to_compare`; the first one counts.
    """
    match period:
        case Period.YEAR:
            return _by_as_of(period, first_day(fiscal_year_of(until)) - ONE_DAY, until)
        case Period.LAST_YEAR:
            return _last_year(until)
        case Period.MONTH:
            old = Moment.end_of(until.replace(day=1) - ONE_DAY)
            return Span(old, Moment.end_of(until), Basis.KNOWN, period)
        case Period.REPORT:
            return next((_since_report(one, until) for one in reports), None)
        case Period.EDITION:
            return _since_edition(plan, until)


def reports_to_compare(plan: Plan, until: date, *, for_staff: bool) -> list[AnnualReport]:
    """Return the reports that somebody may read on a day, of each year the last issue, the latest year first; staff
    read one from its seal on, others once it is published. In one query."""
    new = Moment.end_of(until)
    issues = AnnualReport.objects.filter(plan=plan, withholding__isnull=True, as_of__lte=until)
    told = issues.sealed().filter(new.known("sealed_at"))
    if not for_staff:
        told = told.published().filter(new.known("publication__published_at"))
    ordered = told.order_by("-fiscal_year", "-number").select_related("publication")
    by_year = groupby(ordered, key=lambda issue: issue.fiscal_year)
    return [next(of_year) for _, of_year in by_year]


@dataclass(frozen=True)
class Recorded:
    """The first and the last day of which something is stated, by what is known on a day; None before any entry."""

    first: date | None
    last: date | None
    until: date

    @property
    def default(self) -> Period:
        """Return what 「この一年」 means on the day: this fiscal year, but the one before while nothing is stated of
        this one."""
        begin = first_day(fiscal_year_of(self.until))
        return Period.YEAR if self.last is None or self.last >= begin else Period.LAST_YEAR

    @property
    def has_last_year(self) -> bool:
        """Whether something was stated already when the fiscal year before began."""
        return self.first is not None and self.first < first_day(fiscal_year_of(self.until) - 1)


def recorded_days(plan: Plan, until: date) -> Recorded:
    """Return of which days something is stated, in one query."""
    entries = ProgressEntry.objects.standing(Moment.end_of(until))
    told = entries.filter(initiative__focus_item__plan=plan, as_of__lte=until)
    days = told.aggregate(first=Min("as_of"), last=Max("as_of"))
    return Recorded(days["first"], days["last"], until)


def _before(since: date, new: Moment, basis: Basis) -> Moment:
    return Moment.end_of(since) if basis is Basis.KNOWN else Moment(since, new.known_before)


def _by_as_of(period: Period, since: date, until: date) -> Span:
    new = Moment.end_of(until)
    return Span(_before(since, new, Basis.AS_OF), new, Basis.AS_OF, period)


def _last_year(until: date) -> Span:
    """Return the whole fiscal year before, by all that is known at the end of the day asked for."""
    year = fiscal_year_of(until)
    knowledge = Moment.end_of(until).known_before
    old, new = (Moment(first_day(one) - ONE_DAY, knowledge) for one in (year - 1, year))
    return Span(old, new, Basis.AS_OF, Period.LAST_YEAR)


def _since_report(report: AnnualReport, until: date) -> Span:
    """Compare with what a report was made from: its day, and what was known when it was sealed."""
    known_before = report.sealed_at + AN_INSTANT if report.sealed_at else None
    old, new = Moment(report.as_of, known_before), Moment.end_of(until)
    return Span(old, new, Basis.KNOWN, Period.REPORT, report=report)


def _since_edition(plan: Plan, until: date) -> Span | None:
    """Begin on the eve of the edition in force, so that its own new words are among what changed."""
    new = Moment.end_of(until)
    living = edition_shelf(plan, new).living
    if living is None or not living.has_taken_effect or living.edition.effective_from is None:
        return None
    old = Moment(living.edition.effective_from - ONE_DAY, new.known_before)
    return Span(old, new, Basis.AS_OF, Period.EDITION, edition=living.edition)
