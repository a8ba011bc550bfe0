"""The pages of a list that comes from Excel: it is sent in and kept, looked through, and applied."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from kirishima_dx.spreadsheets.guard.limits import WorkbookRefused
from kirishima_dx.spreadsheets.list_rows import ListCheck, ListOutdated, ListWrong
from kirishima_dx.spreadsheets.list_upload import ListUpload, keep_list
from kirishima_dx.spreadsheets.reference_list import ReferenceList
from kirishima_dx.spreadsheets.table import TableRefused
from people.access import actor
from people.forms import ListApplyForm


@dataclass(frozen=True)
class ListPages:
    """What is special about the pages of one list. `page` and `check_page` are the names of addresses."""

    listed: Callable[[], ReferenceList]
    uploads: type[ListUpload]
    form: type[Form]
    page: str
    """Where the list itself is shown."""
    check_page: str
    import_template: str
    check_template: str

    def crumbs(self, below: str) -> list[tuple[str, str]]:
        return [(self.listed().sheet, reverse(self.page)), (below, "")]


def import_page(request: HttpRequest, pages: ListPages) -> HttpResponse:
    """Take a list and keep it; what it would change is shown on the next page."""
    form = pages.form()
    if request.method == "POST":
        form = pages.form(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = _keep(request, pages, form.cleaned_data["workbook"])
            except (WorkbookRefused, TableRefused) as refused:
                form.add_error("workbook", str(refused))
            else:
                return redirect(pages.check_page, upload.pk)
    context = {"crumbs": pages.crumbs("Excelから取り込む"), "form": form}
    return render(request, pages.import_template, context)


def _keep(request: HttpRequest, pages: ListPages, file: "UploadedFile[bytes]") -> ListUpload:
    """Keep a file that can be read. Raises WorkbookRefused and TableRefused."""
    content = file.read()
    pages.listed().read(content)
    name, by = file.name or "", actor(request)
    return keep_list(pages.uploads, file_name=name, content=content, by=by)


def import_check_page(request: HttpRequest, pages: ListPages, upload_id: int) -> HttpResponse:
    """Show what a kept list would change; apply it if what it is compared with is still as shown.

    One that was kept when less was refused than today may not be readable any more.
    """
    uploads = pages.uploads._default_manager.select_related("uploaded_by", "applied_by")
    upload = get_object_or_404(uploads, pk=upload_id)
    try:
        return _shown_or_applied(request, pages, upload)
    except (WorkbookRefused, TableRefused) as refused:
        messages.error(request, f"「{upload.file_name}」は取り込めません。{refused}")
        return redirect(pages.page)


def _shown_or_applied(request: HttpRequest, pages: ListPages, upload: ListUpload) -> HttpResponse:
    content = bytes(upload.content)
    if request.method != "POST":
        return _check_page(request, pages, upload, pages.listed().check(content))
    form = ListApplyForm(request.POST)
    try:
        if not form.is_valid():
            raise ListOutdated
        seen = form.cleaned_data["seen_state"]
        done = pages.listed().apply(upload, seen=seen, by=actor(request))
    except ListOutdated:
        upload.refresh_from_db()
        return _check_page(request, pages, upload, pages.listed().check(content), is_clash=True)
    except ListWrong as wrong:
        return _check_page(request, pages, upload, wrong.check, is_clash=True)
    counts = f"追加{len(done.new)}件、変更{len(done.changed)}件、変更なし{len(done.unchanged)}件"
    messages.success(request, f"{pages.listed().sheet}を取り込みました（{counts}）。")
    return redirect(pages.page)


def _check_page(
    request: HttpRequest,
    pages: ListPages,
    upload: ListUpload,
    check: ListCheck,
    *,
    is_clash: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "crumbs": pages.crumbs("取り込む内容の確認"),
        "upload": upload,
        "check": check,
        "is_clash": is_clash,
        "form": ListApplyForm(initial={"seen_state": check.state}),
    }
    return render(request, pages.check_template, context, status=409 if is_clash else 200)
