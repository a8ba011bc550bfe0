"""Keeping what views marked with `kept` answer (decision 0036)."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from kirishima_dx.kept.answers import answer, nothing_new, page_of
from kirishima_dx.kept.asked import has_already
from kirishima_dx.kept.build import build
from kirishima_dx.kept.standing import (
    Standing,
    is_anybody,
    key_of_anybody,
    standing_now,
    tag_of_one,
)
from kirishima_dx.kept.store import STORE

Handler = Callable[[HttpRequest], HttpResponse]
READING = ("GET", "HEAD")


def kept_pages(get_response: Handler) -> Handler:
    """Answer whoever is not signed in with the page that is kept; keep and tag what is drawn.

    It stands before the session: what stands is read before anybody is looked up, so that no page is kept under a
    later content than the one that named its reader. Whatever refuses an address or changes every answer stands
    before it.
    """
    build()  # Of the files with which this process begins, whatever is laid over them later.

    def handle(request: HttpRequest) -> HttpResponse:
        standing = standing_now() if request.method in READING else None
        if standing is None:
            return get_response(request)
        STORE.keep_only(standing)
        request.standing = standing  # type: ignore[attr-defined]  # Read by `kept`.
        key = key_of_anybody(request, standing) if is_anybody(request) else None
        page = STORE.get(key) if key else None
        if key and page:
            return answer(request, key, page)
        response = get_response(request)
        if not _is_page(response):
            return response
        patch_cache_control(response, no_cache=True)  # Whoever comes back asks, each time.
        patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
        if standing != standing_now() or _tells_messages(request):
            return response
        return _kept(request, response, key) if key else _tagged(request, response, standing)

    return handle


def _is_page(response: HttpResponse) -> bool:
    """Whether a marked view answered with a page; a file that somebody takes out is none (people/downloads.py)."""
    is_marked = getattr(response, "is_of_kept_view", False) and not response.streaming
    is_file = "Content-Disposition" in response
    return is_marked and not is_file and response.status_code == HTTPStatus.OK


def _tells_messages(request: HttpRequest) -> bool:
    """Whether the page tells of what was done before, or something waits to be told on the next one."""
    told = get_messages(request)
    return bool(told) or getattr(told, "used", False)


def _kept(request: HttpRequest, response: HttpResponse, key: bytes) -> HttpResponse:
    """Keep a page that hands no cookie to its reader: then it is nobody's own."""
    if response.cookies:
        return response
    page = page_of(response)
    STORE.put(key, page)
    return answer(request, key, page)


def _tagged(request: HttpRequest, response: HttpResponse, standing: Standing) -> HttpResponse:
    """Tag the page of somebody signed in. It holds the secret of its forms: it is neither kept nor packed."""
    usual = {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME}
    if not request.user.is_authenticated or response.cookies.keys() - usual:
        return response
    response.headers["ETag"] = tag = tag_of_one(request, standing)
    if not has_already(request.headers.get("If-None-Match", ""), tag):
        return response
    unchanged = nothing_new(tag)
    for name in ("Cache-Control", "Vary"):
        unchanged.headers[name] = response.headers[name]
    unchanged.cookies = response.cookies
    return unchanged
