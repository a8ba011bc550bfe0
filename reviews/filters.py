"""What the list of decisions can be narrowed to and sorted by, all of it in the address (design.md §5)."""

import re
from collections.abc import Iterable
from datetime import date

import django_filters
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import QueryDict

from kirishima_dx.fiscal_year import ERAS, fiscal_year_label
from kirishima_dx.list_filter import (
    ListFilter,
    Options,
    Shortcut,
    choice,
    every_word,
    rank,
    shortcut,
    sort_filter,
)
from people.models import Department, User
from people.queries import Heirs
from plans.models import Plan
from reviews.enums import AWAITING, FOLLOW_UPS, NOT_OWED, DecisionKind, DecisionState
from reviews.models import Decision, FollowUp, Meeting
from reviews.queries.decisions import AWAITED, NONE, ONLY
from reviews.querysets import DecisionQuerySet

UNSETTLED = "unsettled"
SORTS = {
    "number": "決定番号",
    "kind": "区分",
    "owner": "担当",
    "due": "期限",
    "state": "対応の状況",
}
IN_ORDER = ("-meeting__held_on", "-meeting", "number")
NOBODY = "答える部署がない"
_CODE = re.compile(r"R(\d{1,3})-(\d{1,3})-(\d{1,4})", re.ASCII)
"""A number as papers bear it: R8-1-3."""


class DecisionFilter(ListFilter):
    """Narrows and sorts the decisions of a plan by how far they are followed up on a day."""

    q = django_filters.CharFilter(label="語句", method="with_words", max_length=200)
    state = choice(
        "対応の状況",
        "in_state",
        [(UNSETTLED, "決着していないもの"), *DecisionState.choices, (NONE, NOT_OWED)],
    )
    overdue = choice("期限", "that_are_overdue", [(ONLY, "期限を過ぎたもの")])
    revision = choice("計画への反映", "with_revision", [(AWAITED, AWAITING)])
    department = choice("担当", "of_department")
    kind = choice("区分", "of_kind", list(DecisionKind.choices))
    year = choice("年度", "of_year")
    meeting = choice("会議", "of_meeting")
    sort = sort_filter(SORTS)
    default_order = "-number"

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, plan: Plan, at: date) -> None:
        self.plan, self.at, self.heirs = plan, at, Heirs(at)
        decisions = Decision.objects.filter(meeting__plan=plan).with_last_step().order_by(*IN_ORDER)
        super().__init__(data, queryset=decisions)
        meetings = Meeting.objects.filter(plan=plan, decisions__isnull=False).distinct()
        held = list(meetings.order_by("-held_on", "-pk"))
        self.filters["department"].extra["choices"] = self._departments()
        self.filters["year"].extra["choices"] = _years(held)
        self.filters["meeting"].extra["choices"] = [(str(one.pk), one.title) for one in held]

    def _departments(self) -> Options:
        """Offer the departments of the day, and those that ended and left a decision to nobody."""
        left = self.heirs.without_heir()
        departments = Department.objects.valid_on(self.at) | Department.objects.filter(
            pk__in=left, decisions__meeting__plan=self.plan
        )
        named = [
            (one.code, f"{one.name}{'（廃止）' * (one.pk in left)}")
            for one in departments.distinct()
        ]
        return [*named, (NONE, NOBODY)]

    def with_words(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        """Keep those that hold every word, or bear it as their number."""
        return decisions.filter(every_word(value, _holding))

    def in_state(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        if value == UNSETTLED:
            return decisions.unsettled()
        if value == NONE:
            return decisions.not_owed()
        return decisions.in_state(DecisionState(value))

    def that_are_overdue(
        self, decisions: DecisionQuerySet, name: str, value: str
    ) -> DecisionQuerySet:
        """Keep those whose day has passed without a report."""
        return decisions.in_state(DecisionState.OPEN).filter(due_on__lt=self.at)

    def with_revision(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        """Keep those that wait for an edition to show them."""
        return decisions.awaiting_revision()

    def of_department(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        """Keep what a department answers for today: what it promised itself, and what it took over."""
        if value == NONE:
            return decisions.of_departments(self.heirs.without_heir())
        chosen = set(Department.objects.filter(code=value).values_list("pk", flat=True))
        return decisions.of_departments(self.heirs.whose_promises(chosen) | chosen)

    def of_kind(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        return decisions.filter(kind=value)

    def of_year(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        return decisions.filter(meeting__fiscal_year=value)

    def of_meeting(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        return decisions.filter(meeting=int(value))

    def sorted_by(self, decisions: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        key, is_turned = value.removeprefix("-"), value.startswith("-")
        if key == "number":
            held = ("meeting__held_on", "meeting", "number")
            return decisions.order_by(*(IN_ORDER if is_turned else held))
        columns: dict[str, Case | F] = {
            "kind": rank("kind", DecisionKind),
            "owner": F("owner__order"),
            "due": F("due_on"),
            "state": _state_rank(),
        }
        column = columns[key]
        turned = column.desc(nulls_last=True) if is_turned else column.asc(nulls_last=True)
        return decisions.order_by(turned, *IN_ORDER)


def _state_rank() -> Case:
    """Put decisions into the order in which they are followed up; what nobody owes comes last."""
    steps = {
        state: [step for step, (_, after) in FOLLOW_UPS.items() if after == state]
        for state in DecisionState
    }
    ranks = [When(last_step__in=steps[state], then=Value(n)) for n, state in enumerate(steps)]
    is_closed = Q(last_step__in=steps[DecisionState.CLOSED])
    standing = Q(last_step__isnull=True) | ~is_closed
    nobody = When(standing, owner__isnull=True, then=Value(len(steps)))
    return Case(nobody, *ranks, default=Value(0), output_field=IntegerField())


def _years(meetings: Iterable[Meeting]) -> Options:
    years = dict.fromkeys(one.fiscal_year for one in meetings)
    return [(str(year), fiscal_year_label(year)) for year in years]


def _holding(word: str) -> Q:
    told = FollowUp.objects.filter(text__icontains=word).values("decision")
    found = Q(pk__in=told) | Q(pk__in=Decision.objects.filter(concerns__focus_item__code=word))
    for column in ("text", "agenda_item__title", "owner_name"):
        found |= Q(**{f"{column}__icontains": word})
    numbered = _CODE.fullmatch(word.upper())
    if numbered:
        year, meeting, number = map(int, numbered.groups())
        begun, *_ = ERAS[0]
        fiscal_year = begun.year + year - 1
        found |= Q(meeting__fiscal_year=fiscal_year, meeting__number=meeting, number=number)
    return found


def shortcuts(user: User) -> list[Shortcut]:
    """Return the ways into the list: of one's own departments first, then of all."""
    own = [
        shortcut(
            f"{department.name}の決着していないもの",
            {"department": department.code, "state": UNSETTLED},
        )
        for department in user.writing_departments
    ]
    return [
        *own,
        shortcut("決着していないもの", {"state": UNSETTLED, "sort": "due"}),
        shortcut("期限を過ぎたもの", {"overdue": ONLY, "sort": "due"}),
        shortcut("改定待ちのもの", {"revision": AWAITED}),
        shortcut("報告があり、決着を待つもの", {"state": DecisionState.ANSWERED.value}),
    ]
