"""A1: the table of tests/doors.py, role × URL × method. A new URL without a row fails.

An empty form is sent by POST: whoever may come in is told what is missing, which is `in` here.
Of each file that comes out it is tried whether it was recorded who took it (A2).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

import pytest
from beginnings import open_block, roll_back
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from door_cast import address_of
from doors import DOORS, EVERYONE, ROLES, Door

from initiatives.models import EvidenceDownload
from kirishima_dx.server.workers import asks_for_a_workbook
from kirishima_dx.spreadsheets.writing import XLSX
from people.models import (
    Download,
    User,
)


def url_names(patterns: Any = None) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from url_names(pattern.url_patterns)


def test_every_address_has_a_row() -> None:
    assert set(url_names()) == {door.name for door in DOORS if ":" not in door.name}


def outcome(response: HttpResponse) -> str:
    """Say what happened at a door: in, login, or the refusal's number."""
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code == 302 and response.headers["Location"].startswith("/login/"):
        return "login"
    chain = getattr(response, "redirect_chain", [])
    if chain and chain[-1][0].startswith("/login/"):
        return "login"
    names = {template.name for template in getattr(response, "templates", [])}
    asked_to_sign_in = "people/sign_in.html" in names and response.request["PATH_INFO"] != "/login/"  # type: ignore[attr-defined]
    assert response.status_code < 500, response.status_code
    return "login" if asked_to_sign_in else "in"


NO_PAGES = {"health", "meeting_papers_style", "answer_autosave"}
"""Doors that answer with no page, and with nothing to keep."""
WRITTEN_APART = (XLSX, "application/zip")
"""What takes long to write: at another address it would hold a worker that readers need."""


def assert_recorded(door: Door, response: HttpResponse) -> None:
    """A file goes out recorded once, unless anonymous people may read it; nothing else than pages goes out."""
    if response.status_code != 200:
        return
    if "attachment" not in response.headers.get("Content-Disposition", ""):
        assert "text/html" in response["Content-Type"] or door.name in NO_PAGES, door
        return
    if response["Content-Type"] in WRITTEN_APART:
        path = response.request["PATH_INFO"]  # type: ignore[attr-defined]  # Of the test client.
        assert asks_for_a_workbook([SimpleNamespace(path=path)]), door
    recorded = Download.objects.count() + EvidenceDownload.objects.count()
    assert door.get is not None
    assert recorded == (0 if "anonymous" in door.get else 1), door


def expected(door: Door, role: str, allowed: frozenset[str] | None) -> str:
    if allowed is None:
        return "405"
    if role in allowed:
        return "in"
    if door.hidden:
        return "404"
    return "login" if role == "anonymous" else "403"


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is written inside, so that each door is tried in the same house."""
    block = open_block()
    try:
        yield
    finally:
        roll_back(block)


@pytest.mark.parametrize("role", ROLES)
def test_who_comes_in(
    role: str,
    house: dict[str, Any],
    client_of: Callable[[User | None], Client],
    request: pytest.FixtureRequest,
) -> None:
    client = client_of(None if role == "anonymous" else request.getfixturevalue(role))
    signed_in = client.cookies
    seen, wanted = {}, {}
    for door in DOORS:
        url = address_of(door, house)
        # The admin sends refused people to its own sign-in address first.
        follow = ":" in door.name
        for method, allowed in (("get", door.get), ("post", door.post)):
            client.cookies = SimpleCookie(signed_in)
            wanted[str(door), method] = expected(door, role, allowed)
            with undone():
                response = getattr(client, method)(url, follow=follow)
                seen[str(door), method] = outcome(response)
                assert_recorded(door, response)

    assert seen == wanted
    assert len(seen) == 2 * len(DOORS)


def test_closed_reading_sends_everyone_to_sign_in(
    house: dict[str, Any], client_of: Callable[[User | None], Client], settings: Any
) -> None:
    settings.PUBLIC_READING = False
    client = client_of(None)
    read = [door for door in DOORS if door.get == EVERYONE and door.name not in ("login", "health")]
    assert len(read) > 10

    seen = {
        str(door): outcome(client.get(reverse(door.name, kwargs=door.arguments))) for door in read
    }

    assert seen == dict.fromkeys(seen, "login")
