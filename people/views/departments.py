"""部署一覧: reading it, and bringing a list in from Excel."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx import clock
from kirishima_dx.spreadsheet import XLSX, download
from kirishima_dx.workbook_guard.limits import WorkbookRefused
from kirishima_dx.workbook_table import TableRefused
from people.access import actor, secretariat_only, signed_in
from people.actions.department_list import (
    DepartmentListOutdated,
    DepartmentListWrong,
    apply_department_list,
    check_department_list,
    keep_department_list,
)
from people.forms import DepartmentApplyForm, DepartmentListForm
from people.models import Department, DepartmentListUpload
from people.queries import department_page
from people.workbooks.department_list import department_list_workbook, read_department_list


def _crumbs(*below: str) -> list[tuple[str, str]]:
    return [("部署一覧", reverse("department_list")), *((label, "") for label in below)]


@require_safe
@signed_in
def department_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    context = {
        "crumbs": [("部署一覧", "")],
        "page": department_page(today),
        "today": today,
        "may_change": actor(request).is_secretariat,
    }
    return render(request, "people/department_list.html", context)


@require_safe
@signed_in
def department_list_file(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    content = department_list_workbook(list(Department.objects.all()), made_at=now)
    return download(content, name=f"部署一覧_{clock.today():%Y%m%d}.xlsx", content_type=XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def department_import(request: HttpRequest) -> HttpResponse:
    """Take a list and keep it; what it would change is shown on the next page."""
    form = DepartmentListForm()
    if request.method == "POST":
        form = DepartmentListForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = _keep(request, form.cleaned_data["workbook"])
            except (WorkbookRefused, TableRefused) as refused:
                form.add_error("workbook", str(refused))
            else:
                return redirect("department_import_check", upload.pk)
    context = {"crumbs": _crumbs("Excelから取り込む"), "form": form}
    return render(request, "people/department_import.html", context)


def _keep(request: HttpRequest, file: "UploadedFile[bytes]") -> DepartmentListUpload:
    """Keep a file that can be read. Raises WorkbookRefused and TableRefused."""
    content = file.read()
    read_department_list(content)
    return keep_department_list(file_name=file.name or "", content=content, by=actor(request))


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def department_import_check(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Show what a kept list would change; apply it if the departments are still as shown."""
    upload = get_object_or_404(
        DepartmentListUpload.objects.select_related("uploaded_by", "applied_by"), pk=upload_id
    )
    is_clash = False
    if request.method == "POST":
        form = DepartmentApplyForm(request.POST)
        if form.is_valid() and _applied(request, upload, form.cleaned_data["seen_state"]):
            return redirect("department_list")
        upload.refresh_from_db()
        is_clash = True
    return _check_page(request, upload, is_clash=is_clash)


def _applied(request: HttpRequest, upload: DepartmentListUpload, seen_state: str) -> bool:
    table = read_department_list(bytes(upload.content))
    try:
        done = apply_department_list(
            upload=upload, table=table, seen_state=seen_state, by=actor(request)
        )
    except (DepartmentListOutdated, DepartmentListWrong):
        return False
    counts = f"追加{len(done.new)}件、変更{len(done.changed)}件、変更なし{len(done.unchanged)}件"
    messages.success(request, f"部署一覧を取り込みました（{counts}）。")
    return True


def _check_page(
    request: HttpRequest, upload: DepartmentListUpload, *, is_clash: bool
) -> HttpResponse:
    check = check_department_list(read_department_list(bytes(upload.content)))
    context: dict[str, Any] = {
        "crumbs": _crumbs("取り込む内容の確認"),
        "upload": upload,
        "check": check,
        "is_clash": is_clash,
        "form": DepartmentApplyForm(initial={"seen_state": check.state}),
    }
    status = 409 if is_clash else 200
    return render(request, "people/department_import_check.html", context, status=status)
