"""Who asks is told by the proxies that are named, and by nobody else."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from kirishima_dx.client_address import BehindProxies, client_address, is_from_this_machine
from kirishima_dx.environment import trusted_proxies

NAME = "KIRISHIMA_TAMESHI"
HERE, FRONT, CITIZEN = "127.0.0.1", "192.0.2.10", "203.0.113.7"


def asked(by: str, headers: dict[str, str], *, trusted: tuple[str, ...] = ()) -> WSGIRequest:
    """Return a request as Django gets it when a machine asks with these headers."""
    seen: list[WSGIRequest] = []

    def application(environ: Any, start_response: Any) -> list[bytes]:
        seen.append(WSGIRequest(environ))
        return []

    environ = RequestFactory().get("/", headers=headers, REMOTE_ADDR=by).environ
    list(BehindProxies(application, trusted=trusted)(environ, None))
    return seen[0]


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (CITIZEN, CITIZEN),
        (f"{CITIZEN}:51234", CITIZEN),
        ("2001:DB8:0::7", "2001:db8::7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ('"[2001:db8::7]"', "2001:db8::7"),
        ("::ffff:203.0.113.7", CITIZEN),
        ("fe80::1%eth0", "fe80::1"),
        (f"127.0.0.1, {CITIZEN}", CITIZEN),
        (f"10.9.9.9, {HERE}, {FRONT}, {CITIZEN}", CITIZEN),
        (f"10.9.9.9, {CITIZEN}, {HERE}, ::ffff:{FRONT}", CITIZEN),
        (f"{HERE},{FRONT}", HERE),
        (f"<script>, ' OR 1=1, , {CITIZEN} ", CITIZEN),
        # The proxy itself wrote what is no address, or nothing: it is the last that is known.
        (f"{CITIZEN}, unknown", FRONT),
        (f"{CITIZEN},", FRONT),
        ("203.0.113.007", FRONT),
        ("9" * 100_000, FRONT),
        (f"{CITIZEN}, unknown, {HERE}", HERE),
        ("", FRONT),
    ],
)
def test_a_named_proxy_tells_who_asks(chain: str, expected: str) -> None:
    request = asked(FRONT, {"X-Forwarded-For": chain}, trusted=(HERE, FRONT))

    assert client_address(request) == expected
    assert not is_from_this_machine(request)
    assert "HTTP_X_FORWARDED_FOR" not in request.META


@pytest.mark.parametrize("by", [CITIZEN, HERE, "::1", "::ffff:127.0.0.1"])
def test_a_proxy_that_is_not_named_tells_nothing(by: str) -> None:
    headers = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "https"}
    request = asked(by, headers, trusted=(FRONT,))

    assert client_address(request) == by.replace("::ffff:", "")
    assert not request.is_secure()
    assert not is_from_this_machine(request)


@pytest.mark.parametrize(
    ("said", "secure"), [("https", True), ("HTTPS", True), ("https, http", False), ("x", False)]
)
def test_a_named_proxy_tells_the_scheme(said: str, secure: bool) -> None:
    request = asked(FRONT, {"X-Forwarded-Proto": said}, trusted=(FRONT,))

    assert request.is_secure() is secure


@pytest.mark.parametrize("by", [HERE, "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_somebody_on_this_machine_asks(by: str) -> None:
    assert is_from_this_machine(asked(by, {}, trusted=(HERE,)))


@pytest.mark.parametrize("by", [CITIZEN, "::2", "", "localhost"])
def test_nobody_else_is_on_this_machine(by: str) -> None:
    assert not is_from_this_machine(asked(by, {}, trusted=(CITIZEN,)))


@pytest.mark.parametrize(
    "header",
    [
        "X-FORWARDED-FOR",
        "X-FORWARDED-HOST",
        "X-FORWARDED",
        "FORWARDED",
        "FORWARDED-FOR",
        "VIA",
        "X-REAL-IP",
        "X-ARR-LOG-ID",
        "X-ORIGINAL-URL",
        "X-CLIENT-IP",
        "CF-CONNECTING-IP",
    ],
)
@pytest.mark.parametrize("trusted", [(), (HERE,)])
def test_what_any_proxy_passed_on_is_not_from_this_machine(
    header: str, trusted: tuple[str, ...]
) -> None:
    """Also where the header says so itself, and where nothing wraps the application."""
    headers = {header: HERE}

    assert not is_from_this_machine(asked(HERE, headers, trusted=trusted))
    assert not is_from_this_machine(RequestFactory().get("/", headers=headers, REMOTE_ADDR=HERE))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ()),
        ("off", ()),
        ("False", ()),
        ("127.0.0.1", ("127.0.0.1",)),
        (" ::FFFF:192.0.2.10 , 2001:DB8::1 ", ("192.0.2.10", "2001:db8::1")),
    ],
)
def test_proxies_are_named(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: tuple[str, ...]
) -> None:
    monkeypatch.setenv(NAME, value)

    assert trusted_proxies(NAME) == expected


@pytest.mark.parametrize(
    "value",
    [
        "on", "*", "true", "proxy.example.lg.jp", "10.0.0.0/8", "127.0.0.1:80", "127.0.0.1,on", ",",
        "0.0.0.0", "::", "127.1", "127.0.0.1 192.0.2.1",  # noqa: S104 — only read here
    ],
)  # fmt: skip
def test_all_the_world_is_no_proxy(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match="IPアドレスを書いてください"):
        trusted_proxies(NAME)
