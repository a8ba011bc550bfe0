"""Whether each year's update of the plan was considered, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from kirishima_dx.fiscal_year import fiscal_year_label, fiscal_year_of
from plans.models import Plan
from reviews.enums import AgendaKind, ConsiderationOutcome
from reviews.models import AgendaItem, Consideration, Meeting


@dataclass
class ConsideredYear:
    """A fiscal year with what was recorded of it, the last record first: that one stands."""

    fiscal_year: int
    records: list[Consideration] = field(default_factory=list)

    @property
    def label(self) -> str:
        return fiscal_year_label(self.fiscal_year)

    @property
    def standing(self) -> Consideration | None:
        return self.records[0] if self.records else None

    @property
    def earlier(self) -> list[Consideration]:
        """Return the records whose place a later one took."""
        return self.records[1:]

    @property
    def can_be_drafted(self) -> bool:
        """Whether it came to a revision that no draft was opened upon yet."""
        record = self.standing
        return (
            record is not None
            and record.outcome == ConsiderationOutcome.REVISE
            and record.edition_id is None
        )


def considered_years(plan: Plan, today: date) -> list[ConsideredYear]:
    """Return every fiscal year since the first edition took effect up to the running one, newest first, in two queries.

    A year without a record is there too; so is every other year of which something was recorded.
    """
    found = Consideration.objects.filter(plan=plan).order_by("-fiscal_year", "-pk")
    records: dict[int, list[Consideration]] = defaultdict(list)
    for record in found.select_related("meeting", "edition__base"):
        records[record.fiscal_year].append(record)
    dates = plan.editions.filter(effective_from__isnull=False)
    first_day = dates.order_by("effective_from").values_list("effective_from", flat=True).first()
    running = fiscal_year_of(today)
    first = min(running, fiscal_year_of(first_day)) if first_day else running
    years = sorted({*records, *range(first, running + 1)}, reverse=True)
    return [ConsideredYear(year, records[year]) for year in years]


def with_decisions(years: list[ConsideredYear]) -> list[ConsideredYear]:
    """Read what the sittings decided on their 改定の検討, as `considering` of each sitting, in two queries."""
    records = [record for year in years for record in year.records]
    items = AgendaItem.objects.filter(kind=AgendaKind.CONSIDERATION)
    items = items.prefetch_related("decisions__meeting")
    prefetch_related_objects(
        records, Prefetch("meeting__agenda", queryset=items, to_attr="considering")
    )
    return years


def unconsidered_year(plan: Plan, today: date) -> int | None:
    """Return the running fiscal year where nothing is recorded of it, None before a first edition is in force: the
    plan asks for the consideration every year. In two queries."""
    running = fiscal_year_of(today)
    if plan.considerations.filter(fiscal_year=running).exists():
        return None
    return running if plan.editions.filter(effective_from__lte=today).exists() else None


def open_considerations(plan: Plan, today: date) -> list[Consideration]:
    """Return the records upon which a draft may be opened, newest first."""
    years = considered_years(plan, today)
    return [year.standing for year in years if year.can_be_drafted and year.standing]


@dataclass(frozen=True)
class ConsiderationOffers:
    """What a form for a new record begins with: the years with what is recorded, and the sittings that were held."""

    years: list[ConsideredYear]
    meetings: QuerySet[Meeting]

    @property
    def proposed(self) -> ConsideredYear:
        """Return the newest year that nothing is recorded of, else the newest one."""
        return next((year for year in self.years if not year.records), self.years[0])

    @property
    def last(self) -> Consideration | None:
        """Return the record that was written last, whatever its year."""
        records = (record for year in self.years for record in year.records)
        return max(records, key=lambda record: record.pk, default=None)

    @property
    def last_seen(self) -> int | None:
        return self.last.pk if self.last else None


def consideration_offers(plan: Plan, today: date) -> ConsiderationOffers:
    """Return what may be recorded on a day; the last sitting comes first."""
    held = (
        Meeting.objects.going_ahead()
        .filter(plan=plan, held_on__lte=today)
        .order_by("-held_on", "-pk")
    )
    return ConsiderationOffers(considered_years(plan, today), held)
