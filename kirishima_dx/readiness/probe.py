"""The operator's probe, `/healthz`: whether the product can be used, and for those who may know, how it stands.

Strangers learn only ok or not ready. It is answered before anything else looks at the request: a probe comes over
http, by an address that ALLOWED_HOSTS need not hold, and while the database is down.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from kirishima_dx.backups.private_database import file_of
from kirishima_dx.backups.sqlite_files import open_file
from kirishima_dx.client_address import is_from_this_machine
from kirishima_dx.readiness.lately import Lately
from kirishima_dx.readiness.parts import Missing, what_is_missing
from kirishima_dx.readiness.report import full_report

logger = logging.getLogger(__name__)
PATH = "/healthz"
FULL = "full"
SECONDS = 60
"""What is missing is looked up at most this often."""
Handler = Callable[[HttpRequest], HttpResponse]


def _look() -> list[Missing]:
    missing = what_is_missing(connection)
    for one in missing:
        logger.error("%s", one)
    return missing


def _tell_that_it_is_away() -> None:
    logger.error("データベースが答えません: %s", sys.exc_info()[1])


missing_lately = Lately(_look, seconds=SECONDS)
"""Each look tells the log in words what is missing; the probe says no more than not ready."""
away_lately = Lately(_tell_that_it_is_away, seconds=SECONDS)
"""Likewise, so that whoever asks all the time does not fill the log."""


def probe(get_response: Handler) -> Handler:
    """Answer the probe at once; the full answer to another machine takes the usual way, where people sign in."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH and request.method in ("GET", "HEAD"):
            if FULL not in request.GET:
                return short_answer(tells_more=is_from_this_machine(request))
            if is_from_this_machine(request):
                return full_answer()
        return get_response(request)

    return handle


def short_answer(*, tells_more: bool) -> HttpResponse:
    """Return ok, or not ready and, to this machine, the keys of what is missing."""
    missing = _missing()
    if missing == []:
        return _plain("ok", HTTPStatus.OK)
    keys = ["database"] if missing is None else [one.part.key for one in missing]
    return _plain(
        f"not ready: {' '.join(keys)}" if tells_more else "not ready",
        HTTPStatus.SERVICE_UNAVAILABLE,
    )


def full_answer() -> HttpResponse:
    """Return the whole report as JSON; 503 where the short answer says so."""
    missing = _missing()
    report = full_report(missing or [], answers=missing is not None)
    ready = missing == []
    return _sealed(
        JsonResponse(
            report,
            status=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE,
            json_dumps_params={"ensure_ascii": False, "indent": 2},
        )
    )


def refused() -> HttpResponse:
    """Answer who may not see the whole. No way to the sign-in page: a program would take that for a good answer."""
    return _plain(
        "詳しい内容は、このサーバー自身からか、事務局としてログインしたときだけ見られます。",
        HTTPStatus.FORBIDDEN,
    )


def _missing() -> Sequence[Missing] | None:
    """Return what is missing, as found within the last minute; None where the database does not answer now."""
    try:
        _touch()
        return missing_lately.ask()
    except DatabaseError:
        away_lately.ask()
        return None


def _touch() -> None:
    """Let the database show that it answers. A kept connection to a file would answer from memory: it is opened anew.

    SQLite does not read its file for a SELECT without a table.
    """
    if (file := file_of(connection)) is not None:
        with connection.wrap_database_errors, closing(open_file(file)) as opened:
            opened.execute("PRAGMA schema_version").fetchone()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _plain(words: str, status: HTTPStatus) -> HttpResponse:
    return _sealed(
        HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    )


def _sealed(response: HttpResponse) -> HttpResponse:
    """Let nobody keep an answer, nor take it for something else."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's: it would log each 503 of each probe.
    return response
