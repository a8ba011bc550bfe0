"""A sitting by clicks, from its plan to what came of a decision: prepare, hold, close, answer, settle, report."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from journeys.browser import check
from journeys.clicking import follow, go, heading, press, press_knowing
from journeys.conftest import Visit
from journeys.paper import printed
from journeys.server import Server
from journeys.sitting import plan_sitting
from kirishima_dx.fiscal_year import fiscal_year_of

pytestmark = pytest.mark.journey

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()
MATTER = "（試験）共有のしくみの確認"
DISCUSSION = "（試験）来年度の予算に間に合わせるべきとの意見があった。"
DECIDED = "（試験）共有する情報の範囲を調べて報告すること。"
ANSWERED = "（試験）範囲を調べ、一覧にまとめた。"
SETTLED = "（試験）一覧ができたため。"
OPINION = "（試験）支所の意見も聞いてほしい。"
OWNER, DEMO_YEAR = "デモ防災課", 2026


def test_the_mayor_finds_what_is_late_and_what_to_decide(visit: Visit, demo_server: Server) -> None:
    page = visit(demo_server).sign_in("honbu")
    page.goto("my/")
    asked = page.locator("#questions-title")
    expect(asked).to_contain_text("お諮りすること")
    expect(page.get_by_role("region", name="遅れている取組")).to_contain_text(
        "関係課と工程を見直し"
    )
    check(page)
    for start in ("my/", ""):
        page.goto(start)
        page.locator("main a[href$='late/']").first.click()
        expect(heading(page)).to_have_text("遅れている取組と、お諮りすること")
    row = page.get_by_role("row").filter(has_text="1-B-4")
    expect(row).to_contain_text("から")
    expect(row).to_contain_text("関係課と工程を見直し")
    question = page.get_by_role("listitem").filter(has_text="できる所から始めてよいか").first
    expect(question).to_contain_text("案：")
    check(page)
    question.get_by_role("link").click()
    expect(page.get_by_role("article").filter(has_text="お諮りすること").first).to_be_visible()


def test_a_sitting_is_prepared(visit: Visit, demo_server: Server) -> None:
    page = visit(demo_server).sign_in("jimukyoku")
    plan_sitting(page, (TODAY + timedelta(days=14)).isoformat())
    names = page.get_by_role("region", name="出欠")
    expect(names).to_contain_text("デモ 二葉")
    page.get_by_role("link", name="議題を加える").first.click()
    check(page)
    page.get_by_role("checkbox").first.check()
    page.locator(".agenda-offers").get_by_role("checkbox").first.check()
    press(page, "議題に加える")
    cards = page.get_by_role("article")
    expect(cards).to_have_count(2)
    check(page)
    address = page.url
    member = visit(demo_server).sign_in("honbu")
    member.goto(address)
    member.get_by_label("意見を書く").last.fill(OPINION)
    member.get_by_role("button", name="意見を記録する").last.click()
    expect(member.locator("main")).to_contain_text(OPINION)
    check(member)
    page.reload()
    expect(page.locator("main")).to_contain_text(OPINION)
    staff = visit(demo_server).sign_in("shokuin")
    staff.goto(address)
    expect(staff.get_by_role("article")).to_have_count(2)
    expect(staff.locator("main")).not_to_contain_text(OPINION)
    follow(member, "会議室の画面に映す")
    expect(member.locator("#slide-1")).to_contain_text("議題2")
    expect(member.locator("main")).not_to_contain_text(OPINION)


def test_what_is_decided_comes_back(visit: Visit, demo_server: Server, tmp_path: Path) -> None:
    secretariat = visit(demo_server).sign_in("jimukyoku")
    plan_sitting(secretariat, TODAY.isoformat(), report="まだ決めない")
    put_matter(secretariat)
    hold(secretariat)
    close(secretariat)
    read_minutes_on_paper(secretariat, tmp_path)
    answer(visit(demo_server).sign_in("bousai"))
    settle(secretariat)
    see_it_reported(secretariat)


def put_matter(page: Page) -> None:
    page.get_by_role("link", name="議題を加える").first.click()
    page.get_by_label("そのほかの議題").fill(MATTER)
    press(page, "議題に加える")
    expect(page.get_by_role("article")).to_contain_text(MATTER)


def hold(page: Page) -> None:
    """Say who came, then write down in one go what was said and decided."""
    page.get_by_role("link", name="出欠を記録する").first.click()
    check(page)
    press(page, "「出席予定」の人を全員「出席」にして保存する")
    page.get_by_role("link", name="議事を書く").first.click()
    check(page)
    page.get_by_label("議論の要旨").fill(DISCUSSION)
    page.get_by_role("radio", name="指示").check()
    page.get_by_role("textbox", name="決定・指示の内容").fill(DECIDED)
    page.get_by_label("担当", exact=True).fill(OWNER)
    page.get_by_role("textbox", name="期限").fill((TODAY + timedelta(days=60)).isoformat())
    page.get_by_role("textbox", name="関わる重点項目").fill("3-A-2")
    press(page, "保存して会議のページへ")
    expect(page.get_by_role("region", name="決定・指示事項").first).to_contain_text(DECIDED)
    follow(page, "会議室の画面に映す")
    expect(page.locator(".slide.is-current")).to_be_visible()  # The script is there.
    page.keyboard.press("End")
    expect(page.locator(".slide.is-current")).to_contain_text(DECIDED)
    page.get_by_role("link", name="会議のページへ").click()


def close(page: Page) -> None:
    page.get_by_role("link", name="記録を確定する").first.click()
    check(page)
    press(page, "記録を確定する（取り消せません）")
    expect(page.locator("main")).to_contain_text("事務局が確定しました")
    check(page)


def read_minutes_on_paper(page: Page, folder: Path) -> None:
    follow(page, "議事要旨")
    check(page)
    (sheet,) = printed(page, folder / "minutes.pdf")
    assert sheet.size == "595x842"
    told = (MATTER, DISCUSSION, DECIDED, OWNER, "議事要旨", "出席")
    assert [words for words in told if words not in sheet.words] == []
    assert [words for words in ("ログアウト", "会議のページへ") if words in sheet.words] == []


def answer(page: Page) -> None:
    go(page, "マイページ")
    owed = page.get_by_role("region", name="対応を報告する決定・指示事項")
    check(page)
    owed.get_by_role("listitem").filter(has_text=DECIDED).get_by_role("link").first.click()
    check(page)
    page.get_by_label("対応の内容").fill(ANSWERED)
    press(page, "報告する")
    expect(page.get_by_role("region", name="対応の経過")).to_contain_text(ANSWERED)


def settle(page: Page) -> None:
    go(page, "マイページ")
    waiting = page.get_by_role("region", name="決着を待つ対応の報告")
    waiting.get_by_role("listitem").filter(has_text=DECIDED).get_by_role("link").first.click()
    check(page)
    page.get_by_role("radio", name="決着").check()
    page.get_by_role("textbox", name="理由").fill(SETTLED)
    press(page, "記録する")
    expect(page.get_by_role("region", name="対応の経過")).to_contain_text(SETTLED)


def see_it_reported(page: Page) -> None:
    """Let the report of the year speak of today: it tells the decision and what came of it."""
    year = fiscal_year_of(TODAY)
    if year == DEMO_YEAR:
        page.goto(f"reports/{year}/1/edit/")
        page.get_by_label("基準日").fill(TODAY.isoformat())
        press(page, "保存する")
    else:
        go(page, "年次報告")
        press_knowing(page, "年次報告を作る")
    told = page.get_by_role("region", name="決定事項の対応状況").first
    for words in (DECIDED, ANSWERED, SETTLED, "決着", OWNER):
        expect(told).to_contain_text(words)
    page.goto("items/3-A-2/")
    expect(page.locator("main")).to_contain_text(DECIDED)
