"""年次報告: the list, one year, one issue, and its workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx import clock
from kirishima_dx.kept.decorator import kept
from kirishima_dx.spreadsheets.writing import XLSX, Readers, download
from people.access import actor, secretariat_only
from plans.models import Edition, Plan
from plans.served import served_plan
from reviews.actions.reporting import open_report
from reviews.errors import ReportRefused
from reviews.forms.report import ReportOpenForm
from reviews.models import AnnualReport
from reviews.queries.published_ratings import RATED
from reviews.queries.reports import (
    abandoned_reports,
    kept_workbook,
    report_document,
    report_page,
    report_years,
)
from reviews.report.document import Seal
from reviews.rules import can_see_drafts, can_write_reports
from reviews.views.report_loading import with_issue, with_latest_issue
from reviews.workbooks.report import report_workbook


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def report_list(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return _report_open(request)
    plan = served_plan(request)
    may_open = plan is not None and can_write_reports(request.user)
    return _list_page(request, _open_form(plan) if plan and may_open else None)


def _open_form(plan: Plan, data: QueryDict | None = None) -> ReportOpenForm:
    today = clock.today()
    edition = Edition.objects.living(plan, today)
    years = (edition.first_fiscal_year, edition.last_fiscal_year) if edition else None
    return ReportOpenForm(data, today=today, years=years)


@secretariat_only
def _report_open(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    form = _open_form(plan, request.POST) if plan else None
    if plan is None or form is None or not form.is_valid():
        return _list_page(request, form)
    chosen = form.cleaned_data
    try:
        report = open_report(
            plan=plan, year=chosen["fiscal_year"], as_of=chosen["as_of"], by=actor(request)
        )
    except ReportRefused as refusal:
        form.add_error(None, str(refusal))
        return _list_page(request, form)
    messages.success(request, f"{report.title}を作りました。総括と動向を書いてください。")
    return redirect(report)


def _list_page(request: HttpRequest, form: ReportOpenForm | None) -> HttpResponse:
    plan, is_staff = served_plan(request), can_see_drafts(request.user)
    context = {
        "nav": "reports",
        "crumbs": [("年次報告", "")],
        "years": list(report_years(plan, to_staff=is_staff)) if plan else [],
        "abandoned": abandoned_reports(plan) if plan and is_staff else [],
        "form": form,
    }
    return render(request, "reviews/report_list.html", context)


def _issue_page(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    may_write = can_write_reports(request.user)
    rated = request.GET.get(RATED, "")
    page = report_page(report, for_staff=can_see_drafts(request.user), rated=rated)
    context = {
        "nav": "reports",
        "crumbs": [("年次報告", reverse("report_list")), (page.layout.title, "")],
        "report": page.report,
        "layout": page.layout,
        "is_intact": page.is_intact,
        "correction": page.correction,
        "gaps": page.gaps,
        "is_staff": can_see_drafts(request.user),
        "may_write": may_write,
        "may_correct": may_write and report.is_sealed and page.correction is None,
        "may_publish": may_write and report.is_sealed and not report.is_published,
    }
    return render(request, "reviews/report_detail.html", context)


def _workbook(report: AnnualReport) -> HttpResponse:
    content = kept_workbook(report)
    if content is None:
        seal = Seal(report.sealed_at, report.digest) if report.sealed_at else None
        content = report_workbook(report_document(report), seal=seal, made_at=clock.now())
    state = "" if report.is_sealed else "_作成中"
    name = f"年次報告_{report.fiscal_year}_{report.number}{state}.xlsx"
    readers = Readers.ANYONE if report.is_published else Readers.STAFF
    return download(content, name=name, content_type=XLSX, readers=readers)


@require_safe
@kept
@with_latest_issue
def report_year(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    return _issue_page(request, report)


@require_safe
@with_latest_issue
def report_year_workbook(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    return _workbook(report)


@require_safe
@kept
@with_issue
def report_issue(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    return _issue_page(request, report)


@require_safe
@with_issue
def report_issue_workbook(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    return _workbook(report)
