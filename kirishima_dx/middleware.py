"""What every response carries, and what no request may carry."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: Handler) -> Handler:
    """Send SECURE_CSP (the name Django 6 uses) with every response that does not set its own."""
    policy = "; ".join(
        f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items()
    )

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return handle


def no_nul(get_response: Handler) -> Handler:
    """Refuse an address or a cookie with a NUL, which no text of PostgreSQL can hold. A form says so by itself."""

    def handle(request: HttpRequest) -> HttpResponse:
        asked = (value for values in request.GET.lists() for value in (values[0], *values[1]))
        if any("\0" in text for text in (request.path_info, *asked, *request.COOKIES.values())):
            raise BadRequest("NUL in the address or in a cookie.")
        return get_response(request)

    return handle
