"""Laws of a list of departments: it comes back as it went out, and a cell that was edited changes that cell alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.forms import plain_prose
from kirishima_dx.spreadsheets.list_upload import keep_list
from kirishima_dx.spreadsheets.writing import put
from people.models import Department, DepartmentListUpload, User
from people.workbooks.department_list import COLUMNS, DepartmentList, department_list_workbook

NOW = datetime(2026, 10, 15, tzinfo=UTC)
FIRST_DAYS, LAST_DAYS = (
    st.none() | st.dates(date(2000, 1, 1), date(2009, 12, 31)),
    st.none() | st.dates(date(2010, 1, 1), date(2099, 12, 31)),
)
typed = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12)
lines = (typed | st.sampled_from(["=1+1", "'=1", "_x000D_", "0012", "1E5", "TRUE", "#N/A"])).map(
    lambda text: " ".join(plain_prose(text).split())
)
values: dict[str, st.SearchStrategy[Any]] = {
    "division": lines,
    "name": lines.filter(bool),
    "order": st.integers(0, 999_999),
    "email": st.sampled_from(["", "fukushi@example.lg.jp", "a.b@c.example.jp"]),
    "valid_from": FIRST_DAYS,
    "valid_until": LAST_DAYS,
}
codes = st.from_regex(r"\A[-\w]{1,12}\Z", fullmatch=True).filter(str.isascii)
departments = st.dictionaries(codes, st.fixed_dictionaries(values), min_size=1, max_size=5)
edits = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(list(values))).flatmap(
        lambda place: st.tuples(st.just(place), values[place[1]])
    ),
    max_size=6,
).map(dict)
often = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def standing(said: dict[str, dict[str, Any]]) -> Iterator[None]:
    """Let departments stand, and undo what an example did to them."""
    with transaction.atomic():
        for code, row in said.items():
            Department.objects.create(code=code, **row)
        yield
        transaction.set_rollback(True)


def stored() -> dict[str, dict[str, Any]]:
    rows = Department.objects.values("code", *values)
    return {row.pop("code"): row for row in rows}


def cell_of(sheet: Worksheet, row: int, key: str) -> Any:
    return sheet.cell(row, [column.key for column in COLUMNS].index(key) + 1)


@often
@given(said=departments)
def test_unedited_it_changes_nothing(secretariat: User, said: dict[str, dict[str, Any]]) -> None:
    with standing(said):
        check = DepartmentList().check(department_list_workbook(made_at=NOW))

        assert (check.new, check.changed, check.faults, check.absent) == ([], [], [], 0)
        assert len(check.unchanged) == len(said)


@often
@given(said=departments, edited=edits)
def test_edits_come_in_and_nothing_else(
    secretariat: User, said: dict[str, dict[str, Any]], edited: dict[tuple[int, str], Any]
) -> None:
    with standing(said):
        book = load_workbook(BytesIO(department_list_workbook(made_at=NOW)))
        sheet = book[DepartmentList.sheet]
        wanted = stored()
        order = list(Department.objects.values_list("code", flat=True))
        labels = {column.key: column.label for column in COLUMNS}
        different: dict[str, set[str]] = {}
        for (place, key), value in edited.items():
            if place < len(order):
                put(cell_of(sheet, place + 2, key), value)
                if wanted[order[place]][key] != value:
                    different.setdefault(order[place], set()).add(labels[key])
                wanted[order[place]][key] = value
        buffer = BytesIO()
        book.save(buffer)
        content, histories = buffer.getvalue(), Department.history.count()

        check = DepartmentList().check(content)

        shown = {row.new.code: {change.label for change in row.changes} for row in check.changed}
        assert (shown, check.new, check.faults) == (different, [], [])
        kept = keep_list(DepartmentListUpload, file_name="l", content=content, by=secretariat)
        DepartmentList().apply(kept, seen=check.state, by=secretariat)
        assert stored() == wanted
        assert Department.history.count() == histories + len(different)
