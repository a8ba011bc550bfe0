"""A visitor's browser that notices whatever a person would not, and the check that every page goes through."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
)

from journeys.server import PASSWORD, Server

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LEVEL_AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,  # What it would fetch again, the CSP refuses.
}
RUN_AXE = "options => axe.run(document, options).then(found => found.violations)"
"""What passes is not told: it would be as long as the page."""
REFUSED = "Failed to load resource: the server responded with a status of"
"""What the console says of a refused answer; those are judged by what was asked for (see on_response)."""
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


class Visitor:
    """A context of the browser on one server. `faults` gathers what must not happen on any page."""

    def __init__(self, browser: Browser, server: Server, **options: Any) -> None:
        self.server = server
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=server.url, viewport=WIDE, locale="ja-JP", timezone_id="Asia/Tokyo", **options
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self._blame("script", error.error))
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.context.on("requestfailed", self._on_failure)

    def open(self, path: str = "") -> Page:
        page = self.context.new_page()
        page.goto(path)
        return page

    def sign_in(self, username: str) -> Page:
        """Come by マイページ: the plan itself takes long to draw, and test_subpath comes by its link."""
        page = self.open("my/")
        fill_sign_in(page, username)
        page.get_by_role("button", name="ログアウト").wait_for()
        return page

    def forget_session(self) -> None:
        """Let the session end as an hour without a click does."""
        self.context.clear_cookies(name="sessionid")

    def _blame(self, kind: str, what: object) -> None:
        self.faults.append(f"{kind}: {what}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED):
            self._blame(f"console {message.type}", f"{message.text} ({message.location})")

    def _on_request(self, request: Request) -> None:
        inside = request.url.startswith((self.server.url, "data:", "blob:"))
        if not inside:
            self._blame("request to the outside", request.url)

    def _on_response(self, response: Response) -> None:
        """A page may refuse (403, 404, 409); a part of a page may not, and nothing may break."""
        limit = 500 if response.request.is_navigation_request() else 400
        if response.status >= limit:
            self._blame("response", f"{response.status} {response.url}")

    def _on_failure(self, request: Request) -> None:
        # A download takes the place of a navigation, which then counts as aborted.
        if request.failure != "net::ERR_ABORTED":
            self._blame("request failed", f"{request.failure} {request.url}")


@contextmanager
def visiting(browser: Browser, server: Server, **options: Any) -> Iterator[Visitor]:
    """Yield a visitor; at the end, nothing may have gone wrong unseen."""
    visitor = Visitor(browser, server, **options)
    try:
        yield visitor
    finally:
        visitor.context.close()
    assert visitor.faults == []


def fill_sign_in(page: Page, username: str) -> None:
    page.get_by_label("ユーザー名").fill(username)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログイン").click()


def check(page: Page, *, narrow_colours: bool = False) -> None:
    """Assert WCAG 2.2 AA as far as a machine can, wide and narrow, and nothing wider than a telephone.

    Contrast takes most of the time, and colours hardly depend on the width: `narrow_colours` asks for both.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        colours = {"color-contrast": {"enabled": narrow_colours or size is WIDE}}
        found = page.evaluate(RUN_AXE, {**LEVEL_AA, "rules": colours})
        assert [_told(violation) for violation in found] == [], f"{page.url} {size['width']}px"
        if size is NARROW:
            assert overflow(page) == [], page.url
        assert windows(page) == [], f"{page.url} {size['width']}px"


def overflow(page: Page) -> list[str]:
    """Return what sticks out to the right where the page itself would scroll sideways."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll("*")]
                .filter((part) => part.getBoundingClientRect().right > width + 1)
                .map((part) => `${part.tagName}.${part.className}`).slice(0, 8);
        }"""
    )


def windows(page: Page) -> list[str]:
    """Return parts that scroll within the page, and letters that are too small to read.

    The contents beside a long text and the menu of slides are means of getting about; a plan's own table and the years
    may scroll sideways, on a telephone. Letters of pictures shrink with them. The admin's look is Django's.
    """
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
            if (document.querySelector("#site-name")) return [];
            const told = [];
            const scrolls = (way) => way === "auto" || way === "scroll";
            const free = ".plan__side, .present-bar *, .years-scroll, .table-region:has(> .table--plan)";
            const shown = [...document.body.querySelectorAll("*:not(svg *, textarea, select, option)")];
            for (const part of shown) {
                if (part.scrollHeight <= part.clientHeight + 1 && part.scrollWidth <= part.clientWidth + 1) continue;
                const style = getComputedStyle(part);
                const down = scrolls(style.overflowY) && part.scrollHeight > part.clientHeight + 1;
                const aside = scrolls(style.overflowX) && part.scrollWidth > part.clientWidth + 1;
                if ((down || aside) && !part.matches(free)) told.push(`scrolls: ${part.tagName}.${part.className}`);
            }
            const isWord = (node) => node.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(node.data);
            for (const part of shown) {
                const words = [...part.childNodes].find(isWord);
                if (!words || part.closest(".unseen, .slide")) continue;
                const size = parseFloat(getComputedStyle(part).fontSize);
                if (size < 13.9 && part.checkVisibility()) told.push(`${size}px: ${words.data.trim().slice(0, 20)}`);
            }
            return told.slice(0, 8);
        }"""
    )


def _told(violation: dict[str, Any]) -> str:
    places = [f"{node['html'][:160]} {node['failureSummary']}" for node in violation["nodes"][:5]]
    return f"{violation['id']}: {violation['help']} — {' | '.join(places)}"
