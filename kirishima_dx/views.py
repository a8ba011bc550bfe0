"""What belongs to no app."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.http import require_safe

from kirishima_dx.errors import AddressRefused
from kirishima_dx.readiness.probe import full_answer, refused


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Tell the 事務局 how the installation stands; every other probe is answered before (readiness/probe.py)."""
    return full_answer() if getattr(request.user, "is_secretariat", False) else refused()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400. Unlike Django's own this page never looks at the request, which may be past reading."""
    expected = str(exception) if isinstance(exception, AddressRefused) else ""
    return HttpResponse(loader.render_to_string("400.html", {"expected": expected}), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, likewise without the request."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)
