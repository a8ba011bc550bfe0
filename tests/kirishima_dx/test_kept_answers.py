"""How a kept page goes out, and how much is kept."""

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory
from django.test.utils import override_script_prefix
from django.urls import reverse

from kirishima_dx.kept import build
from kirishima_dx.kept.asked import has_already, takes_gzip
from kirishima_dx.kept.decorator import kept
from kirishima_dx.kept.middleware import kept_pages
from kirishima_dx.kept.standing import Standing, tag_of_one
from kirishima_dx.kept.store import MB, OVERHEAD, SHARE, STORE, Page, Store
from people.models import Department, User
from plans.models import Edition

GZIP = "gzip, deflate, br"


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        *(("gzip", True), (GZIP, True), ("*", True), ("GZIP;q=0.001", True), ("br, *;q=0.1", True)),
        *(("", False), ("br", False), ("gzip;q=0", False), ("gzip; q=0.000, *", False)),
        *(("gzip;q=2", False), ("gzip;q=nan", False), ("gzip;q=0.0001", False), ("gzip;", False)),
        *((",;=;q", False), ("*;q=0", False), ("gzip" * 2000, False), ("ｇｚｉｐ", False)),
    ],
)
def test_a_browser_says_what_it_unpacks(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes


@pytest.mark.parametrize(
    ("header", "has"),
    [
        *(
            ('W/"a"', True),
            ('"a"', True),
            ('"b", W/"a"', True),
            (" * ", True),
            ('"a, b","a"', True),
        ),
        *(("", False), ("a", False), ('W/"b"', False), ('w/"a', False), ('"*"', False)),
        *(('W/W/"b"', False), ('"' * 8000, False), ("\x00\xff", False)),
    ],
)
def test_a_browser_says_what_it_has(header: str, has: bool) -> None:
    assert has_already(header, 'W/"a"') is has


@pytest.fixture
def whole(small_edition: Edition) -> Any:
    return Client().get("/")


def get(**headers: str) -> Any:
    return Client().get("/", headers=headers)


def test_a_page_goes_out_packed_where_that_is_taken(whole: Any) -> None:
    packed, plain = get(accept_encoding=GZIP), get(accept_encoding="gzip;q=0")

    assert gzip.decompress(packed.content) == whole.content == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Content-Encoding" not in plain
    assert packed["ETag"] == plain["ETag"] == whole["ETag"]
    assert {"Accept-Encoding", "Cookie"} <= set(packed["Vary"].split(", "))


def test_nothing_new_says_so_and_no_more(whole: Any) -> None:
    unchanged = get(if_none_match=f'"x", {whole["ETag"]}', accept_encoding=GZIP)

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert {name: unchanged[name] for name in ("ETag", "Vary", "Cache-Control")} == {
        name: whole[name] for name in ("ETag", "Vary", "Cache-Control")
    }
    assert not {"Content-Encoding", "Content-Type", "Content-Length"} & unchanged.headers.keys()


def test_the_head_of_a_page_is_that_of_the_page(whole: Any) -> None:
    head = Client().head("/")

    assert (head.status_code, head.content) == (200, b"")
    assert head.items() == whole.items()


def test_a_page_of_somebody_is_never_packed(small_edition: Edition, desk: Client) -> None:
    """It holds the secret of its forms beside words of the address."""
    own = desk.get("/", headers={"accept-encoding": GZIP})

    assert "ETag" in own
    assert "Content-Encoding" not in own
    assert len(STORE) == 0


def ask(view: Callable[[HttpRequest], HttpResponse], **cookies: str) -> HttpResponse:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    return kept_pages(kept(view))(request)


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("own", "x")
    return response


def saved_meanwhile(request: HttpRequest) -> HttpResponse:
    Department.objects.create(code="new", name="新課")
    return HttpResponse("x")


def a_file(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x", headers={"Content-Disposition": "attachment"})


def test_nothing_is_kept_while_templates_may_change(settings: Any, db: None) -> None:
    settings.DEBUG = True

    assert "ETag" not in ask(lambda request: HttpResponse("x"))


def with_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def with_message(request: HttpRequest) -> HttpResponse:
    request._messages = CookieStorage(request)
    messages.info(request, "x")
    return HttpResponse(map(str, get_messages(request)))


@pytest.mark.parametrize("view", [with_cookie, with_message, saved_meanwhile, a_file])
def test_what_is_not_the_same_for_everybody_is_not_kept(
    view: Callable[[HttpRequest], HttpResponse], db: None
) -> None:
    assert "ETag" not in ask(view)
    assert len(STORE) == 0


def test_host_scheme_and_prefix_are_part_of_an_address(db: None) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.build_absolute_uri(reverse("living_plan")))

    places = [("http", "localhost", "/dx/"), ("https", "localhost", "/")]
    places += [("http", "localhost", "/"), ("http", "testserver", "/")]
    asked = set()
    for scheme, host, prefix in places:
        with override_script_prefix(prefix):
            request = RequestFactory().get("/", secure=scheme == "https", headers={"host": host})
            asked.add(kept_pages(kept(view))(request).content.decode())

    assert asked == {f"{scheme}://{host}{prefix}" for scheme, host, prefix in places}


def test_account_session_and_secret_each_make_another_tag() -> None:
    def tag(account: int, session: str, secret: str) -> str:
        request = RequestFactory().get("/", headers={"host": "testserver"})
        request.user, request.session = User(pk=account), SessionStore(session)
        request.META["CSRF_COOKIE"] = secret
        return tag_of_one(request, Standing("x", date(2026, 10, 15)))

    one, other = "a" * 32, "b" * 32
    all_tags = {tag(*v) for v in ((1, one, one), (2, one, one), (1, other, one), (1, one, other))}
    assert tag(1, one, one) in all_tags
    assert len(all_tags) == 4


@pytest.mark.parametrize("cookies", [{}, {"csrftoken": "a" * 32}])
def test_a_form_is_for_the_one_whose_secret_it_holds(cookies: dict[str, str], db: None) -> None:
    """Its secret goes out as a cookie each time it is used, also to whoever has it already."""
    answer = ask(CsrfViewMiddleware(with_form), **cookies)

    assert "csrftoken" in answer.cookies
    assert "ETag" not in answer
    assert len(STORE) == 0


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_whoever_brings_something_of_his_own_is_not_everybody(cookie: str, db: None) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.user = AnonymousUser()
        return HttpResponse("x")

    assert "ETag" in ask(view)
    assert "ETag" not in ask(view, **{cookie: "x"})


def a_page(size: int, packed: int = 0) -> Page:
    return Page((), 'W/"x"', b"x" * (size - OVERHEAD - packed), b"y" * packed)


def test_a_process_keeps_no_more_than_it_may(settings: Any) -> None:
    settings.KEPT_PAGES_MB = 1
    store, part = Store(), MB // SHARE
    for key in (b"a", b"b", b"c", b"d"):
        store.put(key, a_page(part))
    store.get(b"a")
    store.put(b"e", a_page(part, packed=1000))
    store.put(b"f", a_page(part + 1))

    assert [key for key in (b"a", b"b", b"c", b"d", b"e", b"f") if store.get(key)] == [
        *(b"a", b"c", b"d", b"e")
    ]
    assert store.size == MB


def test_none_is_kept_where_the_operator_says_so(settings: Any, whole: Any) -> None:
    settings.KEPT_PAGES_MB = 0

    assert get(if_none_match=whole["ETag"]).status_code == 304
    assert get(accept_encoding=GZIP)["Content-Encoding"] == "gzip"


def test_threads_keep_at_once(settings: Any) -> None:
    settings.KEPT_PAGES_MB = 1
    store = Store()

    def keep(number: int) -> None:
        for step in range(300):
            key = bytes([step % 7, number % 3])
            store.put(key, a_page(MB // SHARE - step))
            store.get(bytes([step % 5, number % 3]))

    threads = [Thread(target=keep, args=[number]) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert store.size == sum(one.size for one in store._pages.values()) <= MB


def test_another_build_is_another_build(settings: Any, tmp_path: Path) -> None:
    """A file, a version of another package, a setting: each makes another one, and none of them made it once more."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "requirements").mkdir()
    page, locked = tmp_path / "templates" / "x.html", tmp_path / "requirements" / "runtime.txt"
    seen = []
    for what in ("a", "b", "a"):
        page.write_text(what)
        locked.write_text("x")
        seen.append(build._files.__wrapped__())
    locked.write_text("y")
    seen.append(build._files.__wrapped__())

    assert seen[0] == seen[2]
    assert len(set(seen)) == 3


def test_each_setting_counts_and_is_told_alike_by_each_process(settings: Any) -> None:
    was = build.build()
    settings.COMPARISON_TABLE = {"order": "old"}
    other = build.build()

    assert was != other
    told = [
        repr(build._in_order(getattr(settings, name))) for name in dir(settings) if name.isupper()
    ]
    assert [one for one in told if " at 0x" in one] == []
