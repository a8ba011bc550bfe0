"""What every response carries, and what no request may carry."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kirishima_dx.errors import SettingRefused

logger = logging.getLogger(__name__)
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


def browsers_forget_https(get_response: Handler) -> Handler:
    """Let browsers forget that they insist on https where HSTS_SECONDS is 0; Django would say nothing, and they would
    go on until the time is over that they were told before."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.HSTS_SECONDS == 0 and request.is_secure():
            response.headers["Strict-Transport-Security"] = "max-age=0"
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


def method_not_allowed_page(get_response: Handler) -> Handler:
    """Say with a page what Django answers with an empty one: a button's address was opened, or the reverse."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            above = request.path.rstrip("/").rpartition("/")[0] + "/"
            response.content = render_to_string("405.html", {"above": above}, request)
        return response

    return handle


def whole_answers(get_response: Handler) -> Handler:
    """Say how long each answer is, where that is known, and send no body where only the head is asked for.

    The server would close the connection after an answer of unknown length. It would send the body of a head: a file
    would go out without being recorded, and a connection that stays open would take it for the answer that comes next.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            del response["Content-Length"]  # It would be that of the page which does not go out.
        elif not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if request.method == "HEAD" and response.streaming:
            response.streaming_content = ()  # type: ignore[attr-defined]  # A StreamingHttpResponse.
        elif request.method == "HEAD":
            response.content = b""
        return response

    return handle


class SettingsFit:
    """Answer with what the operator has to mend (503) where a setting does not fit the database."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SettingRefused):
            return None
        logger.error("設定の誤り: %s", exception)
        page = render_to_string("503.html", {"reason": str(exception)})
        return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
