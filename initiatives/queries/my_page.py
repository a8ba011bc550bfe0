"""What waits for somebody: answers owed, answers to confirm, and for the 事務局 what there is to check."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from initiatives.actions.answer_content import AnswerContent, gaps_of
from initiatives.enums import NO_DEPARTMENT, OWED_STATES, AnswerKind, AnswerState
from initiatives.models import Answer, ProgressEntry, ReportingRound, Responsibility
from initiatives.queries.board import texts_of_round
from initiatives.queries.elapsed import days_left
from initiatives.queries.scenes import RoundScenes
from initiatives.rules import certified_department_ids
from people.models import Department, User
from plans.models import FocusItemText, Plan


@dataclass
class OwnAnswer:
    """An answer with all that its department has to know before it opens it."""

    answer: Answer
    text: FocusItemText
    lead: Department | None
    last: ProgressEntry | None
    due_on: date
    refusal: str
    today: date

    @property
    def code(self) -> str:
        return self.answer.initiative.focus_item.code

    @property
    def lead_name(self) -> str:
        return self.lead.name if self.lead else NO_DEPARTMENT

    @property
    def is_owed(self) -> bool:
        return self.answer.state in OWED_STATES

    @property
    def is_writable(self) -> bool:
        return self.is_owed and not self.refusal

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and self.due_on < self.today

    @property
    def days_left(self) -> str:
        return days_left(self.due_on, self.today)

    @property
    def unchanged_obstacle(self) -> str:
        """Say why 変更なし cannot be said by one click; empty where it can."""
        if AnswerContent.of(self.answer).says_something:
            return "書いた内容があるので、「変更なし」にするときは回答の画面で選んでください。"
        return unchanged_obstacle(self.answer.round, self.last)

    @property
    def order(self) -> tuple[bool, int, str, int]:
        """Put what was returned first, then the plan's order."""
        policy = self.text.policy
        returned = self.answer.state == AnswerState.RETURNED
        return not returned, policy.axis.number, policy.letter, self.text.number


def unchanged_obstacle(round: ReportingRound, last: ProgressEntry | None) -> str:
    """Say why nobody can answer 変更なし in a round; empty where one can."""
    content = AnswerContent(kind=AnswerKind.UNCHANGED)
    return gaps_of(content, as_of=round.as_of, last=last).get("kind", "")


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

    @property
    def owed_count(self) -> int:
        return sum(len(share.owed) for task in self.tasks for share in task.shares)


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
    return list(ReportingRound.objects.filter(pk__in=answers.values("round")))


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
    task.shares = sorted(shares.values(), key=lambda s: (s.department.order, s.department.code))
    return task


def _is_over(own: OwnAnswer) -> bool:
    """Whether nothing is left to do with an answer of a closed round: it was not reopened, or was and is done."""
    round = own.answer.round
    return round.is_closed and (
        own.answer.own_due_on is None or own.answer.state == AnswerState.ACCEPTED
    )


def own_answers(scenes: RoundScenes) -> list[OwnAnswer]:
    """Return the answers of a round in the plan's order, returned ones first, in two queries besides the scenes."""
    texts = texts_of_round(scenes.round, scenes.today)
    found = []
    for answer in scenes.round.answers.select_related("initiative__focus_item"):
        answer.round = scenes.round
        lead = scenes.leads.get(answer.initiative_id)
        lead_id = lead.pk if lead else None
        found.append(
            OwnAnswer(
                answer=answer,
                text=texts[answer.initiative.focus_item_id],
                lead=lead,
                last=scenes.lasts.get(answer.initiative_id),
                due_on=answer.applied_due_on or scenes.deadlines.of_answer(answer, lead_id),
                refusal=scenes.deadlines.refusal(answer, lead_id, scenes.today),
                today=scenes.today,
            )
        )
    return sorted(found, key=lambda own: own.order)


@dataclass(frozen=True)
class WayOn:
    """What a department does after an answer: the next one that it owes in the round, and how many are left."""

    next: OwnAnswer | None
    left: int
    total: int


def way_on(round: ReportingRound, answer: Answer) -> WayOn:
    """Return what else the department of an answer owes: the next in the plan's order, from the top after the last."""
    scenes = RoundScenes.of(round)
    lead = scenes.leads.get(answer.initiative_id)
    own = [one for one in own_answers(scenes) if one.lead == lead]
    own.sort(key=lambda one: one.order[1:])
    place = next((n for n, one in enumerate(own) if one.answer.pk == answer.pk), 0)
    owed = [one for one in own if one.is_writable]
    turn = [one for one in own[place + 1 :] + own[:place] if one.is_writable]
    return WayOn(next(iter(turn), None), len(owed), len(own))


def _reviews(plan: Plan, at: date) -> list[ReviewTask]:
    """Count the answers of running rounds, and of closed ones what was reopened, in two queries."""
    led = Responsibility.objects.valid_on(at).filter(kind="lead", initiative=OuterRef("initiative"))
    sent = Q(state=AnswerState.SENT)
    inside = Q(round__asks_certification=True, certified_at__isnull=True)
    running = (
        Answer.objects.of_running_rounds()
        .filter(round__plan=plan)
        .exclude(round__closed_at__isnull=False, state=AnswerState.ACCEPTED)
    )
    counts = (
        running.annotate(is_led=Exists(led))
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
    found: dict[int, dict[str, Any]] = {row["round"]: dict(row) for row in counts}
    rounds = ReportingRound.objects.filter(pk__in=found).order_by("due_on", "pk")
    return [
        ReviewTask(**{**found[round.pk], "round": round}, days_left=days_left(round.due_on, at))
        for round in rounds
    ]
