"""部署一覧: reading it, and bringing a list in from Excel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx import clock
from kirishima_dx.spreadsheets.writing import XLSX, Readers, download
from people.access import actor, secretariat_only, signed_in
from people.forms import DepartmentListForm
from people.models import DepartmentListUpload
from people.queries import department_page
from people.views.list_import import ListPages, import_check_page, import_page
from people.workbooks.department_list import DepartmentList, department_list_workbook

PAGES = ListPages(
    listed=DepartmentList,
    uploads=DepartmentListUpload,
    form=DepartmentListForm,
    page="department_list",
    check_page="department_import_check",
    import_template="people/department_import.html",
    check_template="people/department_import_check.html",
)


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
    name = f"部署一覧_{clock.today():%Y%m%d}.xlsx"
    return download(content, name=name, content_type=XLSX, readers=Readers.STAFF)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def department_import(request: HttpRequest) -> HttpResponse:
    return import_page(request, PAGES)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def department_import_check(request: HttpRequest, upload_id: int) -> HttpResponse:
    return import_check_page(request, PAGES, upload_id)
