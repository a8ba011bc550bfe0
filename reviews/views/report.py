"""年次報告: the list, one year, one issue, and its workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def report_year(request: HttpRequest, year: int) -> HttpResponse:
    raise Http404


@require_safe
def report_year_workbook(request: HttpRequest, year: int) -> HttpResponse:
    raise Http404


@require_safe
def report_issue(request: HttpRequest, year: int, number: int) -> HttpResponse:
    raise Http404


@require_safe
def report_issue_workbook(request: HttpRequest, year: int, number: int) -> HttpResponse:
    raise Http404
