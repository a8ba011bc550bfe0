"""What the processes of test_departments_at_once do: each says in a line what came of it."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from initiatives.actions.departments import (
    Assignment,
    AssignmentsRefused,
    assign_many,
)
from initiatives.models import Responsibility
from kirishima_dx.spreadsheets.list_rows import ListOutdated
from kirishima_dx.spreadsheets.list_upload import keep_list
from people.actions.accounts import create_account
from people.enums import Role
from people.models import (
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    User,
)
from people.workbooks.department_list import DepartmentList
from plans.actions.loading import load_plan
from plans.models import FocusItem
from plans.plan_file.reader import read_plan_file
from rounds.actions.handover import Handover, HandoverOutdated, HandoverRefused, hand_over
from rounds.queries.handover import holdings_of

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


def rename(code: str) -> str:
    before = Department.objects.get(code="welfare")
    day = date(2027, 4, 1)
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
    "state": state,
}
