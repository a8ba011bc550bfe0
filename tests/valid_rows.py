"""For each model a row that the database takes, in a world that has what the row points at."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models

from initiatives.models import (
    Evidence,
    Initiative,
    ProgressEntry,
    Responsibility,
    ResponsibilityRecall,
    Study,
    StudyNote,
)
from people.models import (
    ClosedCell,
    Closing,
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    Download,
    PasswordSetting,
    RoleAssignment,
    Shortening,
    SignIn,
    SuccessionRecall,
    Unlock,
    User,
)
from plans.actions.adoption import put_in_force
from plans.actions.drafting.opening import open_draft
from plans.models import (
    Axis,
    Descent,
    Edition,
    Erratum,
    FocusItem,
    FocusItemText,
    ItemFate,
    Plan,
    Policy,
    RecalledAdoption,
    Section,
)
from reviews.actions.reporting import open_report
from reviews.models import (
    AgendaItem,
    AnnualReport,
    Attendance,
    Consideration,
    Decision,
    DecisionItem,
    DecisionOutcome,
    FollowUp,
    Meeting,
    Opinion,
    OutcomeRecall,
    Publication,
    RecordAddition,
    ReportedEntry,
    SealedPassage,
    SealedRow,
    SealedTable,
    Withholding,
)
from revisions.models import (
    AdoptionDecision,
    Amendment,
    DraftComment,
    Effect,
    RecalledDecision,
)
from rounds.models import (
    Answer,
    AnswerChange,
    AnswerImport,
    AnswerImportFile,
    Extension,
    Reminder,
    ReportingRound,
)

NOW = datetime(2026, 10, 1, tzinfo=UTC)
DAY = date(2026, 9, 30)
COMING = date(2027, 4, 1)
RECORDED = {"reason": "機構改革", "recorded_at": NOW}
_UPLOADED = {"uploaded_at": NOW, "uploaded_by_name": "名"}


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


def _outcome(world: "World") -> dict[str, Any]:
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
        self.upload = AnswerImport.objects.create(round=self.round, **_UPLOADED, uploaded_by=by)
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


VALID: dict[type[models.Model], Callable[[World], dict[str, Any]]] = {
    Plan: lambda w: {"code": "c", "name": "n", "municipality": "m"},
    Edition: lambda w: {
        "plan": w.other_plan,
        "major": 3,
        "minor": 0,
        "first_fiscal_year": 2026,
        "last_fiscal_year": 2027,
    },
    Axis: lambda w: {"edition": w.draft, "key": "9", "number": 9, "name": "軸"},
    Policy: lambda w: {
        "edition": w.draft,
        "axis": w.axis,
        "key": "1-Z",
        "letter": "Z",
        "name": "方針",
    },
    FocusItem: lambda w: {"plan": w.edition.plan, "code": "9-Z-9"},
    FocusItemText: lambda w: {
        "edition": w.draft,
        "focus_item": w.item,
        "policy": w.policy,
        "number": 90,
        "title": "題",
    },
    Section: lambda w: {"edition": w.draft, "key": "new", "order": 99, "title": "節"},
    RecalledAdoption: lambda w: recalled(w.edition),
    ItemFate: lambda w: {
        "edition": w.draft,
        "before": w.item,
        "after": w.other_item,
        "fate": "moved",
    },
    Descent: lambda w: {
        "edition": w.draft,
        "before": w.item,
        "after": w.other_item,
        "kind": "split",
    },
    Erratum: lambda w: {
        "edition": w.draft,
        "kind": "misprint",
        "order": 99,
        "place": "x",
        "wrong": "誤",
        "right": "正",
        "reason": "理由",
    },
    Department: lambda w: {"code": "new", "name": "課"},
    DepartmentSuccession: lambda w: {
        "before": w.welfare,
        "after": w.planning,
        "effective_from": DAY,
        "reason": "理由",
        "recorded_at": NOW,
        "recorded_by": w.by,
    },
    SuccessionRecall: lambda w: {
        "succession": DepartmentSuccession.objects.create(
            before=w.planning, after=w.welfare, effective_from=COMING, **RECORDED, recorded_by=w.by
        ),
        "planned_day": COMING,
        "reason": "誤り",
        "recalled_on": DAY,
        "recalled_at": NOW,
        "recalled_by": w.by,
    },
    DepartmentListUpload: lambda w: {
        "file_name": "f",
        "content": b"c",
        "uploaded_at": NOW,
        "uploaded_by": w.by,
    },
    Closing: lambda w: {
        "subject": "根拠資料",
        "reason": "理由",
        "closed_at": NOW,
        "closed_by": w.by,
        "closed_by_name": "名",
    },
    ClosedCell: lambda w: {
        "closing": Closing.objects.create(**VALID[Closing](w)),
        "table_name": "t",
        "row_id": 1,
        "column_name": "c",
        "digest": "d",
        "size": 1,
    },
    Shortening: lambda w: {
        "table_name": "t",
        "until": datetime(2025, 10, 1, tzinfo=UTC),
        "reason": "理由",
        "shortened_at": NOW,
        "shortened_by": w.by,
        "shortened_by_name": "名",
    },
    User: lambda w: {"username": "new", "name": "名"},
    Download: lambda w: {
        "taken_at": NOW,
        "taken_by": w.by,
        "taken_by_name": "名",
        "address": "192.0.2.1",
        "url_name": "department_list_workbook",
        "path": "/departments.xlsx",
        "file_name": "部署一覧.xlsx",
    },
    SignIn: lambda w: {
        "tried_at": NOW,
        "username": "new",
        "address": "192.0.2.1",
        "door": "login",
        "outcome": "failed",
    },
    Unlock: lambda w: {
        "username": "new",
        "reason": "理由",
        "unlocked_at": NOW,
        "unlocked_by": w.by,
        "unlocked_by_name": "名",
    },
    PasswordSetting: lambda w: {
        "user": w.by,
        "set_at": NOW,
        "set_by": w.by,
        "set_by_name": "名",
    },
    RoleAssignment: lambda w: {"user": w.by, "role": "headquarters", "valid_from": DAY},
    Responsibility: lambda w: {
        "initiative": w.initiative,
        "department": w.welfare,
        "kind": "lead",
        "valid_from": DAY,
        "assigned_at": NOW,
        "assigned_by": w.by,
    },
    ResponsibilityRecall: lambda w: {
        "responsibility": planned(w),
        "planned_day": COMING,
        "planned_at": NOW,
        "planned_by": w.by,
        "reason": "誤り",
        "recalled_on": DAY,
        "recalled_at": NOW,
        "recalled_by": w.by,
    },
    ProgressEntry: lambda w: {
        "initiative": w.initiative,
        "kind": "update",
        "as_of": DAY,
        "status": "piloting",
        "step": "action",
        "rating": "on_track",
        "rating_reason": "理由",
        "direction": "continue",
        "recorded_at": NOW,
        "recorded_by": w.by,
        "recorded_by_name": "名",
    },
    ReportingRound: lambda w: round_values(w.edition.plan, w.by),
    Extension: lambda w: {
        "round": w.round,
        "due_on": date(2026, 10, 25),
        "reason": "理由",
        "extended_at": NOW,
        "extended_by": w.by,
        "extended_by_name": "名",
    },
    Reminder: lambda w: {
        "round": w.round,
        "department": w.welfare,
        "text": "本文",
        "reminded_at": NOW,
        "reminded_by": w.by,
        "reminded_by_name": "名",
    },
    Answer: lambda w: {"round": w.round, "initiative": w.initiative},
    AnswerChange: lambda w: {
        "answer": w.answer,
        "revision": 1,
        "step": "saved",
        "content": {},
        "changed_at": NOW,
        "changed_by": w.by,
        "changed_by_name": "名",
    },
    AnswerImport: lambda w: {"round": w.round, **_UPLOADED, "uploaded_by": w.by},
    AnswerImportFile: lambda w: {
        "upload": w.upload,
        "place": 1,
        "name": "f.xlsx",
        "digest": "d",
        "content": b"c",
    },
    Effect: lambda w: {
        "amendment": Amendment.objects.create(**VALID[Amendment](w)),
        "aspect": "title",
    },
    Amendment: lambda w: {
        "edition": w.draft,
        "focus_item": w.item,
        "kind": "reword",
        "reason": "理由",
        "amended_at": NOW,
        "amended_by": w.by,
        "amended_by_name": "名",
    },
    Consideration: lambda w: {
        "plan": w.edition.plan,
        "fiscal_year": 2026,
        "outcome": "keep",
        "reason": "理由",
        "considered_on": DAY,
        "recorded_at": NOW,
        "recorded_by": w.by,
        "recorded_by_name": "名",
    },
    DraftComment: lambda w: {
        "edition": w.draft,
        "text": "意見",
        "said_at": NOW,
        "said_by": w.by,
        "said_by_name": "名",
    },
    AdoptionDecision: lambda w: {"edition": w.draft, "decision": w.decision},
    RecalledDecision: lambda w: {"recall": recalled_upon_decision(w), "decision": w.decision},
    AnnualReport: lambda w: {
        "plan": w.edition.plan,
        "fiscal_year": 2030,
        "as_of": DAY,
        "edition": w.edition,
        "opened_at": NOW,
        "opened_by": w.by,
    },
    SealedPassage: lambda w: {"report": w.report, "position": 1, "key": "p", "label": "l"},
    SealedTable: lambda w: {
        "report": w.report,
        "position": 8,
        "key": "new",
        "title": "t",
        "columns": [],
    },
    Publication: lambda w: {
        "report": w.sealed,
        "reason": "理由",
        "published_at": NOW,
        "published_by": w.by,
        "published_by_name": "名",
    },
    Withholding: lambda w: {
        "report": w.sealed,
        "reason": "理由",
        "withheld_at": NOW,
        "withheld_by": w.by,
        "withheld_by_name": "名",
    },
    ReportedEntry: lambda w: {"report": w.report, "focus_item": w.item, "entry": w.entry},
    Meeting: lambda w: {**meeting_values(w.edition.plan, w.by), "number": 2},
    Attendance: lambda w: {"meeting": w.meeting, "position": 1, "name": "名"},
    AgendaItem: lambda w: {
        "meeting": w.meeting,
        "position": 2,
        "kind": "item",
        "title": "議題",
        "focus_item": w.item,
    },
    Opinion: lambda w: {
        "agenda_item": w.agenda_item,
        "text": "意見",
        "written_at": NOW,
        "written_by": w.by,
        "written_by_name": "名",
    },
    RecordAddition: lambda w: {
        "meeting": w.closed,
        "text": "追記",
        "reason": "理由",
        "added_at": NOW,
        "added_by": w.by,
        "added_by_name": "名",
    },
    Decision: lambda w: decision_values(w, number=8),
    DecisionItem: lambda w: {"decision": w.decision, "focus_item": w.item},
    DecisionOutcome: lambda w: {**_outcome(w), "kind": "deferred", "reason": "理由"},
    OutcomeRecall: lambda w: {
        "outcome": DecisionOutcome.objects.create(**_outcome(w), kind="basis"),
        "reason": "理由",
        "recalled_at": NOW,
        "recalled_by": w.by,
        "recalled_by_name": "名",
    },
    FollowUp: lambda w: {
        "decision": w.decision,
        "number": 1,
        "step": "answered",
        "text": "対応",
        "taken_at": NOW,
        "taken_by": w.by,
        "taken_by_name": "名",
    },
    Study: lambda w: {"initiative": w.answer.initiative, "question": "問い"},
    StudyNote: lambda w: {
        "study": w.study,
        "text": "記録",
        "written_at": NOW,
        "written_by": w.by,
        "written_by_name": "名",
    },
    Evidence: lambda w: {
        "study": w.study,
        "name": "f.pdf",
        "title": "資料",
        "media_type": "application/pdf",
        "size": 1,
        "digest": "d",
        "content": b"c",
        "kept_at": NOW,
        "kept_by": w.by,
        "kept_by_name": "名",
    },
    SealedRow: lambda w: {"report": w.report, "table": w.table, "position": 1, "cells": []},
}
