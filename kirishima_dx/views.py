"""What belongs to no app."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kirishima_dx.errors import AddressRefused


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer the operator's probe: 200 when the database answers, else the error page's 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400. Unlike Django's own this page never looks at the request, which may be past reading."""
    expected = str(exception) if isinstance(exception, AddressRefused) else ""
    return HttpResponse(loader.render_to_string("400.html", {"expected": expected}), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, likewise without the request."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)
