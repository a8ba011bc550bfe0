"""The product behind nginx as deploy/ shows it: on a host name of its own, and under a sub-path of another one."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from journeys.proxy import Browser, Proxy
from journeys.server import PASSWORD, SECRETARIAT, Server

pytestmark = pytest.mark.journey
MEGABYTE = 1024 * 1024
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
Behind = Callable[..., tuple[Server, Proxy, Callable[..., Browser]]]


@pytest.fixture
def behind(
    nginx: str, start: Callable[..., Server], fresh_database: Path, tmp_path: Path
) -> Iterator[Behind]:
    """Start the product and nginx with a sample; return both and how a browser comes to them."""
    with ExitStack() as started:

        def make(sample: str, host: str, *, prefix: str = "") -> object:
            server = start(
                fresh_database,
                prefix=prefix,
                HTTPS="on",
                ALLOWED_HOSTS=host,
                TRUSTED_PROXY="127.0.0.1",
                ACCESS_LOG=str(tmp_path / "access.log"),
            )
            folder = tmp_path / "nginx"
            folder.mkdir()
            proxy = Proxy(nginx, sample, host, folder, server.address)
            started.callback(proxy.stop)
            return server, proxy, lambda **more: Browser(proxy, folder, **more)

        yield make  # type: ignore[misc]  # Its options are those of Browser.


def sign_in(browser: Browser, prefix: str = "", **headers: str) -> None:
    _, page = browser.ask(f"{prefix}/login/")
    (token,) = set(TOKEN.findall(page))
    typed = {"username": SECRETARIAT, "password": PASSWORD, "csrfmiddlewaretoken": token}
    form = {"Content_Type": "application/x-www-form-urlencoded", **headers}
    answer, page = browser.ask(f"{prefix}/login/", urlencode(typed).encode(), **form)
    assert answer.status == 302, page


def upload(browser: Browser, path: str, size: int) -> tuple[int, str]:
    """Send a file of so many bytes by the form of a page."""
    _, page = browser.ask(path)
    token = TOKEN.findall(page)[0]
    head = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n\r\n'
    )
    body = head.encode() + b"x" * size + b"\r\n--x--\r\n"
    answer, page = browser.ask(path, body, Content_Type="multipart/form-data; boundary=x")
    return answer.status, page


def test_on_a_host_of_its_own(behind: Behind, tmp_path: Path) -> None:
    server, _, browser_of = behind("kirishima.conf", "dx.example.lg.jp")
    visitor = browser_of(come_from="127.0.0.2")

    moved, _ = visitor.ask("/items/?q=%E7%AA%93", secure=False)
    assert moved.headers["Location"] == "https://dx.example.lg.jp/items/?q=%E7%AA%93"
    first, page = visitor.ask("/items/?q=%E7%AA%93%E5%8F%A3")
    assert first.status == 200
    assert "窓口" in page
    assert first.headers.get_all("Strict-Transport-Security") == ["max-age=3600"]

    style = re.findall(r'href="(/static/[^"]+\.css)"', page)[0]
    look, _ = visitor.ask(style, Accept_Encoding="gzip")
    assert (look.status, look.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in look.headers["Cache-Control"]

    sign_in(
        visitor, X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http", Forwarded="for=9.9.9.9"
    )
    assert all("Secure" in said for said in visitor.told.values()), visitor.told
    assert "sessionid" in visitor.told
    log = (tmp_path / "access.log").read_text(encoding="utf-8")
    assert "127.0.0.2" in log
    assert "203.0.113.9" not in log
    assert "9.9.9.9" not in log

    assert visitor.ask("/healthz")[1] == "ok\n"
    assert browser_of().ask("/healthz?full")[0].status == 403
    assert '"status"' in visitor.ask("/healthz?full")[1]

    status, page = upload(visitor, "/departments/import/", 20 * MEGABYTE)
    assert status == 200
    assert "ファイルが大きすぎます（20.0MB）。" in page
    too_big, page = visitor.ask("/departments/import/", claims_length=50 * MEGABYTE + 1)
    assert too_big.status == 413
    assert page.startswith("送られたものが大きすぎます（50 MB まで）。")

    server.stop()
    away, page = visitor.ask("/")
    assert (away.status, away.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert page.startswith("ただいま使えません。")


def test_under_a_sub_path(behind: Behind) -> None:
    _, proxy, browser_of = behind("kirishima-subpath.conf", "www.example.lg.jp", prefix="/dx")
    visitor = browser_of()

    assert visitor.ask("/dx")[0].headers["Location"] == f"{proxy.origin}/dx/"
    assert visitor.ask("/")[0].status == 404, "what else is on the host is not ours"
    to_sign_in, _ = visitor.ask("/dx/my/")
    assert to_sign_in.headers["Location"] == "/dx/login/?next=/dx/my/"
    sign_in(visitor, "/dx")
    assert all("Secure" in said and "Path=/dx" in said for said in visitor.told.values())
    answer, page = visitor.ask("/dx/my/")
    assert answer.status == 200
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    assert links
    assert [one for one in links if not one.startswith("/dx/")] == []
    style = next(one for one in links if one.endswith(".css"))
    assert visitor.ask(style)[0].status == 200
