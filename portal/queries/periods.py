"""Which two days people mean by 今年度, 今月, "since the report" and "since this edition"."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from initiatives.models import ProgressEntry
from kirishima_dx.fiscal_year import first_day, fiscal_year_of
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


def span_between(since: date, until: date, basis: Basis) -> Span:
    """Return the span of two days that somebody chose."""
    new = Moment.end_of(until)
    return Span(_before(since, new, basis), new, basis)


def span_of(period: Period, plan: Plan, until: date, *, for_staff: bool) -> Span | None:
    """Return the span of a period that ends with a day; None where there is no such period: no report, or no edition
    in force. It takes one query for a report or an edition, none for the others."""
    return {
        Period.YEAR: _year,
        Period.LAST_YEAR: _last_year,
        Period.REPORT: _since_report,
        Period.EDITION: _since_edition,
        Period.MONTH: _month,
    }[period](plan, until, for_staff)


def default_period(plan: Plan, until: date) -> Period:
    """Return what 「この一年」 means on a day, in one query: this fiscal year, but the one before as long as nothing was
    said of this one."""
    new, begin = Moment.end_of(until), first_day(fiscal_year_of(until))
    told = ProgressEntry.objects.standing(new).filter(initiative__focus_item__plan=plan)
    latest = told.filter(as_of__lte=until).aggregate(day=Max("as_of"))["day"]
    return Period.YEAR if latest is None or latest >= begin else Period.LAST_YEAR


def _before(since: date, new: Moment, basis: Basis) -> Moment:
    return Moment.end_of(since) if basis is Basis.KNOWN else Moment(since, new.known_before)


def _by_as_of(period: Period, since: date, until: date) -> Span:
    new = Moment.end_of(until)
    return Span(_before(since, new, Basis.AS_OF), new, Basis.AS_OF, period)


def _year(plan: Plan, until: date, for_staff: bool) -> Span:
    return _by_as_of(Period.YEAR, first_day(fiscal_year_of(until)) - ONE_DAY, until)


def _last_year(plan: Plan, until: date, for_staff: bool) -> Span:
    """Return the whole fiscal year before, by all that is known at the end of the day asked for."""
    year = fiscal_year_of(until)
    knowledge = Moment.end_of(until).known_before
    old, new = (Moment(first_day(one) - ONE_DAY, knowledge) for one in (year - 1, year))
    return Span(old, new, Basis.AS_OF, Period.LAST_YEAR)


def _month(plan: Plan, until: date, for_staff: bool) -> Span:
    old, new = Moment.end_of(until.replace(day=1) - ONE_DAY), Moment.end_of(until)
    return Span(old, new, Basis.KNOWN, Period.MONTH)


def _since_report(plan: Plan, until: date, for_staff: bool) -> Span | None:
    """Compare with what the last report told that the reader may read: its day, and what was known at its seal."""
    new = Moment.end_of(until)
    reports = AnnualReport.objects.filter(plan=plan, withholding__isnull=True, as_of__lte=until)
    told = reports.filter(new.known("sealed_at")).sealed()
    if not for_staff:
        told = told.filter(new.known("publication__published_at")).published()
    report = told.order_by("-fiscal_year", "-number").select_related("publication").first()
    if report is None or report.sealed_at is None:
        return None
    old = Moment(report.as_of, report.sealed_at + AN_INSTANT)
    return Span(old, new, Basis.KNOWN, Period.REPORT, report=report)


def _since_edition(plan: Plan, until: date, for_staff: bool) -> Span | None:
    """Begin on the eve of the edition in force, so that its own new words are among what changed."""
    new = Moment.end_of(until)
    living = edition_shelf(plan, new).living
    if living is None or not living.has_taken_effect or living.edition.effective_from is None:
        return None
    old = Moment(living.edition.effective_from - ONE_DAY, new.known_before)
    return Span(old, new, Basis.AS_OF, Period.EDITION, edition=living.edition)
