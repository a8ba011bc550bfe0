"""What the processes of test_sittings_at_once do: each says in a line what came of it."""

from collections.abc import Callable
from pathlib import Path

from kirishima_dx import clock
from kirishima_dx.fiscal_year import fiscal_year_of
from people.actions.accounts import create_account
from people.enums import Role
from people.models import Department, User
from plans.actions.loading import load_plan
from plans.models import Plan
from plans.plan_file.reader import read_plan_file
from reviews.actions.agenda import Matter, add_agenda_item
from reviews.actions.deciding import Verdict, record_decision
from reviews.actions.following_up import follow_up
from reviews.actions.meetings import Sitting, plan_meeting
from reviews.actions.minutes import close_meeting
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_correction, open_report, seal_report, write_report
from reviews.enums import FollowUpStep
from reviews.errors import (
    DecisionRefused,
    MeetingRefused,
    RecordConflict,
    ReportConflict,
    ReportRefused,
)
from reviews.models import (
    AgendaItem,
    AnnualReport,
    Decision,
    FollowUp,
    Meeting,
    Publication,
    SealedPassage,
    SealedRow,
    SealedWorkbook,
)
from reviews.report.document import ReportDocument, Seal
from reviews.workbooks.report import sealed_workbook

from .process import wait

PLAN_FILE = Path(__file__).parent.parent / "plans" / "small_plan.yaml"
TOLD = (DecisionRefused, MeetingRefused, RecordConflict, ReportConflict, ReportRefused)
"""What somebody is told who comes second."""


def prepare() -> str:
    """Make a report ready to be sealed, and a sitting of today with one matter and one decision of it."""
    plan = load_plan(read_plan_file(PLAN_FILE)).edition.plan
    by = create_account(
        username="jimukyoku", name="事務局", password="x", roles={Role.SECRETARIAT: None}
    )
    owner = Department.objects.create(code="welfare", name="福祉課")
    today = clock.today()
    report = open_report(plan=plan, year=fiscal_year_of(today), as_of=today, by=by)
    write_report(
        report=report,
        overview="総括",
        technology_trends="",
        national_trends="",
        opened_version=report.version,
        by=by,
    )
    meeting = plan_meeting(plan=plan, sitting=Sitting(number=1, held_on=today), by=by)
    item = add_agenda_item(meeting=meeting, matter=Matter("other", "議題"), by=by)
    owed = Verdict("instruction", "進めること", owner=owner, due_on=today)
    record_decision(agenda_item=item, verdict=owed, by=by)
    return "prepared"


def told(act: Callable[[User], object]) -> str:
    """Do something when all are ready; say whether it was done, or that somebody else had been there first."""
    by = User.objects.get()
    wait("ready")
    try:
        act(by)
    except TOLD as refusal:
        return f"told {type(refusal).__name__}"
    return "done"


def seal(reason: str) -> str:
    report = AnnualReport.objects.get()
    return told(
        lambda by: seal_report(
            report=report,
            reason=reason,
            opened_version=report.version,
            draw=sealed_workbook,
            by=by,
        )
    )


def seal_and_stop() -> str:
    """Stand still in the middle of sealing: the words are written, the workbook is being drawn."""

    def draw(document: ReportDocument, seal: Seal) -> bytes:
        wait("sealing")
        return sealed_workbook(document, seal)

    report = AnnualReport.objects.get()
    by = User.objects.get()
    seal_report(report=report, reason="報告", opened_version=report.version, draw=draw, by=by)
    return "sealed"


def publish() -> str:
    report = AnnualReport.objects.get()
    return told(lambda by: publish_report(report=report, reason="公表", by=by))


def correct() -> str:
    report = AnnualReport.objects.get(number=1)
    return told(lambda by: open_correction(report=report, reason="誤り", by=by))


def plan_second() -> str:
    sitting = Sitting(number=2, held_on=clock.today())
    plan = Plan.objects.get()
    return told(lambda by: plan_meeting(plan=plan, sitting=sitting, by=by))


def decide(text: str) -> str:
    item = AgendaItem.objects.get()
    return told(lambda by: record_decision(agenda_item=item, verdict=Verdict("noted", text), by=by))


def close() -> str:
    meeting = Meeting.objects.get()
    return told(lambda by: close_meeting(meeting=meeting, opened_version=meeting.version, by=by))


def answer(step: str) -> str:
    decision = Decision.objects.get(number=1)
    return told(
        lambda by: follow_up(
            decision=decision, step=FollowUpStep(step), text="対応した", opened_number=0, by=by
        )
    )


def state() -> str:
    report = AnnualReport.objects.order_by("number").first()
    parts = SealedPassage.objects.count() + SealedRow.objects.count()
    numbers = ",".join(
        str(n) for n in Decision.objects.order_by("number").values_list("number", flat=True)
    )
    return (
        f"sealed:{bool(report and report.is_sealed)} parts:{parts > 0} "
        f"workbooks:{SealedWorkbook.objects.count()} issues:{AnnualReport.objects.count()} "
        f"published:{Publication.objects.count()} meetings:{Meeting.objects.count()} "
        f"decisions:{numbers} steps:{FollowUp.objects.count()}"
    )


TASKS = {
    "prepare": prepare,
    "seal": seal,
    "seal_and_stop": seal_and_stop,
    "publish": publish,
    "correct": correct,
    "plan": plan_second,
    "decide": decide,
    "close": close,
    "answer": answer,
    "state": state,
}
