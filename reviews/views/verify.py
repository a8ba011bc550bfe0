"""Checking an Excel file against a sealed report. Nothing that is sent is kept, so there is nothing to redirect to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kirishima_dx.spreadsheets.guard.limits import WorkbookRefused
from plans.served import served_plan
from reviews.forms.verify import ReportVerifyForm
from reviews.models import AnnualReport
from reviews.queries.reports import issues_shown
from reviews.rules import can_see_drafts
from reviews.verifying import Found, verify_workbook


@require_http_methods(["GET", "HEAD", "POST"])
def report_verify(request: HttpRequest) -> HttpResponse:
    plan, is_staff = served_plan(request), can_see_drafts(request.user)
    issues = list(issues_shown(plan, to_staff=is_staff).sealed()) if plan else []
    if request.method != "POST":
        return _page(request, ReportVerifyForm(issues=issues))
    form = ReportVerifyForm(request.POST, request.FILES, issues=issues)
    if not form.is_valid():
        return _page(request, form)
    try:
        found = verify_workbook(form.cleaned_data["workbook"].read(), issues, form.chosen)
    except WorkbookRefused as refusal:
        form.add_error("workbook", str(refusal))
        return _page(request, form)
    return _page(request, ReportVerifyForm(issues=issues), found, form.cleaned_data["workbook"])


def _page(
    request: HttpRequest,
    form: ReportVerifyForm,
    found: Found | None = None,
    sent: object = None,
) -> HttpResponse:
    context = {
        "nav": "reports",
        "crumbs": [("年次報告", reverse("report_list")), ("会議資料の照合", "")],
        "form": form,
        "found": found,
        "file_name": getattr(sent, "name", ""),
        "correction": _correction(request, found.report) if found else None,
    }
    return render(request, "reviews/report_verify.html", context)


def _correction(request: HttpRequest, report: AnnualReport | None) -> AnnualReport | None:
    """Return the issue that corrects a report, once it is sealed and as far as the reader may see it."""
    correction: AnnualReport | None = getattr(report, "corrected_by", None)
    if correction is None or not correction.is_sealed:
        return None
    return correction if correction.is_published or can_see_drafts(request.user) else None
