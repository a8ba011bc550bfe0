"""A revision by clicks: consider, draft by two people, its papers, the sitting's decision, adoption, the story of an
item, any day (T1, T2, T3, G4). What test_demo_pages looks at is not checked again."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from journeys.browser import check
from journeys.clicking import follow, follow_of, go, heading, press, says
from journeys.conftest import Visit
from journeys.paper import printed
from journeys.server import Server
from journeys.sitting import plan_sitting
from kirishima_dx.fiscal_year import fiscal_year_of

pytestmark = pytest.mark.journey

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()
YESTERDAY = TODAY - timedelta(days=1)
FIRST, SECOND = "（試験）窓口の声を受けて改めた段落です。", "（試験）もう一人が書き加えた段落です。"
REASON = "（試験）窓口での声が多かったため"
QUESTION, SETTLED = "（試験）対象となる手続きはどこまでか。", "（試験）案の概要に書き加えた。"
DECIDED = "（試験）第2.1版の案のとおり改定する。"


def test_a_revision_from_its_consideration_to_any_day(
    visit: Visit, demo_server: Server, tmp_path: Path
) -> None:
    first = visit(demo_server).sign_in("jimukyoku")
    second = visit(demo_server).sign_in("jimukyoku")
    read_the_summary_on_one_sheet(first, tmp_path)
    consider(first)
    write_at_once(first, second)
    move_an_item(first)
    ask_and_settle(visit(demo_server).sign_in("shokuin"), second)
    read_the_draft(first)
    read_the_papers(first)
    decide(first)
    adopt(first)
    read_the_story(first)
    anybody = visit(demo_server).open()
    read_any_day(anybody)


def read_the_summary_on_one_sheet(page: Page, folder: Path) -> None:
    page.goto("editions/compare/2.0/2.1/summary/")
    check(page)
    (sheet,) = printed(page, folder / "summary.pdf")
    assert sheet.size == "595x842"
    assert [
        words for words in ("改定の概要", "具体化", "項目の数") if words not in sheet.words
    ] == []


def consider(page: Page) -> None:
    go(page, "版と改定")
    page.goto("editions/considerations/")
    follow(page, "検討を記録する")
    page.get_by_label("年度").select_option(str(fiscal_year_of(TODAY)))
    page.get_by_role("radio", name="改定する").check()
    page.get_by_label("理由").fill(REASON)
    page.get_by_label("検討した日").fill(YESTERDAY.isoformat())
    press(page, "記録する")
    expect(page.locator("main")).to_contain_text(REASON)


def write_at_once(first: Page, second: Page) -> None:
    """Let two people open the same section: the second one is shown both texts and loses nothing."""
    for page, words in ((first, FIRST), (second, SECOND)):
        page.goto("editions/draft/sections/purpose/")
        body = page.get_by_role("textbox", name="本文")
        body.fill(f"{body.input_value()}\n\n{words}")
        page.get_by_label("理由", exact=False).first.fill(REASON)
        page.get_by_role("radio", name="現場の動向・気づき").check()
    check(first)
    press(first, "プレビュー")
    expect(first.locator("main")).to_contain_text(FIRST)
    press(first, "理由とともに保存する")
    expect(heading(first)).to_contain_text("第2.1版（案）")
    press(second, "理由とともに保存する")
    expect(heading(second)).to_have_text("開いている間に、ほかの人が保存しました")
    body = second.get_by_role("textbox", name="本文")
    assert SECOND in body.input_value()
    assert FIRST not in body.input_value()
    check(second)
    body.fill(f"{body.input_value()}\n\n{FIRST}")
    press(second, "この内容で保存する")
    expect(heading(second)).to_contain_text("第2.1版（案）")


def move_an_item(page: Page) -> None:
    page.goto("editions/draft/items/1-B-1/move/")
    check(page)
    spots = page.get_by_label("置く場所")
    behind = spots.locator("option").filter(has_text="1-B-3").get_attribute("value")
    spots.select_option(behind)
    page.get_by_label("理由", exact=False).first.fill("（試験）並べ替えるため")
    press(page, "理由とともに移す")
    expect(page.get_by_text("残っていることはありません。")).to_be_visible()


def ask_and_settle(staff: Page, secretariat: Page) -> None:
    staff.goto("editions/draft/comments/")
    staff.get_by_label("どこについて").select_option(index=1)
    staff.get_by_label("意見・質問", exact=False).last.fill(QUESTION)
    staff.get_by_label("施行までに解決してほしい").check()
    check(staff)
    press(staff, "載せる")
    expect(staff.locator("main")).to_contain_text(QUESTION)
    secretariat.goto("editions/draft/")
    expect(secretariat.locator("main")).to_contain_text("解決していない質問")
    secretariat.goto("editions/draft/comments/")
    secretariat.get_by_role("link", name="解決済みにする").last.click()
    check(secretariat)
    secretariat.get_by_label("どう解決したか").fill(SETTLED)
    secretariat.locator("main form button[type=submit]").last.click()
    expect(secretariat.locator("main")).to_contain_text(SETTLED)


def read_the_draft(page: Page) -> None:
    page.goto("editions/draft/read/?show=marked")
    expect(page.locator("ins").filter(has_text=FIRST).first).to_be_visible()
    check(page)
    page.goto("editions/draft/read/?show=original")
    expect(page.locator("main")).not_to_contain_text(FIRST)
    page.goto("editions/draft/read/?show=final")
    expect(page.locator("main")).to_contain_text(FIRST)
    expect(page.locator("ins")).to_have_count(0)


def read_the_papers(page: Page) -> None:
    page.goto("editions/compare/2.0/2.1/")
    expect(page.get_by_role("table").first).to_contain_text(FIRST)
    with page.expect_download() as download:
        follow(page, "新旧対照表をExcelで保存")
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes()), rich_text=True).active
    assert sheet is not None
    words = "".join(str(cell.value or "") for row in sheet.iter_rows() for cell in row)
    assert [told for told in (FIRST, SECOND, REASON, "改正部分") if told not in words] == []
    follow(page, "改定の概要")
    expect(page.locator("main")).to_contain_text(REASON)


def decide(page: Page) -> None:
    plan_sitting(page, TODAY.isoformat(), report="まだ決めない")
    page.get_by_role("link", name="議題を加える").first.click()
    page.get_by_role("group", name="改定案").get_by_role("checkbox").check()
    press(page, "議題に加える")
    page.get_by_role("link", name="議事を書く").first.click()
    page.get_by_label("議論の要旨").fill("（試験）異議はなかった。")
    page.get_by_role("radio", name="計画の文言を改める").check()
    page.get_by_role("textbox", name="決定・指示の内容").fill(DECIDED)
    press(page, "保存して会議のページへ")
    expect(page.get_by_role("region", name="決定・指示事項").first).to_contain_text(DECIDED)


def adopt(page: Page) -> None:
    page.goto("editions/draft/adopt/")
    choice = page.get_by_label("施行のもとになる本部会議の決定")
    label = choice.locator("option").filter(has_text=DECIDED[:12]).first.get_attribute("value")
    choice.select_option(label)
    page.get_by_label("決定日").fill(TODAY.isoformat())
    page.get_by_label("施行日").fill(TODAY.isoformat())
    press(page, "第2.1版を施行する")
    left_out = page.get_by_label("R8-2-2 改定を載せない理由")
    expect(left_out).to_have_attribute("aria-invalid", "true")
    left_out.fill("（試験）案を作るという決定なので、文言には表れないため。")
    press(page, "第2.1版を施行する")
    says(page, "施行しました")
    expect(heading(page)).to_contain_text("第2.1版")


def read_the_story(page: Page) -> None:
    """Ask the new text why it says so, follow it to the sitting, and come back."""
    page.goto("editions/2.1/why/sections/purpose/")
    story = page.locator("main")
    for words in (FIRST, SECOND, REASON, "第2.0版", "第2.1版"):
        expect(story).to_contain_text(words)
    check(page)
    go(page, "未来図")
    follow_of(page, "経緯", "1-A-3")
    expect(page.locator("main")).to_contain_text("具体化（★解除）")
    page.locator("main").get_by_role("link", name="R8-").first.click()
    amended = page.locator("main")
    expect(amended).to_contain_text("この決定による改定")
    check(page)
    amended.get_by_role("link", name="1-A-3").first.click()
    expect(page.locator("main")).to_contain_text("1-A-3")


def read_any_day(page: Page) -> None:
    expect(heading(page)).to_contain_text("第2.1版")
    page.goto(f"?on={YESTERDAY.isoformat()}")
    expect(heading(page)).to_contain_text("第2.0版")
    expect(page.locator("main")).to_contain_text("現在（この日の終わりにわかっていた内容）")
    expect(page.locator("main")).not_to_contain_text(FIRST)
    page.goto(f"changes/?since={YESTERDAY.isoformat()}&on={TODAY.isoformat()}")
    expect(page.locator("main")).to_contain_text("★が外れた")
    check(page)
    page.goto("?on=2026-13-45")
    expect(heading(page)).to_be_visible()
    expect(page.locator("main")).to_contain_text("2026-10-01")
    page.goto("editions/2.0/")
    expect(page.locator("main")).not_to_contain_text(FIRST)
    page.goto("editions/timeline/")
    expect(page.locator("svg").first).to_be_visible()
