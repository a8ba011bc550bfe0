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
from kirishima_dx.spreadsheets.list_rows import ListCheck, ListOutdated, ListWrong
from kirishima_dx.spreadsheets.list_upload import keep_list
from kirishima_dx.workbook_guard import WorkbookRefused
from kirishima_dx.workbook_table import TableRefused
from people.access import actor, secretariat_only, signed_in
from people.forms import DepartmentApplyForm, DepartmentListForm
from people.models import DepartmentListUpload
from people.queries import department_page
from people.workbooks.department_list import DepartmentList, department_list_workbook


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
    content = department_list_workbook(made_at=clock.now())
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
    DepartmentList().read(content)
    name, by = file.name or "", actor(request)
    return keep_list(DepartmentListUpload, file_name=name, content=content, by=by)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def department_import_check(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Show what a kept list would change; apply it if the departments are still as shown."""
    upload = get_object_or_404(
        DepartmentListUpload.objects.select_related("uploaded_by", "applied_by"), pk=upload_id
    )
    if request.method != "POST":
        return _check_page(request, upload, _checked(upload))
    form = DepartmentApplyForm(request.POST)
    try:
        if not form.is_valid():
            raise ListOutdated
        seen = form.cleaned_data["seen_state"]
        done = DepartmentList().apply(upload, seen=seen, by=actor(request))
    except ListOutdated:
        upload.refresh_from_db()
        return _check_page(request, upload, _checked(upload), is_clash=True)
    except ListWrong as wrong:
        return _check_page(request, upload, wrong.check, is_clash=True)
    counts = f"追加{len(done.new)}件、変更{len(done.changed)}件、変更なし{len(done.unchanged)}件"
    messages.success(request, f"部署一覧を取り込みました（{counts}）。")
    return redirect("department_list")


def _checked(upload: DepartmentListUpload) -> ListCheck:
    return DepartmentList().check(bytes(upload.content))


def _check_page(
    request: HttpRequest, upload: DepartmentListUpload, check: ListCheck, *, is_clash: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "crumbs": _crumbs("取り込む内容の確認"),
        "upload": upload,
        "check": check,
        "is_clash": is_clash,
        "form": DepartmentApplyForm(initial={"seen_state": check.state}),
    }
    status = 409 if is_clash else 200
    return render(request, "people/department_import_check.html", context, status=status)
