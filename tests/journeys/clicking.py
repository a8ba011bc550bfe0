"""What a person does on a page, by the words that stand on it."""

import re

from playwright.sync_api import Locator, Page, expect

BLANK = "\u3000"
"""What a browser takes for an answer and the server does not."""


def go(page: Page, place: str) -> None:
    """Follow the navigation that stands on every page."""
    page.get_by_role("navigation", name="主な画面").get_by_role("link", name=place).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def follow_of(page: Page, name: str, code: str) -> None:
    """Follow one of many like links, told apart by words that only a screen reader says."""
    page.get_by_role("link", name=re.compile(rf"^{name}\s*：{code}$")).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def press_knowing(page: Page, name: str) -> None:
    """Press a button and, where the day of the run is asked about once more, tick and press it again."""
    press(page, name)
    tick = page.locator("input[name=asked_again]")
    if tick.count():
        tick.check()
        press(page, name)


def choose_own_password(page: Page, given: str, own: str) -> None:
    """Change the password that the 事務局 gave, as the first sign-in asks."""
    page.get_by_label("いまのパスワード").fill(given)
    for field in page.get_by_label("新しいパスワード").all():
        field.fill(own)
    press(page, "パスワードを変える")
    says(page, "パスワードを変更しました")


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("status").get_by_text(words)).to_be_visible()


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def form_of(page: Page, button: str) -> Locator:
    """Return the form that a button belongs to, where a page has several."""
    sent_by = page.get_by_role("button", name=button, exact=True)
    return page.locator("form").filter(has=sent_by)
