"""What a page is measured against: views that do nothing but send, behind all the middleware of the product.

- *Fixed bytes*: the finished body as it goes out, compressed or not; 304 without a body where one asks whether
  something has changed.
- *A flat template of the same words*: one template of Django, without a tag of ours, an include or a filter but
  `safe`. One loop writes the page piece by piece: the markup up to the next words as it stands, then the words, which
  Django escapes. It is what Django's templates take for such a page at least, once all that it says is known.
"""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import Context, Engine, Template

FLAT = "{% for markup, words in pieces %}{{ markup|safe }}{{ words }}{% endfor %}"
_MARKUP = re.compile(r"(<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>)", re.DOTALL)


@dataclass
class Standing:
    """What the floors send now: they are views, and so take nothing but a request."""

    body: bytes = b""
    encoding: str = ""
    pieces: tuple[tuple[str, str], ...] = ()


standing = Standing()


def stand_for(page: str) -> None:
    """Let the flat template say the words of a page."""
    standing.pieces = pieces_of(page)


def pieces_of(page: str) -> tuple[tuple[str, str], ...]:
    """Part a page into markup and the words after it; white space alone belongs to the markup."""
    found: list[tuple[str, str]] = []
    markup = ""
    for number, part in enumerate(_MARKUP.split(page)):
        if number % 2 or not part.strip():
            markup += part
        else:
            found.append((markup, unescape(part)))
            markup = ""
    return (*found, (markup, ""))


@cache
def _template() -> Template:
    return Engine().from_string(FLAT)


def fixed_bytes(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(standing.body)
    if standing.encoding:
        response["Content-Encoding"] = standing.encoding
    return response


def not_modified(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotModified()


def query(request: HttpRequest) -> HttpResponse:
    ask()
    return HttpResponse(standing.body)


def nothing() -> None:
    """Do what anything is done beside that has no floor of its own."""


def ask() -> None:
    """Ask the database the least that one can ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def flat(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_template().render(Context({"pieces": standing.pieces})))
