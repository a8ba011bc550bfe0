"""What waits for somebody: answers owed, answers to confirm, and for the 事務局 what there is to check."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from initiatives.models import Responsibility
from kirishima_dx.elapsed import days_left
from people.models import Department, User
from plans.models import Plan
from rounds.enums import OWED_STATES, AnswerState
from rounds.models import Answer, ReportingRound
from rounds.queries.own_answers import OwnAnswer, own_answers
from rounds.queries.scenes import RoundScenes
from rounds.querysets import AnswerQuerySet
from rounds.rules import certified_department_ids


@dataclass
class Share:
    """What one department owes and has sent in one round."""

    round: ReportingRound
    department: Department
    due_on: date
    today: date
    answers: list[OwnAnswer] = field(default_factory=list)

    @property
    def owed(self) -> list[OwnAnswer]:
        return [own for own in self.answers if own.is_owed]

    @property
    def done(self) -> list[OwnAnswer]:
        return [own for own in self.answers if not own.is_owed]

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def days_left(self) -> str:
        return days_left(self.due_on, self.today)

    @property
    def is_overdue(self) -> bool:
        return bool(self.owed) and self.due_on < self.today


@dataclass
class RoundTask:
    """One round as somebody sees it: what their departments lead, and what they only support (関係課)."""

    round: ReportingRound
    today: date
    shares: list[Share] = field(default_factory=list)
    supporting: list[OwnAnswer] = field(default_factory=list)
    to_certify: list[OwnAnswer] = field(default_factory=list)

    @property
    def has_begun(self) -> bool:
        return self.round.has_begun(self.today)

    @property
    def due_on(self) -> date:
        return min((share.due_on for share in self.shares), default=self.round.due_on)


@dataclass
class ReviewTask:
    """One round as the 事務局 sees it: how many answers stand where."""

    round: ReportingRound
    asked: int
    owed: int
    inside: int
    awaiting: int
    unled: int
    days_left: str

    @property
    def answered(self) -> int:
        return self.asked - self.owed


@dataclass
class MyPage:
    tasks: list[RoundTask]
    reviews: list[ReviewTask]

    @property
    def to_certify(self) -> list[RoundTask]:
        return [task for task in self.tasks if task.to_certify]


def my_page(user: User, plan: Plan, at: date) -> MyPage:
    """Gather what waits for somebody, in as many queries with one item as with all of them."""
    reviews = _reviews(plan, at) if user.is_secretariat else []
    tasks = [_task(round, user, at) for round in _rounds_of(user, plan, at)]
    kept = [task for task in tasks if task.shares or task.supporting or task.to_certify]
    return MyPage(sorted(kept, key=_task_order), reviews)


def _task_order(task: RoundTask) -> tuple[bool, bool, date]:
    """Put what is due first; what was reopened and rehearsals come after."""
    return task.round.is_closed, task.round.is_rehearsal, task.due_on


def _rounds_of(user: User, plan: Plan, at: date) -> list[ReportingRound]:
    """Return the rounds in which departments of somebody still may have something to do."""
    if not user.writing_department_ids:
        return []
    held = Responsibility.objects.valid_on(at).filter(
        department_id__in=user.writing_department_ids, initiative=OuterRef("initiative")
    )
    answers = Answer.objects.of_running_rounds().filter(Exists(held), round__plan=plan)
    return list(plan.rounds.filter(pk__in=answers.values("round")))


def _task(round: ReportingRound, user: User, at: date) -> RoundTask:
    scenes = RoundScenes.of(round, by=user)
    task = RoundTask(round, at)
    shares: dict[int, Share] = {}
    certified = certified_department_ids(user)
    for own in own_answers(scenes):
        if own.answer.initiative_id not in scenes.speaking or _is_over(own):
            continue
        lead = own.lead
        if lead is None or lead.pk not in user.writing_department_ids:
            task.supporting.append(own)
            continue
        due_on = scenes.deadlines.of_department(lead.pk)
        shares.setdefault(lead.pk, Share(round, lead, due_on, at)).answers.append(own)
        if own.answer.awaits_certifier and lead.pk in certified:
            task.to_certify.append(own)
    task.shares = sorted(shares.values(), key=lambda share: share.department.place_order)
    return task


def _is_over(own: OwnAnswer) -> bool:
    """Whether nothing is left to do with an answer of a closed round: it was not reopened, or was and is done."""
    round = own.answer.round
    return round.is_closed and (
        own.answer.own_due_on is None or own.answer.state == AnswerState.ACCEPTED
    )


def _reviews(plan: Plan, at: date) -> list[ReviewTask]:
    """Count the answers of running rounds, and of closed ones what was reopened, in two queries."""
    running = (
        Answer.objects.of_running_rounds()
        .filter(round__plan=plan)
        .exclude(round__closed_at__isnull=False, state=AnswerState.ACCEPTED)
    )
    found = _counts_by_round(running, at)
    rounds = ReportingRound.objects.filter(pk__in=found).order_by("due_on", "pk")
    return [
        ReviewTask(**{**found[round.pk], "round": round}, days_left=days_left(round.due_on, at))
        for round in rounds
    ]


def _counts_by_round(answers: AnswerQuerySet, at: date) -> dict[int, dict[str, Any]]:
    """Count the answers of each round as ReviewTask names them; `inside` are those that await a 確認者."""
    led = Responsibility.objects.leading_on(at).filter(initiative=OuterRef("initiative"))
    sent = Q(state=AnswerState.SENT)
    inside = Q(round__asks_certification=True, certified_at__isnull=True)
    counted = (
        answers.annotate(is_led=Exists(led))
        .order_by()
        .values("round")
        .annotate(
            asked=Count("pk"),
            owed=Count("pk", filter=Q(state__in=OWED_STATES)),
            inside=Count("pk", filter=sent & inside),
            awaiting=Count("pk", filter=sent & ~inside),
            unled=Count("pk", filter=Q(is_led=False)),
        )
    )
    return {row["round"]: dict(row) for row in counted}
