"""Writing, sealing and correcting an annual report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, year: int, number: int) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "POST"])
def report_seal(request: HttpRequest, year: int, number: int) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "POST"])
def report_correction(request: HttpRequest, year: int, number: int) -> HttpResponse:
    raise Http404
