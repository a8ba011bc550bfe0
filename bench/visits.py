"""Visits as the server hands them to the product: the WSGI application whole, with the end of the request.

Django's test client looks at each answer besides. As with it, the connection to the database stays open from one
request to the next: what it takes to open one is measured by itself (bench/connecting.py).
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import floors
from bench.names import FLAT
from bench.timing import Row, in_turn, row
from kirishima_dx.wsgi import application
from people.models import Department, User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Answer:
    """What the product sent."""

    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """A browser that keeps the cookies it came with; nobody unless a user is named."""

    def __init__(self, user: User | None = None) -> None:
        client = Client()
        if user is not None:
            client.force_login(user, backend=BACKEND)
            client.get("/")  # Gives the cookie of forms.
        self.cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())

    def asking(self, url: str, **headers: str) -> Callable[[], Answer]:
        """Return what asks for an address again and again; headers are named as WSGI names them."""
        path, _, query = url.partition("?")
        environ = {**_ENVIRON, "PATH_INFO": path, "QUERY_STRING": query, **headers}
        if self.cookies:
            environ["HTTP_COOKIE"] = self.cookies

        def ask() -> Answer:
            told: list[Any] = []
            answer = application(
                {**environ, "wsgi.input": io.BytesIO()}, lambda *said: told.extend(said)
            )
            body = b"".join(answer)
            answer.close()  # type: ignore[attr-defined]  # Ends the request, as servers do.
            return Answer(int(told[0].split()[0]), dict(told[1]), body)

        return ask

    def get(self, url: str, **headers: str) -> Answer:
        return self.asking(url, **headers)()


_ENVIRON = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "SERVER_NAME": "127.0.0.1",
    "SERVER_PORT": "8000",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "HTTP_HOST": "127.0.0.1:8000",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": io.StringIO(),
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
_AS_SERVED = connection.settings_dict["CONN_MAX_AGE"]


def keep_connection() -> None:
    """Leave the connection open from now on."""
    connection.settings_dict["CONN_MAX_AGE"] = None
    connection.close()  # The next one is opened to stay.


@contextmanager
def connections_as_served() -> Iterator[None]:
    """Let a request do with its connection what it does where the product is served."""
    connection.settings_dict["CONN_MAX_AGE"] = _AS_SERVED
    connection.close()
    try:
        yield
    finally:
        keep_connection()


GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def change_something() -> None:
    """Write a row that changes no word: whatever was kept for the next reader is kept no longer."""
    first = Department.objects.order_by("pk").values_list("pk", flat=True)[:1]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_department SET name = name WHERE id = %s", [first[0] if first else 0]
        )


def measure_page(what: str, url: str, visitor: Visitor, runs: int) -> Row:
    """Measure a page that nobody asked for since the last change, beside a flat template of its words."""
    answer, asked = asked_fresh(visitor, url)
    floors.stand_for(answer.body.decode())
    spent = in_turn(
        visitor.asking(url), visitor.asking("/bench/flat/"), runs, before=change_something
    )
    sizes = {"sent": len(answer.body), "compressed": compressed_size(visitor, url)}
    return row(what, FLAT, asked, spent, **sizes)


def asked_fresh(visitor: Visitor, url: str) -> tuple[Answer, int]:
    """Return a page that is drawn anew, and how many queries it takes."""
    visitor.get(url)
    change_something()
    with CaptureQueriesContext(connection) as queries:
        answer = visitor.get(url)
    assert answer.status == 200, (url, answer.status)
    return answer, len(queries)


def compressed_size(visitor: Visitor, url: str) -> int | None:
    """Return the bytes that go to a browser which takes them compressed, None where they go as they are."""
    answer = visitor.get(url, **GZIP)
    return len(answer.body) if answer.headers.get("Content-Encoding") == "gzip" else None
