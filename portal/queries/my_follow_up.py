"""What came from the DX推進本部 and waits for somebody: their own page, in short."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from people.models import User
from people.queries import Heirs
from plans.models import Plan
from reviews.enums import DecisionState
from reviews.models import Decision, Meeting
from reviews.queries.considerations import unconsidered_year
from reviews.queries.decisions import rows_of
from reviews.queries.follow_up import FollowedUp, followed_up
from reviews.queries.studied import ToldStudy, waiting_studies
from revisions.queries.decisions_left import decisions_not_taken_up

MOST_SHOWN = 20
"""So many answers stand on the page; the others are in the list."""
DUE_FIRST = (F("due_on").asc(nulls_last=True), "pk")


@dataclass
class MyFollowUp:
    """What waits for somebody: decisions to answer, sittings to prepare for (本部員).

    What a department has answered stays in sight as `answered` until the 事務局 settles it.
    For the 事務局 also the answers `to_settle`, the decisions that nobody else answers, how many are overdue, those to
    change the plan that no draft takes up (`awaiting`), and the running fiscal year where nobody recorded yet that the
    year's update of the plan was considered. `studies` are those of ★ items that were never begun or are past their
    day: of the items that the departments lead, for the 事務局 of all.
    """

    owed: list[FollowedUp] = field(default_factory=list)
    answered: list[FollowedUp] = field(default_factory=list)
    to_settle: list[FollowedUp] = field(default_factory=list)
    orphaned: list[FollowedUp] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    overdue: int = 0
    unconsidered: int | None = None
    awaiting: list[FollowedUp] = field(default_factory=list)
    studies: list[ToldStudy] = field(default_factory=list)

    @property
    def settled_first(self) -> list[FollowedUp]:
        """Return the answers that are shown: those that are due first."""
        return self.to_settle[:MOST_SHOWN]

    @property
    def overdue_studies(self) -> list[ToldStudy]:
        return [one for one in self.studies if one.study is not None]

    @property
    def unbegun_studies(self) -> dict[str, list[ToldStudy]]:
        """Return the studies that nobody began, by the department that leads the item, in the order of the plan."""
        unbegun: dict[str, list[ToldStudy]] = defaultdict(list)
        for one in self.studies:
            if one.study is None:
                unbegun[one.department].append(one)
        return dict(unbegun)

    @property
    def is_empty(self) -> bool:
        """Whether nothing came from the DX推進本部; the reminders stand beside what is said then."""
        return not (
            self.owed
            or self.answered
            or self.to_settle
            or self.orphaned
            or self.meetings
            or self.overdue
            or self.awaiting
        )


def my_follow_up(user: User, plan: Plan, at: date, *, reads_papers: bool) -> MyFollowUp:
    """Gather what waits for somebody, what is due first on top; `reads_papers`: whether sittings concern them."""
    mine = MyFollowUp()
    unsettled = Decision.objects.filter(meeting__plan=plan).with_last_step().unsettled()
    promised = Heirs(at).whose_promises(user.writing_department_ids)
    if user.is_secretariat:
        mine.unconsidered = unconsidered_year(plan, at)
        told = followed_up(rows_of(unsettled.order_by(*DUE_FIRST), at), at)
        mine.overdue = sum(one.row.is_overdue for one in told)
        mine.to_settle = [one for one in told if one.row.state == DecisionState.ANSWERED]
        mine.orphaned = [
            one for one in told if one.row.state == DecisionState.OPEN and one.is_orphaned
        ]
        left = decisions_not_taken_up(plan).order_by("meeting__held_on", "pk")
        mine.awaiting = followed_up(rows_of(left, at), at)
    if promised:
        ours = followed_up(rows_of(unsettled.of_departments(promised).order_by(*DUE_FIRST), at), at)
        mine.owed = [one for one in ours if one.row.state == DecisionState.OPEN]
        if not user.is_secretariat:
            mine.answered = [one for one in ours if one.row.state == DecisionState.ANSWERED]
    if user.is_secretariat or promised:
        led = None if user.is_secretariat else user.writing_department_ids
        mine.studies = waiting_studies(plan, at, led)
    if reads_papers:
        coming = Meeting.objects.going_ahead().filter(
            plan=plan, held_on__gte=at, closed_at__isnull=True
        )
        mine.meetings = list(coming.order_by("held_on", "pk"))
    return mine
