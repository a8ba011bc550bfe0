"""What the processes of test_departments_at_once do: each says in a line what came of it."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from initiatives.actions.departments import (
    Assignment,
    AssignmentsRefused,
    assign_departments,
    assign_many,
)
from initiatives.actions.planned_ends import Recall
from initiatives.errors import RevisionConflict
from initiatives.models import Initiative, Responsibility
from kirishima_dx import clock
from kirishima_dx.spreadsheets.list_rows import ListOutdated
from kirishima_dx.spreadsheets.list_upload import keep_list
from people.actions.accounts import create_account
from people.enums import Role
from people.models import (
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    SuccessionRecall,
    User,
)
from people.workbooks.department_list import DepartmentList
from plans.actions.loading import load_plan
from plans.models import FocusItem
from plans.plan_file.reader import read_plan_file
from rounds.actions.handover import Handover, HandoverOutdated, HandoverRefused, hand_over
from rounds.actions.recalling_handover import recall_handover
from rounds.queries.handover import holdings_of
from rounds.queries.planned_handover import planned_handover

from .process import wait

PLAN_FILE = Path(__file__).parent.parent / "plans" / "small_plan.yaml"
DAY = date(2026, 4, 1)
NONE_HELD: frozenset[tuple[int, str]] = frozenset()


def prepare() -> str:
    """Make the small plan, two departments, and two lists that were previewed on them."""
    load_plan(read_plan_file(PLAN_FILE))
    by = create_account(
        username="jimukyoku", name="事務局", password="x", roles={Role.SECRETARIAT: None}
    )
    Department.objects.create(code="welfare", name="福祉課")
    Department.objects.create(code="planning", name="企画課")
    for name in ("甲", "乙"):
        book = Workbook()
        book.worksheets[0].append(["コード", "名称"])
        for number in range(30):
            book.worksheets[0].append([f"d{number}", f"{name}{number}課"])
        buffer = BytesIO()
        book.save(buffer)
        content = buffer.getvalue()
        keep_list(DepartmentListUpload, file_name=f"{name}.xlsx", content=content, by=by)
    return "prepared"


def apply_list(name: str) -> str:
    upload = DepartmentListUpload.objects.get(file_name=f"{name}.xlsx")
    listed, by = DepartmentList(), User.objects.get()
    seen = listed.check(bytes(upload.content)).state
    wait("ready")
    try:
        listed.apply(upload, seen=seen, by=by)
    except ListOutdated:
        return "outdated"
    return "applied"


def preview(name: str) -> str:
    """Say which kinds of queries a preview asks, outside of any transaction."""
    upload = DepartmentListUpload.objects.get(file_name=f"{name}.xlsx")
    with CaptureQueriesContext(connection) as asked:
        check = DepartmentList().check(bytes(upload.content))
    kinds = {query["sql"].split()[0] for query in asked.captured_queries}
    return f"new:{len(check.new)} asked:{','.join(sorted(kinds))}"


def assign(code: str) -> str:
    lead = Department.objects.get(code=code)
    items = list(FocusItem.objects.order_by("pk" if code == "welfare" else "-pk"))
    by = User.objects.get()
    wait("ready")
    try:
        assign_many(
            assignments=[Assignment(item, lead, [], NONE_HELD) for item in items],
            from_date=DAY,
            reason="",
            by=by,
        )
    except AssignmentsRefused:
        return "refused"
    return "assigned"


def rename(code: str, ahead: str = "") -> str:
    """Hand 福祉課 over, on a day that is as many days ahead or, without them, on one of the calendar."""
    before = Department.objects.get(code="welfare")
    day = clock.today() + timedelta(days=int(ahead)) if ahead else date(2027, 4, 1)
    holdings = holdings_of(before, day)
    new = Department(code=code, name="福祉政策課")
    handover = Handover(
        before=before,
        successors=[new],
        items={held.pk: new for held in holdings.responsibilities},
        roles={},
        day=day,
        reason="改称",
    )
    by = User.objects.get()
    wait("ready")
    try:
        hand_over(handover=handover, seen=holdings.fingerprint, by=by)
    except (HandoverOutdated, HandoverRefused):
        return "refused"
    return "handed over"


def recall(then: str) -> str:
    """Call the handover of 福祉課 off; stop before it is committed, where that is asked for."""
    department, by = Department.objects.get(code="welfare"), User.objects.get()
    planned = planned_handover(department, clock.today())
    assert planned is not None
    wait("ready")
    try:
        with transaction.atomic():
            recall_handover(
                department=department, seen=planned.fingerprint, recall=Recall("日の誤り", by)
            )
            if then == "stop":
                wait("inside")
    except (HandoverOutdated, HandoverRefused):
        return "refused"
    return "called off"


def build_upon(code: str) -> str:
    """Let another department lead an item after the one that is to take it over."""
    item, by = FocusItem.objects.order_by("pk")[0], User.objects.get()
    seen = Initiative.objects.revision_of(item)
    lead = Department.objects.get(code=code)
    wait("ready")
    try:
        assign_departments(
            focus_item=item,
            lead=lead,
            supporting=[],
            from_date=clock.today() + timedelta(days=200),
            reason="移管",
            opened_revision=seen,
            by=by,
        )
    except RevisionConflict:
        return "refused"
    return "assigned"


def stands() -> str:
    """Say who leads the items far ahead, whether 福祉課 ends, and how much was called off."""
    far = clock.today() + timedelta(days=300)
    leads = Responsibility.objects.valid_on(far).values_list("department__code", flat=True)
    ends = Department.objects.get(code="welfare").valid_until is not None
    recalled = SuccessionRecall.objects.count()
    return f"leads:{','.join(sorted(set(leads)))} ends:{ends} recalled:{recalled}"


def state() -> str:
    """Say which names the lists left, how many departments lead in all, and how many took over."""
    listed = Department.objects.filter(code__startswith="d").values_list("name", flat=True)
    leads = Responsibility.objects.filter(valid_until__isnull=True)
    return (
        f"lists:{len({name[0] for name in listed})} listed:{len(listed)} "
        f"leads:{leads.values('department').distinct().count()} "
        f"applied:{DepartmentListUpload.objects.filter(applied_at__lte=datetime.now(UTC)).count()} "
        f"successions:{DepartmentSuccession.objects.count()}"
    )


TASKS = {
    "prepare": prepare,
    "apply": apply_list,
    "preview": preview,
    "assign": assign,
    "rename": rename,
    "recall": recall,
    "build_upon": build_upon,
    "stands": stands,
    "state": state,
}
