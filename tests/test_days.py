"""Days come in by one range, whichever door they come by, and any day that is stored is shown (kirishima_dx/days.py).

A new door without its row here fails: a form field of another kind, a place in the code that reads days, a column that
takes one.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import door_cast
import pytest
import yaml
from answer_form_in_hand import MADE, WHOLE, Sheet, exported, plan_of, told, upload
from answering import STATED, address, now, of, typed
from django import forms
from django.apps import apps
from django.contrib.admin import ModelAdmin, site
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from doors import DOORS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from old_rows import without_bounds_of_days
from openpyxl import load_workbook
from row_world import World
from test_architecture import MAY_IMPORT, ROOT, python_files
from valid_rows import VALID

from initiatives.errors import EntryRefused
from initiatives.forms.any_day import AnyDayForm
from initiatives.models import ProgressEntry
from initiatives.stated_column import Kind
from initiatives.statement import COLUMNS, Statement, faults_of
from kirishima_dx.checks import days_of_before
from kirishima_dx.day_guards import asked_days, day_columns
from kirishima_dx.days import DAYS_THERE_ARE, EARLIEST_DAY, LATEST_DAY, day_fault
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import JapaneseDateField
from kirishima_dx.moment import Moment
from kirishima_dx.spreadsheets.cell_kinds import Day
from kirishima_dx.spreadsheets.guard.values import Shown, iso_cell, number_cell
from kirishima_dx.spreadsheets.table import TableCell
from people.models import Department, RoleAssignment, User
from people.workbooks.department_list import DepartmentList, department_list_workbook
from plans.models import FocusItem
from plans.plan_file.fields import FieldReader, Fields
from rounds.actions.answers import save_answer, send_answer
from rounds.answer_content import AnswerContent
from rounds.answer_sheet.reading import said_in_cell
from rounds.models import Answer

Told = tuple[date | None, str]
"""The day that a door took, and what it says of one that it did not take."""


def by_form(value: Any) -> Told:
    try:
        return JapaneseDateField().clean(value), ""
    except ValidationError as refused:
        return None, "".join(refused.messages)


def by_address(written: str) -> Told:
    form = AnyDayForm({"on": written})
    return (form.day, "") if form.is_valid() else (None, str(form.errors["on"]))


def by_cell_of_an_answer(value: Any) -> Told:
    cell = TableCell("A1", value)
    (told,) = {said_in_cell(column, cell) for column in COLUMNS if column.kind is Kind.DAY}
    return told


def by_cell_of_a_list(value: Any) -> Told:
    try:
        return Day().clean(TableCell("A1", value)), ""
    except ValueError as refused:
        return None, str(refused)


def by_plan_file(written: str) -> Told:
    reader = FieldReader()
    fields = Fields(1, {"last_updated": yaml.compose(f'"{written}"')})
    day = reader.day(fields, "last_updated")
    return day, "".join(map(str, reader.faults))


def by_statement_said_again(day: date) -> Told:
    said = faults_of(Statement(rating_reason="理由", new_due_date=day), date.min)
    return (None, said["new_due_date"]) if "new_due_date" in said else (day, "")


def in_words(day: date) -> list[str]:
    """Return a day in the ways in which people type it."""
    iso = day.isoformat()
    year, month, number = iso.split("-")
    written = [iso, iso.replace("-", "/"), iso.replace("-", ""), f"{year}年{month}月{number}日"]
    written.append(iso.translate(str.maketrans("0123456789-", "０１２３４５６７８９－")))
    if EARLIEST_DAY <= day <= LATEST_DAY:
        written.append(wareki_date(day))
    return written


def in_cells(day: date) -> list[Any]:
    """Return a day in the ways in which a cell holds it: typed, as a date, with a time, as the number or the text
    that a file keeps."""
    noon = datetime.combine(day, time(12))
    held = [*in_words(day), day, noon, iso_cell(f"{noon.isoformat()}+09:00").value]
    serial = (day - date(1899, 12, 30)).days
    if serial > 60:
        held += [number_cell(str(serial), Shown.DATE).value, int(f"{day:%Y%m%d}")]
    return held


TYPED: tuple[Callable[[Any], Told], ...] = (by_form, by_address)
CELLS: tuple[Callable[[Any], Told], ...] = (by_cell_of_an_answer, by_cell_of_a_list)
DAYS = st.dates() | st.dates(EARLIEST_DAY - timedelta(days=9), LATEST_DAY + timedelta(days=9))


def assert_judged(door: Callable[[Any], Told], day: date, value: Any) -> None:
    taken, fault = door(value)
    if EARLIEST_DAY <= day <= LATEST_DAY:
        assert (taken, fault) == (day, ""), (door, value)
    else:
        assert taken is None, (door, value)
        assert f"{DAYS_THERE_ARE}の日付にしてください。" in fault, (door, value)


@given(DAYS)
@settings(max_examples=60)
@example(date(1900, 1, 9))
@example(date.min)
@example(date.max)
@example(EARLIEST_DAY)
@example(LATEST_DAY)
def test_every_door_takes_the_same_days(day: date) -> None:
    for written in in_words(day):
        for door in TYPED:
            assert_judged(door, day, written)
    for value in in_cells(day):
        for door in CELLS:
            assert_judged(door, day, value)
    assert_judged(by_form, day, day)
    assert_judged(by_plan_file, day, day.isoformat())
    assert_judged(by_statement_said_again, day, day)
    assert Moment.end_of(day).day == day


READ_HERE = {
    "kirishima_dx/forms.py": {"parse_date", "read_date"},
    "kirishima_dx/spreadsheets/guard/values.py": {
        "fromisoformat"
    },  # What a strict workbook writes.
    "kirishima_dx/spreadsheets/day_cells.py": {"read_date"},
    "plans/plan_file/fields.py": {"fromisoformat"},
    "initiatives/stated_column.py": {"fromisoformat"},  # What we stored.
    "reviews/report/document.py": {"fromisoformat"},  # What we sealed.
    "people/management/commands/shorten_records.py": {"read_date"},
    "kirishima_dx/backups/notes.py": {"fromisoformat"},  # When we took a back-up.
    "kirishima_dx/backups/archive.py": {"fromisoformat"},  # Likewise.
    "portal/queries/records/record.py": {"fromisoformat"},  # Where a page of records goes on.
}
"""Where the code turns text into days. A new place is a new door: it asks day_fault, and is tried above."""
READERS = re.compile(
    r"\b(fromisoformat|strptime|parse_date|parse_datetime|read_date|fromordinal)\b"
)


def test_days_are_read_where_they_are_judged() -> None:
    files = [path for package in MAY_IMPORT for path in python_files(package)]
    found = {
        str(path.relative_to(ROOT)): set(READERS.findall(path.read_text(encoding="utf-8")))
        for path in files
    }

    assert {path: names for path, names in found.items() if names} == READ_HERE


def our_forms(kind: type[Any] = forms.BaseForm) -> Iterator[type[Any]]:
    for form in kind.__subclasses__():
        yield from our_forms(form)
        if form.__module__.partition(".")[0] in MAY_IMPORT:
            yield form


def test_every_form_takes_days_by_one_field() -> None:
    """A form of the admin is given its fields by the admin, which is tried below."""
    get_resolver().url_patterns  # noqa: B018 — loads the forms of all pages
    by_admin = {admin.form for admin in site._registry.values()}
    asked = {
        (form.__qualname__, name, type(field))
        for form in our_forms()
        if form not in by_admin
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField)
    }

    assert len(asked) > 10
    assert {one for one in asked if not issubclass(one[2], JapaneseDateField)} == set()


def test_the_admin_takes_days_by_that_field_too() -> None:
    request = RequestFactory().get("/")
    admins: list[Any] = []
    for admin in site._registry.values():
        assert isinstance(admin, ModelAdmin)
        admins += [admin, *(inline(admin.model, site) for inline in admin.inlines)]
    for admin in admins:
        for _, days in day_columns([admin.model]):
            for day in days:
                field = admin.formfield_for_dbfield(day, request)
                assert isinstance(field, JapaneseDateField), day


@pytest.mark.parametrize("asked", ["year=9999", "year=9999&as_of__month=12&as_of__day=31"])
def test_an_address_of_the_admin_asks_of_no_day_after_the_last(desk: Client, asked: str) -> None:
    response = desk.get(f"/admin/initiatives/progressentry/?as_of__{asked}")

    assert (response.status_code, response["Location"][-4:]) == (302, "?e=1")


def test_a_workbook_asks_for_such_days_before_it_is_sent(answer: Answer) -> None:
    forms_that_go_out = {
        "回答": (exported(answer.round), {"新たな期限"}),
        "部署一覧": (department_list_workbook(made_at=MADE), {"設置日", "廃止日"}),
    }
    for name, (content, columns) in forms_that_go_out.items():
        asked = load_workbook(BytesIO(content))[name].data_validations.dataValidation
        days = {one.errorTitle: one for one in asked if one.type == "date"}

        assert set(days) == columns
        for one in days.values():
            assert (one.formula1, one.formula2) == ("DATE(1926,12,25)", "DATE(2100,12,31)")
            assert one.errorStyle == "warning"


def test_the_database_takes_no_other_day(world: World, subtests: pytest.Subtests) -> None:
    for model, days in day_columns(model for model in apps.get_models() if model in VALID):
        for day in asked_days(model, days):
            with subtests.test(f"{model.__name__}.{day.name}"):
                for odd in (date(1900, 1, 9), LATEST_DAY + timedelta(days=1)):
                    assert_refused(world, model, day.name, odd)


def assert_refused(world: World, model: type[models.Model], name: str, odd: date) -> None:
    """Try a row that comes in with a day, and one that comes in whole and is given it."""
    with transaction.atomic():
        with pytest.raises(IntegrityError, match=DAYS_THERE_ARE), transaction.atomic():
            model._base_manager.bulk_create([model(**{**VALID[model](world), name: odd})])
        (row,) = model._base_manager.bulk_create([model(**VALID[model](world))])
        with pytest.raises(IntegrityError), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{name: odd})
        transaction.set_rollback(True)


def test_every_table_with_days_is_tried() -> None:
    ours = {
        model for model in apps.get_models() if model.__module__.partition(".")[0] in MAY_IMPORT
    }

    assert {model for model, _ in day_columns(ours)} <= set(VALID)


def odd_by_cell(answer: Answer, by: User, day: date) -> Answer:
    """Let an answer hold a day that a cell brought in before, and lack nothing else."""
    content = AnswerContent(**{**STATED, "kind": "update", "new_due_date": day})
    with without_bounds_of_days():
        return save_answer(
            answer=now(answer), content=content, opened_revision=now(answer).revision, by=by
        )


@pytest.fixture
def old_rows(
    answer: Answer,
    responsible: FocusItem,
    welfare: Department,
    editor: User,
    record: Callable[..., ProgressEntry],
) -> Answer:
    """What a database of before may hold: days of cells and of the admin."""
    entry = record(responsible, by=editor)
    with without_bounds_of_days():
        ends = {"valid_from": date(1900, 1, 1), "valid_until": date.max}
        Department.objects.filter(pk=welfare.pk).update(**ends)
        editor.role_assignments.update(valid_from=date.min)
        entry.pk, entry.new_due_date = None, date.max
        entry.save(force_insert=True)
    return odd_by_cell(answer, editor, date(1900, 1, 9))


def test_days_that_came_in_before_are_shown(
    old_rows: Answer, welfare: Department, desk: Client
) -> None:
    shown = {
        "/departments/": "1900年1月1日",
        "/items/1-A-1/": "9999年12月31日",
        old_rows.get_absolute_url(): "1900-01-09",
        f"/admin/people/department/{welfare.pk}/change/": "9999-12-31",
        "/admin/people/roleassignment/": "",
        "/admin/initiatives/progressentry/": "",
    }
    for url, words in shown.items():
        response = desk.get(url)
        assert response.status_code == 200, url
        assert words.encode() in response.content, url


town = door_cast.house
"""What every door of tests/doors.py leads to."""


@pytest.mark.sqlite
def test_no_page_and_no_file_fails_of_a_stored_day(town: dict[str, Any], desk: Client) -> None:
    """Each day that is stored becomes the last of all, or the first where something begins, whatever would refuse it:
    periods have both ends, and nobody loses a role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for model, days in day_columns(apps.get_models()):
            for name in (day.name for day in days if model is not RoleAssignment):
                is_of_period = name in ("valid_from", "valid_until")
                stored = {} if is_of_period else {f"{name}__isnull": False}
                odd = date.min if name.endswith("_from") else date.max
                model._base_manager.filter(**stored).update(**{name: odd})
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    for door in DOORS:
        if door.get and door.name != "health":  # That one tells of the guards that are away.
            named = {name: town.get(name, value) for name, value in door.arguments.items()}
            assert desk.get(reverse(door.name, kwargs=named)).status_code < 500, door


def test_rows_that_hold_one_go_on_and_are_named(old_rows: Answer, welfare: Department) -> None:
    Department.objects.filter(pk=welfare.pk).update(name="福祉政策課")

    (found,) = days_of_before(databases=["default"])

    named = str(found.msg)
    assert DAYS_THERE_ARE in named
    assert f"部署（id {welfare.pk}）の設置日 1900-01-01、" in named
    assert f"部署（id {welfare.pk}）の廃止日（最終日） 9999-12-31" in named
    assert "の開始日 0001-01-01" in named
    assert f"回答（id {old_rows.pk}）の新たな期限 1900-01-09" in named
    assert named.count("の新たな期限 9999-12-31") == 1


def test_a_day_of_before_goes_no_further(
    answer: Answer, editor: User, client_of: Callable[..., Client]
) -> None:
    odd = odd_by_cell(answer, editor, date.max)
    with pytest.raises(EntryRefused) as refused:
        send_answer(
            answer=odd, content=AnswerContent.of(odd), opened_revision=odd.revision, by=editor
        )
    again = typed(opened_revision=odd.revision, new_due_date="9999-12-31")
    page = client_of(editor).post(address(answer), again).content.decode()

    assert refused.value.errors == {"new_due_date": day_fault(date.max)}
    assert day_fault(date.max) in page
    assert 'value="9999-12-31"' in page
    assert now(answer).state == odd.state


def test_a_number_typed_into_a_date_cell_stands_in_nobodys_way(
    answer: Answer, editor: User, secretariat: User, desk: Client
) -> None:
    """新たな期限 に 9: Excel makes 1900-01-09 of it."""
    asked = exported(answer.round)
    wrong = Sheet(asked).put("1-A-1", **WHOLE, new_due_date=9).saved()
    right = Sheet(asked).put("1-A-2", **WHOLE, new_due_date=date(2027, 3, 31)).saved()
    kept = upload(answer.round, secretariat, wrong, right)

    preview = desk.get(f"/rounds/{kept.round_id}/import/{kept.pk}/")
    (fault,) = told(plan_of(kept, secretariat))

    assert fault.endswith(
        f"新たな期限 {day_fault(date(1900, 1, 9))}"
        "日付の書式のセルに数だけを入れると、1900年ごろの日付になります。"
    )
    assert day_fault(date(1900, 1, 9)) in preview.content.decode()
    stamp = preview.context["form"].initial["stamp"]
    desk.post(preview.request["PATH_INFO"], {"stamp": stamp, "places": [2], "sends": "on"})
    assert now(answer).new_due_date is None
    assert of(answer.round, "1-A-2").new_due_date == date(2027, 3, 31)


def test_no_department_is_set_up_on_such_a_day(
    welfare: Department, secretariat: User, desk: Client
) -> None:
    """By the list and by the admin, which say it at the cell and at the field."""
    typed_in = {"code": "new", "name": "新課", "order": "1", "valid_from": "1900-01-01"}
    told_by_admin = desk.post("/admin/people/department/add/", typed_in).context["adminform"]
    sheet = load_workbook(BytesIO(department_list_workbook(made_at=MADE)))
    sheet["部署一覧"]["F2"].value = 1
    buffer = BytesIO()
    sheet.save(buffer)
    (told_by_list,) = DepartmentList().check(buffer.getvalue()).faults

    assert told_by_admin.errors["valid_from"] == [day_fault(date(1900, 1, 1))]
    assert told_by_list.address == "F2"
    assert told_by_list.message.startswith(day_fault(date(1900, 1, 1)))
