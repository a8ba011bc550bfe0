"""How a page comes by the issue of a report that its address names."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plans.served import served_plan
from reviews.models import AnnualReport
from reviews.queries.reports import issues_shown
from reviews.rules import can_see_drafts, can_write_reports

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, AnnualReport, P], HttpResponse]


def with_issue(view: View[P]) -> Callable[..., HttpResponse]:
    """Hand the named issue to a view, as with_any_issue does.

    One that is withheld (A3) is shown to nobody: its page says so (410).
    """

    def readable(
        request: HttpRequest, report: AnnualReport, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        return withheld_page(request, report) or view(request, report, *args, **kwargs)

    update_wrapper(readable, view)
    return with_any_issue(readable)


def with_any_issue(view: View[P]) -> Callable[..., HttpResponse]:
    """Hand the named issue to a view that shows nothing of what it says, also where it is withheld.

    An unknown one is a 404. To others than staff one that was not published is as unknown: no answer tells that it
    exists.
    """

    def loaded(
        request: HttpRequest, year: int, number: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        plan, is_staff = served_plan(request), can_see_drafts(request.user)
        issues = issues_shown(plan, to_staff=is_staff) if plan else AnnualReport.objects.none()
        report = issues.filter(fiscal_year=year, number=number).first()
        if report is None:
            raise Http404(f"{year}年度の年次報告（第{number}号）はありません。")
        return view(request, report, *args, **kwargs)

    update_wrapper(loaded, view)
    return loaded


def with_latest_issue(view: View[P]) -> Callable[..., HttpResponse]:
    """Hand a year's latest issue that the reader may see to a view; none is a 404."""

    def loaded(request: HttpRequest, year: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        plan, is_staff = served_plan(request), can_see_drafts(request.user)
        issues = issues_shown(plan, to_staff=is_staff) if plan else AnnualReport.objects.none()
        report = issues.filter(fiscal_year=year).first()
        if report is None:
            raise Http404(f"{year}年度の年次報告はまだありません。")
        return withheld_page(request, report) or view(request, report, *args, **kwargs)

    update_wrapper(loaded, view)
    return loaded


def withheld_page(request: HttpRequest, report: AnnualReport) -> HttpResponse | None:
    """Return what stands in the place of an issue that is withheld; None for any other."""
    if not report.is_withheld:
        return None
    correction = getattr(report, "corrected_by", None)
    is_staff = can_see_drafts(request.user)
    shown = correction and (is_staff or correction.is_published)
    context = {
        "nav": "reports",
        "crumbs": [("年次報告", reverse("report_list")), (report.title, "")],
        "report": report,
        "correction": correction if shown else None,
        "may_replace": can_write_reports(request.user) and correction is None,
    }
    return render(request, "reviews/report_withheld.html", context, status=410)
