"""Each page that is kept is asked for twice in all tests, kept and drawn anew, and both must be the same.

It stands around the whole product, in the process of the tests alone. Whoever is signed in is not answered out of
memory but told that there is nothing new: then two pages of one tag must be the same, but for the mask of the secret of
their forms.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import setting_changed
from django.db import connection
from django.http import HttpResponse
from django.utils.timezone import localtime

from kirishima_dx import clock
from kirishima_dx.kept.build import build
from kirishima_dx.kept.store import STORE

Handler = Callable[[WSGIRequest], HttpResponse]
MASKED = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[0-9A-Za-z]{64}')

_tagged: dict[str, bytes] = {}
"""The pages of those who are signed in that were handed out in a test, by their tags."""


def asked_twice(get_response: Handler) -> Handler:
    """Compare what goes out with what would have gone out the other way. What this asks counts for nobody."""

    def handle(request: WSGIRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "GET" and response.status_code == 200 and "ETag" in response:
            with uncounted():
                if "private" in response["Cache-Control"]:
                    compare_tagged(get_response, request, response)
                else:
                    compare_kept(get_response, request, response)
        return response

    return handle


def compare_kept(get_response: Handler, request: WSGIRequest, response: HttpResponse) -> None:
    if request.resolver_match is None:  # No view was asked: it came out of the store.
        STORE.clear()
    with clock.standing_at(
        end_of_day()
    ):  # Drawn anew, it speaks of another minute of the same day.
        other = get_response(again(request))

    assert (other.status_code, other.items()) == (200, response.items()), request.get_full_path()
    assert other.content == response.content, request.get_full_path()


def compare_tagged(get_response: Handler, request: WSGIRequest, response: HttpResponse) -> None:
    cookies = {name: morsel.value for name, morsel in response.cookies.items()}
    known = again(request, HTTP_IF_NONE_MATCH=response["ETag"])
    known.COOKIES.update(cookies)
    drawn = MASKED.sub(b"", response.content)

    assert get_response(known).status_code == 304, request.get_full_path()
    assert _tagged.setdefault(response["ETag"], drawn) == drawn, request.get_full_path()


def again(request: WSGIRequest, **headers: str) -> WSGIRequest:
    """Return the same request once more, as a browser without any copy would make it, or with what `headers` say."""
    asked = {name: value for name, value in request.environ.items() if "HTTP_IF_" not in name}
    return WSGIRequest({**asked, **headers})


def end_of_day() -> datetime:
    return localtime(clock.now()).replace(hour=23, minute=59, second=58)


@contextmanager
def uncounted() -> Iterator[None]:
    """Leave what is asked within out of what a test counts."""
    counts, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        yield
    finally:
        connection.force_debug_cursor = counts


def forget_settings(**_: Any) -> None:
    build.cache_clear()


def pytest_configure() -> None:
    setting_changed.connect(forget_settings)
    settings.MIDDLEWARE = [f"{__name__}.{asked_twice.__name__}", *settings.MIDDLEWARE]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Begin with no page of another test: what a test does to the code itself stands in no key."""
    STORE.clear()
    _tagged.clear()
