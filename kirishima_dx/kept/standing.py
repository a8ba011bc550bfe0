"""What stands while a page is drawn, and for whom it is drawn: a page depends on nothing else (decision 0036)."""

import logging
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest
from django.urls import get_script_prefix

from kirishima_dx import clock
from kirishima_dx.content_token import NoContentToken, current_token
from kirishima_dx.kept.build import build
from kirishima_dx.readiness.lately import Lately

logger = logging.getLogger(__name__)
SECONDS = 60
unknown_lately = Lately(
    lambda: logger.exception("内容の目印を読めないため、画面を毎回作ります。"), seconds=SECONDS
)


@dataclass(frozen=True)
class Standing:
    """The content and the day, as they are at one moment."""

    token: str
    day: date


def standing_now() -> Standing | None:
    """Return what stands now; None where it cannot be told: pages are then drawn each time.

    Within a transaction nothing is told: what it wrote may yet be taken back. With DEBUG templates change under way.
    """
    if settings.DEBUG or _is_in_transaction():
        return None
    try:
        return Standing(current_token(), clock.today())
    except NoContentToken:
        unknown_lately.ask()
        return None


def _is_in_transaction() -> bool:
    """Leave out those of Django's own test cases, which stand for the whole of a test."""
    return any(
        not block._from_testcase  # type: ignore[attr-defined]  # Django asks it too.
        for block in connection.atomic_blocks
    )


def is_anybody(request: HttpRequest) -> bool:
    """Whether whoever asks is nobody in particular: no session, nothing to be told from the page before."""
    own = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return not any(name in request.COOKIES for name in own)


def key_of_anybody(request: HttpRequest, standing: Standing) -> bytes:
    """Return under what a page is kept that is the same for everybody who is not signed in."""
    return _digest(build(), standing.token, standing.day, _address(request))


def tag_of_one(request: HttpRequest, standing: Standing) -> str:
    """Return the tag of the page of somebody signed in: his account, this session, the secret of its forms.

    It is a weak one, because forms carry another mask of that secret each time the page is drawn.
    """
    visitor = (request.user.pk, request.session.session_key, request.META.get("CSRF_COOKIE"))
    return weak_tag(_digest(build(), standing.token, standing.day, _address(request), visitor))


def weak_tag(digest: bytes) -> str:
    return f'W/"{urlsafe_b64encode(digest).decode().rstrip("=")}"'


def _address(request: HttpRequest) -> tuple[str | None, ...]:
    """Return what was asked for, the query as it came: get_full_path would quote é that came unquoted as Ã©."""
    query = request.META.get("QUERY_STRING", "")
    return request.scheme, request.get_host(), get_script_prefix(), request.path, query


def _digest(*parts: object) -> bytes:
    return blake2b(repr(parts).encode(), digest_size=16).digest()
