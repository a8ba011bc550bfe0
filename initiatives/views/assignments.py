"""担当の一括設定: all items of the edition on one page, and by Excel."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.actions.departments import AssignmentsRefused, assign_many
from initiatives.forms.assignments import (
    AssignmentsForm,
    AssignmentsUploadForm,
    AssignmentTable,
)
from initiatives.queries.assignments import (
    AssignmentRow,
    assignable_departments,
    assignment_rows,
)
from initiatives.views.any_day import AskedDay, asked_day
from initiatives.workbooks.assignments import (
    AssignmentList,
    assignments_workbook,
    count_renumbered,
)
from kirishima_dx import clock
from kirishima_dx.elapsed import days_until
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.guard.limits import WorkbookRefused
from kirishima_dx.spreadsheets.list_rows import ListCheck
from kirishima_dx.spreadsheets.table import TableRefused
from kirishima_dx.spreadsheets.writing import XLSX, Readers, download
from people.access import actor, secretariat_only
from people.queries import DepartmentNames
from plans.models import Edition
from plans.served import served_plan


@dataclass
class _Loaded:
    """The edition whose items are assigned, with who is responsible for each on the chosen day."""

    edition: Edition
    rows: list[AssignmentRow]
    names: DepartmentNames
    today: date
    asked: AskedDay

    @property
    def days(self) -> dict[str, Any]:
        """Return what forms are told of days."""
        years = (self.edition.first_fiscal_year, self.edition.last_fiscal_year)
        return {"today": self.today, "years": years}

    def table(self, data: Any = None) -> AssignmentTable:
        days = {**self.days, "shown_on": self.asked.day}
        return AssignmentTable(self.rows, self.names, data=data, **days)

    def list(self) -> AssignmentList:
        return AssignmentList(self.rows, self.names)


def _load(request: HttpRequest) -> _Loaded | None:
    """Return the edition in force or, while there is none, the draft; None before a plan is loaded."""
    plan, today, asked = served_plan(request), clock.today(), asked_day(request)
    edition = Edition.objects.living(plan, today) if plan else None
    if edition is None:
        return None
    rows, names = assignment_rows(edition, asked.day), assignable_departments(asked.day)
    return _Loaded(edition, rows, names, today, asked)


def _crumbs(*below: str) -> list[tuple[str, str]]:
    own = ("担当の一括設定", reverse("assignments"))
    return [("進捗一覧", reverse("item_list")), own, *((label, "") for label in below)]


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def assignments(request: HttpRequest) -> HttpResponse:
    loaded = _load(request)
    if loaded is None:
        return render(request, "initiatives/item_list_empty.html", {"nav": "items"})
    if request.method != "POST":
        return _table_page(request, loaded, loaded.table())
    table = loaded.table(request.POST)
    is_clash = False
    if table.is_valid():
        if not table.changed:
            messages.info(request, "変えたところがないので、何も保存していません。")
            return redirect(request.get_full_path())
        try:
            _assign(request, loaded, table)
        except AssignmentsRefused as refused:
            # What stands now may be newer than what this request read before.
            table = _load_again(request, loaded).table(request.POST)
            table.is_valid()
            table.refuse(refused.clashes, refused.errors)
            is_clash = bool(refused.clashes)
        else:
            _tell(request, loaded, table)
            return redirect(request.get_full_path())
    return _table_page(request, loaded, table, is_clash=is_clash)


def _load_again(request: HttpRequest, loaded: _Loaded) -> _Loaded:
    return _load(request) or loaded


def _tell(request: HttpRequest, loaded: _Loaded, table: AssignmentTable) -> None:
    day = table.head.cleaned_data["from_date"]
    left = days_until(day, loaded.today)
    when = f"{wareki_date(day)}から（{left}）" if left else ""
    messages.success(request, f"{len(table.changed)}項目の担当を設定しました。{when}")


def _assign(request: HttpRequest, loaded: _Loaded, table: AssignmentTable) -> None:
    assign_many(
        assignments=[form.assignment for form in table.changed],
        from_date=table.head.cleaned_data["from_date"],
        reason=table.head.cleaned_data["reason"],
        by=actor(request),
        shown_on=loaded.asked.day,
    )


def _table_page(
    request: HttpRequest, loaded: _Loaded, table: AssignmentTable, *, is_clash: bool = False
) -> HttpResponse:
    """Show the rows without a lead first; after an error all rows that were sent, with what was typed."""
    is_narrowed = "unset" in request.GET
    unset = [form for form in table.rows if form.row.lead is None]
    others = [form for form in table.rows if form.row.lead is not None]
    if is_narrowed:
        others = [form for form in others if form.is_bound and (form.errors or form.clash)]
    context = {
        "nav": "items",
        "crumbs": _crumbs(),
        "edition": loaded.edition,
        "any_day": loaded.asked,
        "table": table,
        "groups": [("unset", unset), ("set", others)],
        "unset_count": len(unset),
        "total": len(table.rows),
        "is_narrowed": is_narrowed,
        "is_clash": is_clash,
        "has_departments": bool(loaded.names.departments),
        "names": [loaded.names.label(d) for d in loaded.names.departments],
        "upload": AssignmentsUploadForm(),
    }
    status = 409 if is_clash else 200
    return render(request, "initiatives/assignments.html", context, status=status)


@require_safe
@secretariat_only
def assignments_file(request: HttpRequest) -> HttpResponse:
    loaded = _load(request)
    if loaded is None:
        return redirect("assignments")
    content = assignments_workbook(loaded.list(), plan=loaded.edition.plan, made_at=clock.now())
    name = f"担当一覧_{loaded.today:%Y%m%d}.xlsx"
    return download(content, name=name, content_type=XLSX, readers=Readers.STAFF)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def assignments_import(request: HttpRequest) -> HttpResponse:
    """Show what a file would change; saving is the page of all items, with the rows that the file changes."""
    loaded = _load(request)
    if loaded is None:
        return redirect("assignments")
    form, check = AssignmentsUploadForm(), None
    if request.method == "POST":
        form = AssignmentsUploadForm(request.POST, request.FILES)
        check = _checked(form, loaded) if form.is_valid() else None
    head = AssignmentsForm(initial={"from_date": loaded.today}, **loaded.days)
    head.fields["reason"].required = check is not None and any(
        row.new.record.held for row in check.changed
    )
    context = {
        "nav": "items",
        "crumbs": _crumbs("Excelから取り込む"),
        "form": form,
        "check": check,
        "renumbered": count_renumbered(check) if check else 0,
        "head": head,
        "any_day": loaded.asked,
    }
    return render(request, "initiatives/assignments_import.html", context)


def _checked(form: AssignmentsUploadForm, loaded: _Loaded) -> ListCheck | None:
    try:
        return loaded.list().check(form.cleaned_data["workbook"].read())
    except (WorkbookRefused, TableRefused) as refused:
        form.add_error("workbook", str(refused))
        return None
