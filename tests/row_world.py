"""What the rows of `valid_rows` point at: a plan in force with all that hangs on it, and values for such rows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from initiatives.models import (
    Initiative,
    ProgressEntry,
    Responsibility,
    Study,
)
from people.models import (
    Department,
    User,
)
from plans.actions.adoption import put_in_force
from plans.actions.drafting.opening import open_draft
from plans.models import (
    Edition,
    FocusItem,
    Plan,
    RecalledAdoption,
)
from reviews.actions.reporting import open_report
from reviews.models import (
    AgendaItem,
    AnnualReport,
    Decision,
    Meeting,
    SealedTable,
)
from revisions.models import (
    AdoptionDecision,
)
from rounds.models import (
    Answer,
    AnswerImport,
    ReportingRound,
)

NOW = datetime(2026, 10, 1, tzinfo=UTC)
DAY = date(2026, 9, 30)
COMING = date(2027, 4, 1)
RECORDED = {"reason": "機構改革", "recorded_at": NOW}
UPLOADED = {"uploaded_at": NOW, "uploaded_by_name": "名"}


def round_values(plan: Plan, by: User) -> dict[str, Any]:
    return {
        "plan": plan,
        "fiscal_year": 2026,
        "kind": "first_half",
        "period_from": date(2026, 4, 1),
        "period_until": DAY,
        "as_of": DAY,
        "opens_on": date(2026, 10, 1),
        "due_on": date(2026, 10, 20),
        "overdue_rule": "take",
        "opened_at": NOW,
        "opened_by": by,
        "opened_by_name": "名",
    }


def meeting_values(plan: Plan, by: User) -> dict[str, Any]:
    return {
        "plan": plan,
        "fiscal_year": 2026,
        "number": 1,
        "held_on": DAY,
        "planned_at": NOW,
        "planned_by": by,
    }


def decision_values(world: "World", *, number: int) -> dict[str, Any]:
    return {
        "meeting": world.meeting,
        "agenda_item": world.agenda_item,
        "number": number,
        "kind": "noted",
        "text": "決定",
        "recorded_at": NOW,
        "recorded_by": world.by,
        "recorded_by_name": "名",
    }


def outcome_values(world: "World") -> dict[str, Any]:
    return {
        "decision": world.decision,
        "edition": world.draft,
        "recorded_at": NOW,
        "recorded_by": world.by,
        "recorded_by_name": "名",
    }


def planned(world: "World") -> Responsibility:
    """Return a responsibility that begins on a coming day and ends on the eve of it, so that both can be recalled."""
    told = {"kind": "supporting", "valid_from": COMING, "assigned_at": NOW, "assigned_by": world.by}
    ended = {"valid_until": date(2027, 3, 31), "ended_at": NOW, "ended_by": world.by}
    held = {"initiative": world.initiative, "department": world.planning, **told, **ended}
    return Responsibility.objects.get_or_create(**held)[0]


class World:
    """A plan in force with a draft, an entry and a report, and a second plan with nothing."""

    def __init__(
        self, edition: Edition, by: User, entry: ProgressEntry, welfare: Department
    ) -> None:
        self.by, self.entry, self.welfare = by, entry, welfare
        self.planning = Department.objects.get(code="planning")
        self.draft = open_draft(base=edition, major=1, minor=1, by=by)
        self.edition = edition
        self.axis = self.draft.axes.order_by("number")[0]
        self.policy = self.axis.policies.order_by("letter")[0]
        self.item = FocusItem.objects.create(plan=edition.plan, code="8-A-1")
        self.other_item = FocusItem.objects.create(plan=edition.plan, code="8-A-2")
        self.initiative = Initiative.objects.create(focus_item=self.item)
        self.report = open_report(plan=edition.plan, year=2026, as_of=DAY, by=by)
        self.table = SealedTable.objects.create(
            report=self.report, position=7, key="k", title="t", columns=[]
        )
        self.round = ReportingRound.objects.create(**round_values(edition.plan, by))
        self.answer = Answer.objects.create(
            round=self.round, initiative=Initiative.objects.create(focus_item=self.other_item)
        )
        self.upload = AnswerImport.objects.create(round=self.round, **UPLOADED, uploaded_by=by)
        self.study = Study.objects.create(initiative=self.initiative, question="問い")
        self.meeting = Meeting.objects.create(**meeting_values(edition.plan, by))
        self.agenda_item = AgendaItem.objects.create(
            meeting=self.meeting, position=1, kind="other", title="議題"
        )
        self.decision = Decision.objects.create(**decision_values(self, number=7))
        self.sealed = AnnualReport.objects.create(
            plan=edition.plan,
            fiscal_year=2025,
            as_of=DAY,
            edition=edition,
            opened_at=NOW,
            opened_by=by,
            status="sealed",
            seal_reason="理由",
            overview="総括",
            digest="d",
            sealed_at=NOW,
            sealed_by=by,
        )
        self.closed = Meeting.objects.create(
            **{**meeting_values(edition.plan, by), "number": 9}, closed_at=NOW, closed_by=by
        )
        self.other_plan = Plan.objects.create(code="other", name="別", municipality="別の町")


def recalled(edition: Edition) -> dict[str, Any]:
    """Return what takes back the adoption that an edition bears, written the day before its day."""
    columns = ("decided_on", "effective_from", "adoption_basis", "adopted_at", "adopted_by")
    assert edition.effective_from
    assert edition.adopted_by
    return {
        "edition": edition,
        **{name: getattr(edition, name) for name in columns},
        "adopted_by_name": "名",
        "reason": "理由",
        "recalled_on": edition.effective_from - timedelta(days=1),
        "recalled_at": NOW,
        "recalled_by": edition.adopted_by,
        "recalled_by_name": "名",
    }


def recalled_upon_decision(w: World) -> RecalledAdoption:
    """Adopt the draft upon the decision, and take that back."""
    AdoptionDecision.objects.create(edition=w.draft, decision=w.decision)
    day = date(2027, 4, 1)
    adopted = put_in_force(
        edition=w.draft, fates=[], decided_on=DAY, effective_from=day, basis="根拠", by=w.by
    )
    return RecalledAdoption.objects.create(**recalled(adopted))
