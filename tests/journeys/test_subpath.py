"""Behind a proxy that gives the product a sub-path, every address stays under it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys.browser import check, fill_sign_in
from journeys.conftest import Visit
from journeys.server import SECRETARIAT, Server

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def server(start: Callable[..., Server], fresh_database: Path) -> Server:
    return start(fresh_database, prefix="/dx")


def test_everything_stays_under_the_sub_path(visit: Visit, server: Server) -> None:
    # The visitor blames every request that does not begin with server.url, which ends in /dx/.
    page = visit(server).open("items/1-A-3/")
    assert page.url == f"{server.url}items/1-A-3/"
    check(page)
    page.get_by_role("link", name="職員ログイン").click()
    expect(page).to_have_url(f"{server.url}login/")
    fill_sign_in(page, SECRETARIAT)
    expect(page).to_have_url(server.url)


def test_redirects_stay_under_the_sub_path(visit: Visit, server: Server) -> None:
    page = visit(server).open("items/1-A-3/progress/")
    expect(page).to_have_url(f"{server.url}login/?next=/dx/items/1-A-3/progress/")
    fill_sign_in(page, SECRETARIAT)
    expect(page).to_have_url(f"{server.url}items/1-A-3/progress/")
    page.get_by_role("link", name="管理画面").click()
    expect(page).to_have_url(f"{server.url}admin/")
    page.go_back()
    page.get_by_role("button", name="ログアウト").click()
    expect(page).to_have_url(server.url)


def test_pages_have_their_look_under_the_sub_path(visit: Visit, server: Server) -> None:
    page = visit(server).open()
    styles = page.evaluate("[...document.styleSheets].map((sheet) => sheet.href)")
    assert styles
    assert all(style.startswith(f"{server.url}static/") for style in styles)
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")
