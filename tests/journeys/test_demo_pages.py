"""Every page of the demo, as each role sees it: on a desk, on a telephone, on paper and by keyboard."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.browser import check
from journeys.conftest import Visit
from journeys.server import Server

pytestmark = pytest.mark.journey

PUBLISHED = (
    "?q=マイナンバー",  # All of the plan's page stands under what is found.
    "changes/?period=year&on=2026-11-30",
    "dashboard/",
    "items/",
    "items/?rating=any_late&on=2026-11-30",
    "items/?q=どこにもない語句",
    "items/1-A-3/",
    "items/2-C-5/",
    "late/",
    "reports/",
    "reports/2025/",
    "reports/verify/",
    "editions/",
    "editions/2.0/",
    "editions/2.0/items/1-A-3/",
    "editions/timeline/",
    "editions/2.0/why/items/1-A-3/",
    "editions/2.0/why/sections/period/",
    "editions/errata/",
    "editions/compare/",
)
OVER, RUNNING, PRACTICE = "rounds/1/", "rounds/2/", "rounds/3/"
"""The rounds of the demo in the order in which they are opened."""
PAGES = {
    "": (*PUBLISHED, "login/"),
    "shokuin": (
        "editions/2.1/why/items/1-A-3/",
        "editions/2.1/",
        "my/",
        "rounds/",
        OVER,
    ),
    "honbu": (
        "dashboard/",
        "studies/",
        "items/1-A-3/",
        "editions/compare/2.0/2.1/",
        f"{OVER}story/",
    ),
    "tantou": (
        "items/1-A-3/",
        "items/1-A-3/progress/",
        "account/password/",
        "my/",
        "my/guide/",
        f"{RUNNING}answers/1-A-4/",
        f"{RUNNING}answers/1-B-4/",
        f"{RUNNING}answers/1-B-1/",
        f"{RUNNING}import/",
        f"{PRACTICE}answers/1-A-1/",
    ),
    "kakunin": ("my/", f"{RUNNING}certify/"),
    "jimukyoku": (
        "my/",
        "rounds/",
        "rounds/new/",
        RUNNING,
        f"{RUNNING}reminders/",
        f"{RUNNING}extension/",
        f"{RUNNING}close/",
        f"{RUNNING}review/1-B-3/",
        f"{RUNNING}answers/1-B-1/reopen/",
        f"{OVER}story/",
        "departments/",
        "departments/import/",
        "departments/handover/",
        "assignments/",
        "assignments/import/",
        "assignments/planned/",
        "closings/",
        "closings/reviews_opinion/1/",
        "items/1-A-3/",
        "items/1-A-3/departments/",
        "reports/",
        "reports/2026/1/",
        "reports/2026/1/edit/",
        "reports/2026/1/seal/",
        "reports/2025/1/correction/",
        "reports/2025/1/withhold/",
        "reports/2026/1/abandon/",
        "meetings/",
        "meetings/new/",
        "meetings/3/call-off/",
        "editions/",
        "editions/2.0/errata/add/",
        "editions/2.0/adoption/",
        "editions/draft/",
        "editions/draft/items/1-A-3/",
        "editions/draft/items/1-A-1/end/",
        "editions/draft/items/3-A-6/restore/",
        "editions/draft/policies/1-A/add/",
        "editions/draft/adopt/",
        "editions/draft/abandon/",
        "editions/considerations/",
        "editions/considerations/add/",
    ),
}
LONG = ("editions/2.", "?q=マイナンバー")
"""Public pages of many words: their colours are looked at in one width only, as where staff alone come."""
REFUSED = {"": "no-such-page/", "tantou": "items/3-A-1/progress/"}
"""One page that is not there and one that is not for everybody: they look alike for all. Who is refused what is in
tests/test_access.py."""
ON_PAPER = {
    "": ("きりしまDX未来図", "デジタルトランスフォーメーションきりしま", "行政サービス変革"),
    "items/1-A-3/": ("取組の概要", "これまでの経過"),
    "reports/2025/": ("年次報告", "総括", "SHA-256"),
    f"{OVER}story/": ("経過のまとめ", "期限後に提出", "督促", "出そろうまで"),
    "editions/compare/2.0/2.1/": ("改正後", "改正前", "改正部分は、下線の部分である"),
}
OFF_PAPER = ("本文へ移動", "ログアウト", "パスワードを変える", "進捗一覧で見る", "管理画面")


@pytest.mark.parametrize("role", PAGES, ids=lambda role: role or "anonymous")
def test_pages_of_each_role(visit: Visit, demo_server: Server, role: str) -> None:
    visitor = visit(demo_server)
    page = visitor.sign_in(role) if role else visitor.open()
    for path in PAGES[role]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert page.title().endswith("– きりしまDX未来図 進行管理"), path
        assert page.locator("h1").count() == 1, path
        expect(page.get_by_text("デモ", exact=True).first).to_be_visible()
        check(page, narrow_colours=not role and not path.startswith(LONG))
        if page.locator(".answer-form").count():
            assert first_field_below(page) == []


def first_field_below(page: Page) -> list[int]:
    """Return the widths at which the first field of the page does not stand in the first screen."""
    found = []
    for width, height in ((1280, 800), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
        box = page.locator(".answer-form select").first.bounding_box()
        if box is None or box["y"] + box["height"] > height:
            found.append(width)
    return found


@pytest.mark.parametrize("path", ["items/", "reports/2025/"])
def test_no_head_that_sticks_covers_what_has_the_focus(
    visit: Visit, demo_server: Server, path: str
) -> None:
    """WCAG 2.4.11, up the page and down; a link to a row stops below the head too."""
    page = visit(demo_server, reduced_motion="reduce").open(path)
    covered = page.evaluate(
        """() => {
            const table = [...document.querySelectorAll(".table--sticky")].pop();
            const head = table.tHead.rows[0].cells[0];
            const links = [...table.tBodies].flatMap((body) => [...body.querySelectorAll("a[href]")]);
            const hidden = (part) => part.getBoundingClientRect().top < head.getBoundingClientRect().bottom - 1;
            const covered = [];
            for (const link of [...links, ...links.toReversed()]) {
                link.focus();
                if (hidden(link)) covered.push(link.textContent);
            }
            for (const row of table.querySelectorAll("tr[id]")) {
                row.scrollIntoView();
                if (hidden(row)) covered.push(row.id);
            }
            return covered;
        }"""
    )
    assert covered == []


@pytest.mark.parametrize("role", REFUSED, ids=lambda role: role or "anonymous")
def test_refusals_are_pages_too(visit: Visit, demo_server: Server, role: str) -> None:
    visitor = visit(demo_server)
    page = visitor.sign_in(role) if role else visitor.open()
    answer = page.goto(REFUSED[role])
    assert answer is not None
    assert answer.status == (403 if role else 404)
    expect(page.get_by_text("デモ", exact=True).first).to_be_visible()
    check(page)


def test_guide_is_one_sheet(visit: Visit, demo_server: Server, tmp_path: Path) -> None:
    page = visit(demo_server).sign_in("tantou")
    page.goto("my/guide/")
    text = printed(page, tmp_path / "guide.pdf")
    told = subprocess.run(["pdfinfo", str(tmp_path / "guide.pdf")], capture_output=True, check=True)  # noqa: S607
    facts = dict(line.split(":", 1) for line in told.stdout.decode().splitlines())
    assert facts["Pages"].strip() == "1"
    assert "A4" in facts["Page size"]
    assert "変更なし" in text
    assert [word for word in OFF_PAPER if word in text] == []


def printed(page: Page, file: Path) -> str:
    """Return the words of the page as Chromium prints it, without what only lays them out."""
    file.write_bytes(page.pdf(prefer_css_page_size=True))
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)  # noqa: S607
    return "".join(told.stdout.decode().split())


def test_paper_carries_the_words_and_no_navigation(
    visit: Visit, demo_server: Server, tmp_path: Path
) -> None:
    page = visit(demo_server).sign_in("jimukyoku")
    for path, words in ON_PAPER.items():
        page.goto(path)
        text = printed(page, tmp_path / "page.pdf")
        assert [word for word in words if word not in text] == [], path
        assert [word for word in OFF_PAPER if word in text] == [], path


@pytest.mark.parametrize("path", ["", "reports/2025/"])
def test_keyboard_comes_to_the_text_in_two_steps(
    visit: Visit, demo_server: Server, path: str
) -> None:
    page = visit(demo_server).open(path)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="本文へ移動")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_is_far_down_the_plan_is_found_and_reached(visit: Visit, demo_server: Server) -> None:
    """It is laid out only when somebody comes near; who searches, steps by Tab or follows a link notices nothing."""
    page = visit(demo_server, reduced_motion="reduce").open()
    far = page.locator("#item-3-C-1")
    is_laid_out = "(part) => part.querySelector('a').checkVisibility({contentVisibilityAuto: true})"
    assert not far.evaluate(is_laid_out)

    assert page.evaluate("(words) => find(words)", far.locator(".item-row__overview").inner_html()[:12])
    expect(far).to_be_in_viewport()
    assert far.evaluate(is_laid_out)

    page.reload()
    last = page.locator(".plan__body a[href]").last
    last.focus()
    expect(last).to_be_in_viewport()

    for place in ("item-2-B-4", "purpose", "hr-closing"):  # One of them in what is folded.
        page.goto(f"#{place}")
        expect(page.locator(f"#{place}")).to_be_in_viewport()
