"""A new account from the admin to its own password, a lock and how it is lifted, and all of it in the records."""

import pytest
from playwright.sync_api import Page, expect

from journeys.browser import check, fill_sign_in
from journeys.clicking import choose_own_password, follow, press
from journeys.conftest import Visit
from journeys.server import PASSWORD, SECRETARIAT, Server

pytestmark = pytest.mark.journey

NEW, OWN = "shinjin", "jibun-dake-no-aikotoba"
LOCKED_AFTER = 5


def is_headed(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def make_account(page: Page) -> None:
    page.goto("admin/people/user/add/")
    page.get_by_label("ユーザー名").fill(NEW)
    page.get_by_label("氏名").fill("新任 太郎")
    page.get_by_label("パスワード", exact=False).nth(0).fill(PASSWORD)
    page.get_by_label("パスワード", exact=False).nth(1).fill(PASSWORD)
    press(page, "保存")


def test_first_password_lock_and_records(visit: Visit, fresh_server: Server) -> None:
    desk = visit(fresh_server).sign_in(SECRETARIAT)
    make_account(desk)
    page = visit(fresh_server).open("login/?next=/my/")
    for _ in range(LOCKED_AFTER):
        page.get_by_label("ユーザー名").fill(NEW)
        page.get_by_label("パスワード").fill("chigau")
        press(page, "ログイン")
    is_headed(page, "しばらくログインできません")

    desk.goto("")
    follow(desk, "ログインの停止")
    check(desk)
    desk.get_by_label(f"ユーザー名「{NEW}」").check()
    desk.get_by_label("解除する理由").fill("窓口で本人と確かめた。")
    press(desk, "解除する")
    expect(desk.get_by_role("status")).to_contain_text("停止を解除しました")

    follow(page, "ログインの画面に戻る")
    fill_sign_in(page, NEW)
    is_headed(page, "自分のパスワードを決める")
    check(page)
    choose_own_password(page, PASSWORD, OWN)

    follow(desk, "利用の記録")
    desk.get_by_label("ユーザー名・氏名").fill(NEW)
    press(desk, "絞り込む")
    told = desk.get_by_role("table", name="利用の記録")
    for words in ("自分のパスワードを変えた。", "窓口で本人と確かめた。", "アカウントを作った。"):
        expect(told).to_contain_text(words)
    expect(told.get_by_text("ログイン：失敗。")).to_have_count(LOCKED_AFTER)
    check(desk)
    follow(desk, "保存期間（3年）を過ぎた記録の整理")
    check(desk)
