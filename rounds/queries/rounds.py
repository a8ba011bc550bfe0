"""The rounds side by side, what a round would ask, and what is still owed to it."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from initiatives.models import Responsibility
from kirishima_dx.elapsed import days_left
from kirishima_dx.fiscal_year import first_day, fiscal_year_of, last_day
from people.enums import DEPARTMENT_ROLES, Role
from people.models import Department, RoleAssignment
from plans.models import FocusItemText, Plan
from rounds.deadlines import due_of_all
from rounds.enums import RoundKind
from rounds.models import Extension, ReportingRound
from rounds.queries.answer_counts import Counts

USUAL_WINDOW = timedelta(days=14)
SATURDAY = 5


@dataclass
class RoundSummary:
    """A round among others: how far it has come, and until when it runs."""

    round: ReportingRound
    counts: Counts
    due_on: date
    today: date

    @property
    def days_left(self) -> str:
        return days_left(self.due_on, self.today)


@dataclass
class RoundShelf:
    """All rounds of a plan, those that run first; rehearsals stand apart."""

    running: list[RoundSummary] = field(default_factory=list)
    closed: list[RoundSummary] = field(default_factory=list)
    rehearsals: list[RoundSummary] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.running or self.closed or self.rehearsals)


def round_shelf(plan: Plan, today: date) -> RoundShelf:
    """Return the rounds of a plan in three queries."""
    rounds = list(plan.rounds.all())
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    tallies = ReportingRound.objects.filter(plan=plan).values_list("pk", "answers__state")
    for key, state, number in tallies.order_by().annotate(n=Count("answers")):
        if state is not None:
            counted[key][state] = number
    extended: dict[int, list[Extension]] = defaultdict(list)
    for extension in Extension.objects.filter(round__plan=plan):
        extended[extension.round_id].append(extension)
    shelf = RoundShelf()
    for round in rounds:
        due_on = due_of_all(round, extended[round.pk])
        summary = RoundSummary(round, Counts(counted[round.pk]), due_on, today)
        if round.is_rehearsal:
            shelf.rehearsals.append(summary)
        else:
            (shelf.closed if round.is_closed else shelf.running).append(summary)
    return shelf


def suggested_terms(today: date) -> dict[str, object]:
    """Return what the next 照会 is likely to ask, for a form to begin with.

    Until May the 年度末 that is ending or has ended, from June on the 上半期. It is answered from the day after the
    基準日, two weeks long, and ends on no Saturday or Sunday.
    """
    year = fiscal_year_of(today)
    if today.month in (4, 5):
        year -= 1
    is_year_end = today.month in (2, 3, 4, 5)
    as_of = last_day(year) if is_year_end else date(year, 9, 30)
    opens_on = max(today, as_of + timedelta(days=1))
    due_on = opens_on + USUAL_WINDOW
    while due_on.weekday() >= SATURDAY:
        due_on += timedelta(days=1)
    return {
        "fiscal_year": year,
        "kind": RoundKind.YEAR_END if is_year_end else RoundKind.FIRST_HALF,
        "period_from": first_day(year),
        "period_until": as_of,
        "as_of": as_of,
        "opens_on": opens_on,
        "due_on": due_on,
    }


@dataclass
class AskedDepartment:
    """A department that would be asked: for which items, and whether anybody there could answer."""

    department: Department
    texts: list[FocusItemText]
    writers: int
    certifiers: int


@dataclass
class RoundPreview:
    """What a round would ask: items that nobody leads, and the departments with what they would owe."""

    unled: list[FocusItemText]
    departments: list[AskedDepartment]

    @property
    def item_count(self) -> int:
        return len(self.unled) + sum(len(asked.texts) for asked in self.departments)

    @property
    def without_account(self) -> list[Department]:
        return [asked.department for asked in self.departments if not asked.writers]

    @property
    def without_certifier(self) -> list[Department]:
        return [asked.department for asked in self.departments if not asked.certifiers]

    @property
    def without_mailbox(self) -> list[Department]:
        return [asked.department for asked in self.departments if not asked.department.email]


def round_preview(texts: Collection[FocusItemText], today: date) -> RoundPreview:
    """Say whom a round about these items would ask today, in two queries."""
    leads = Responsibility.objects.item_leads_on(today, [text.focus_item_id for text in texts])
    writers, certifiers = _accounts(today)
    asked: dict[int, AskedDepartment] = {}
    unled = []
    for text in texts:
        lead = leads.get(text.focus_item_id)
        if lead is None:
            unled.append(text)
            continue
        new = AskedDepartment(lead, [], writers[lead.pk], certifiers[lead.pk])
        asked.setdefault(lead.pk, new).texts.append(text)
    order = sorted(asked.values(), key=lambda one: one.department.place_order)
    return RoundPreview(unled, order)


def _accounts(today: date) -> tuple[Counter[int], Counter[int]]:
    """Return how many active accounts may write, and how many may confirm, for each department."""
    writers: Counter[int] = Counter()
    certifiers: Counter[int] = Counter()
    held = RoleAssignment.objects.valid_on(today).filter(
        role__in=DEPARTMENT_ROLES, user__is_active=True
    )
    for key, role in held.values_list("department_id", "role"):
        if key is not None:
            writers[key] += 1
            certifiers[key] += role == Role.CERTIFIER
    return writers, certifiers
