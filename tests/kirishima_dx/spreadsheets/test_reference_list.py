"""What holds of every list that comes from Excel, tried on that of departments."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from query_counts import asked_by, assert_as_many, writes_in
from workbook_parts import saved

from kirishima_dx.spreadsheets.cell_kinds import Code, Kind, PlaceInOrder
from kirishima_dx.spreadsheets.list_rows import Column, Entry, ListOutdated, ListWrong
from kirishima_dx.spreadsheets.list_upload import keep_list
from kirishima_dx.spreadsheets.reference_list import ReferenceList
from kirishima_dx.spreadsheets.table import TableCell
from people.models import Department, DepartmentListUpload, User
from people.workbooks.department_list import DepartmentList

HEAD = ("コード", "名称", "並び順")


def content(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.worksheets[0].append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def stand(count: int) -> list[tuple[str, str, int]]:
    rows = [(f"d{number}", f"第{number}課", number) for number in range(count)]
    Department.objects.bulk_create(Department(code=c, name=n, order=o) for c, n, o in rows)
    return rows


def kept(told: bytes, by: User) -> DepartmentListUpload:
    return keep_list(DepartmentListUpload, file_name="一覧.xlsx", content=told, by=by)


class Refusing(DepartmentList):
    """A list whose action refuses a name, after it has saved what it was given."""

    def save(self, new: Entry, *, by: User, reason: str) -> None:
        super().save(new, by=by, reason=reason)
        if new.name == "断る課":
            raise ValidationError({"name": "この名称は使えません。"})
        if new.name == "断る部":
            raise ValidationError("この行は取り込めません。")


def test_a_preview_reads_and_does_nothing_else(db: None) -> None:
    rows = [(code, f"{name}改", order) for code, name, order in stand(30)]
    told = content(*rows, ("new", "新課", 1), ("", "", "x"))

    asked = asked_by(lambda: DepartmentList().check(told))

    assert len(asked) == 2  # What was handed over, and the departments.
    assert writes_in(asked) == []


def test_an_unchanged_row_asks_nothing(secretariat: User) -> None:
    rows = stand(31)

    def applied(*told: Sequence[Any]) -> list[str]:
        upload = kept(content(*told), secretariat)
        seen = DepartmentList().check(content(*told)).state
        return asked_by(lambda: DepartmentList().apply(upload, seen=seen, by=secretariat))

    few = applied(("d0", "甲課", 0))
    many = applied(("d0", "乙課", 0), *rows[1:])

    assert_as_many(few, many)
    assert writes_in(few) != []  # So that the preview's none says something.


def test_what_an_action_refuses_is_told_by_cell_and_nothing_is_applied(secretariat: User) -> None:
    stand(1)
    told = content(("d0", "改まる課", 0), ("x", "断る課", 1), ("y", "断る部", 2))
    seen, upload = Refusing().check(told).state, kept(told, secretariat)

    with pytest.raises(ListWrong) as refused:
        Refusing().apply(upload, seen=seen, by=secretariat)

    faults = refused.value.check.faults
    assert [(one.sheet, one.address, one.label, one.message) for one in faults] == [
        ("Sheet", "B3", "名称", "この名称は使えません。"),
        ("Sheet", "4行目", "", "この行は取り込めません。"),
    ]
    assert list(Department.objects.values_list("name", flat=True)) == ["第0課"]
    assert DepartmentListUpload.objects.get().applied_at is None


def test_f1_a_list_is_applied_once_and_to_what_its_preview_was_made_from(secretariat: User) -> None:
    stand(1)
    told = content(("d0", "改まる課", 0))
    seen, upload = DepartmentList().check(told).state, kept(told, secretariat)
    Department.objects.update(email="other@example.lg.jp")

    with pytest.raises(ListOutdated):
        DepartmentList().apply(upload, seen=seen, by=secretariat)

    assert Department.objects.get().name == "第0課"
    seen = DepartmentList().check(told).state
    done = DepartmentList().apply(upload, seen=seen, by=secretariat)
    assert [row.new.name for row in done.changed] == ["改まる課"]
    seen = DepartmentList().check(told).state
    with pytest.raises(ListOutdated):
        DepartmentList().apply(upload, seen=seen, by=secretariat)


@pytest.mark.parametrize(
    ("written", "key"),
    [(101, "101"), (101.0, "101"), ("０１０１", "0101"), (" 0101 ", "0101"), ("0101", "0101")],
)
def test_a_key_is_what_the_cell_says_never_a_guess(db: None, written: Any, key: str) -> None:
    """A lost zero is another key: the preview shows a new row, and the department it meant as absent."""
    Department.objects.create(code="0101", name="人事課")

    check = DepartmentList().check(content((written, "人事課", 0)))

    rows = [row.new.code for row in (*check.new, *check.unchanged)]
    assert (rows, check.absent) == ([key], 0 if key == "0101" else 1)
    assert bool(check.new) == (key != "0101")


def test_two_rows_for_one_key_are_wrong_however_it_is_written(db: None) -> None:
    stand(1)
    check = DepartmentList().check(content(("d0", "甲", 0), ("ｄ０", "乙", 0), ("x", "丙", 0)))

    assert [fault.address for fault in check.faults] == ["A2", "A3"]
    assert {fault.message for fault in check.faults} == {
        "同じコードの行が二つ以上あります（2、3行目）。一行にしてください。"
    }
    assert [row.new.code for row in check.new] == ["x"]


class Divisions(ReferenceList):
    """The smallest list there can be."""

    sheet, keys = "部署一覧", ("code",)
    columns = (
        Column("code", "コード", Code(), 20, is_needed=True),
        Column("division", "部", Kind(), 20),
    )

    def records(self) -> Sequence[Department]:
        return list(Department.objects.all())


def test_a_new_row_with_nothing_but_its_key_is_new(db: None) -> None:
    check = Divisions().check(content(("x", ""), head=("コード", "部")))

    assert [row.new.code for row in check.new] == ["x"]


def test_a_rule_of_two_columns_is_told_where_the_file_has_one_of_them(db: None) -> None:
    Department.objects.create(code="d", name="課", valid_until="2026-03-31")
    told = content(("d", "課", "2026-04-01"), head=("コード", "名称", "設置日"))

    faults = DepartmentList().check(told).faults

    assert [(fault.address, fault.label) for fault in faults] == [("C2", "廃止日")]


@pytest.mark.parametrize(
    ("written", "number"),
    [("", 0), ("７", 7), (7.0, 7), ("0007", 7), ("000999999", 999_999), (999_999, 999_999)],
)
def test_a_place_in_the_order_is_read(written: Any, number: int) -> None:
    assert PlaceInOrder().clean(TableCell("A1", written)) == number


@pytest.mark.parametrize("written", ["-1", 2.9, "1000000", "一", "1,000", "9" * 5000, True])
def test_another_place_in_the_order_is_refused_in_words(written: Any) -> None:
    with pytest.raises(ValueError, match="は並び順として読めません。0から999999まで"):
        PlaceInOrder().clean(TableCell("A1", written))


def test_a_struck_row_is_told_once_and_the_one_that_replaces_it_is_read(db: None) -> None:
    """People strike the old row and write the new one below it, with the same key."""
    stand(1)
    book = load_workbook(BytesIO(content(("d0", "甲", 0), ("d0", "乙", 0), ("d2", "丙", 0))))
    for place in ("A2", "B2", "C2", "B4"):
        book.worksheets[0][place].font = Font(strike=True)

    check = DepartmentList().check(saved(book))

    assert [(f.address, f.label, f.message[:15]) for f in check.faults] == [
        ("2行目", "", "この行には、すべて取消線が付い"),
        ("B4", "名称", "取消線が付いています。文字を消"),
    ]
    assert [row.new.name for row in check.changed] == ["乙"]
    assert not check.can_be_applied
