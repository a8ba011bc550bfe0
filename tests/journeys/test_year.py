"""The whole way of a year, by clicks on what people see: start, read, update, report, bump (T1, T3, G2, G3, R1).

What test_demo_pages looks at is not checked again.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from journeys.browser import check
from journeys.clicking import (
    BLANK,
    choose_own_password,
    follow,
    follow_of,
    form_of,
    go,
    heading,
    press,
    press_knowing,
    says,
)
from journeys.conftest import Visit
from journeys.sealed_report import Sealed, is_code, report_as_shown, workbook_of
from journeys.server import PASSWORD, SECRETARIAT, Server
from kirishima_dx.fiscal_year import fiscal_year_label, fiscal_year_of, fiscal_year_wareki

pytestmark = pytest.mark.journey

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()
ADOPTED_ON, FIRST_DAY = TODAY - timedelta(days=40), TODAY - timedelta(days=30)
REPORTED_ON = TODAY - timedelta(days=10)
DEPARTMENT, EDITOR, EDITOR_NAME = "試験窓口課", "madoguchi", "試験 担当"
REASON = "関係課との調整が、予定より長くかかったため。"
REWORDED, CLEARER = "改めた取組の概要です。", "方法の定まった取組の概要です。"


def iso(day: date) -> str:
    return day.isoformat()


def test_the_year_of_the_plan(visit: Visit, fresh_server: Server) -> None:
    anybody = visit(fresh_server).open()
    read_the_draft(anybody)
    secretariat = visit(fresh_server).sign_in(SECRETARIAT)
    add_department(secretariat)
    add_account(secretariat)
    assign_department(secretariat)
    adopt_the_first_edition(secretariat)
    editor = visit(fresh_server).sign_in(EDITOR)
    choose_own_password(editor, PASSWORD, f"jibun-no-{PASSWORD}")
    find_own_item(editor)
    record_a_delay(editor)
    record_unchanged(editor)
    open_the_report(secretariat)
    write_the_report(secretariat)
    sealed = seal_the_report(secretariat)
    promised = words_of_the_first_edition(anybody)
    open_the_draft(secretariat)
    reword_an_item(secretariat)
    amend_other_items(secretariat)
    compare_and_adopt(secretariat)
    read_the_new_edition(anybody)
    assert words_of_the_first_edition(anybody) == promised
    read_the_items_after_the_bump(anybody)
    assert report_as_shown(secretariat) == sealed


def read_the_draft(page: Page) -> None:
    expect(heading(page)).to_contain_text("第2.0版（案）")
    check(page)
    page.get_by_role("searchbox", name="計画の中を探す").fill("マイナンバーカード")
    press(page, "検索する")
    found = page.get_by_role("region", name="「マイナンバーカード」は")
    expect(found.locator("mark").first).to_have_text("マイナンバーカード")
    page.locator("#item-1-A-3").get_by_role("heading").get_by_role("link").first.click()
    expect(page.locator("main").get_by_text("1-A-3", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="担当").get_by_text("未設定")).to_be_visible()
    expect(
        page.get_by_role("region", name="いまの状況").get_by_text("未回答").first
    ).to_be_visible()
    check(page)


def add_department(page: Page) -> None:
    follow(page, "管理画面")
    check(page)
    page.locator("#content-main").get_by_role("link", name="部署", exact=True).click()
    page.get_by_role("link", name="部署 を追加").click()
    page.get_by_label("コード").fill("shiken-madoguchi")
    page.get_by_label("名称").fill(DEPARTMENT)
    check(page)
    press(page, "保存")
    expect(page.get_by_role("link", name=DEPARTMENT).first).to_be_visible()


def add_account(page: Page) -> None:
    page.get_by_role("link", name="ホーム").first.click()
    page.locator("#content-main").get_by_role("link", name="利用者", exact=True).click()
    page.get_by_role("link", name="利用者 を追加").click()
    page.get_by_label("ユーザー名").fill(EDITOR)
    page.get_by_label("氏名").fill(EDITOR_NAME)
    page.get_by_label("パスワード", exact=False).first.fill(PASSWORD)
    page.get_by_label("パスワード", exact=False).last.fill(PASSWORD)
    page.get_by_label("変更の理由").fill("担当になったため。")
    role = page.locator("#role_assignments-0")
    role.locator("select[name$=role]").select_option(label="担当課・入力者")
    role.locator("select[name$=department]").select_option(label=DEPARTMENT)
    check(page)
    press(page, "保存")
    expect(page.locator(".messagelist")).to_contain_text(EDITOR_NAME)


def assign_department(page: Page) -> None:
    page.get_by_role("link", name="サイトを表示").click()
    go(page, "進捗一覧")
    page.locator("tr").filter(has_text="1-A-3").get_by_role("rowheader").get_by_role("link").click()
    follow(page, "担当を設定する")
    page.get_by_label("主担当課").select_option(label=DEPARTMENT)
    press(page, "担当を保存する")
    expect(page.get_by_role("region", name="担当").get_by_text(DEPARTMENT)).to_be_visible()


def adopt_the_first_edition(page: Page) -> None:
    follow(page, "改定案")
    follow(page, "施行の確認へ進む")
    page.get_by_label("決定日").fill(iso(ADOPTED_ON))
    page.get_by_label("施行日").fill(iso(FIRST_DAY))
    page.get_by_label("根拠").fill("（試験）本部会議で決定")
    press(page, "第2.0版を施行する")
    says(page, "施行しました")
    go(page, "未来図")
    expect(heading(page)).to_contain_text("第2.0版")
    expect(heading(page)).not_to_contain_text("案")


def find_own_item(page: Page) -> None:
    go(page, "進捗一覧")
    page.get_by_label("担当課").select_option(label=DEPARTMENT)
    press(page, "絞り込む")
    table = page.get_by_role("table", name="重点項目の進捗")
    expect(table.get_by_role("rowheader")).to_have_count(1)
    check(page)
    table.get_by_role("rowheader").get_by_role("link").click()
    expect(page.locator("main").get_by_text("1-A-3", exact=True)).to_be_visible()


def record_a_delay(page: Page) -> None:
    follow(page, "進捗を記録する")
    page.get_by_label("基準日").first.fill(iso(REPORTED_ON))
    page.get_by_label("状態").select_option(label="準備中")
    page.get_by_label("段階").select_option(label="②戦略設計")
    page.get_by_label("進捗評価").select_option(label="やや遅れている")
    page.get_by_label("評価理由").fill(REASON)
    page.get_by_label("取組実績").fill("先行する窓口を決めた。")
    page.get_by_label("今後の方針").select_option(label="継続")
    press(page, "記録する")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("まだ保存していません")
    expect(summary).to_be_focused()
    expect(page.get_by_label("評価理由")).to_have_value(REASON)
    expect(page.get_by_label("基準日").first).to_have_value(iso(REPORTED_ON))
    check(page)
    summary.get_by_role("link", name="遅れの原因").click()
    page.keyboard.type("調整先が増えた。")
    page.get_by_label("遅れの対応策").fill("順を決めて進める。")
    page.get_by_label("新たな期限").fill(iso(TODAY + timedelta(days=90)))
    press(page, "記録する")
    says(page, "1-A-3 の進捗を記録しました。")
    expect(page.get_by_role("region", name="いまの状況")).to_contain_text(REASON)
    check(page)


def record_unchanged(page: Page) -> None:
    follow(page, "進捗を記録する")
    expect(page.get_by_role("complementary")).to_contain_text(REASON)
    form_of(page, "「変更なし」と記録する").get_by_label("基準日").fill(iso(TODAY))
    press(page, "「変更なし」と記録する")
    says(page, "1-A-3 を「変更なし」と記録しました。")
    expect(page.get_by_role("region", name="これまでの経過")).to_contain_text(
        "前回の記録から変更なし。"
    )


def open_the_report(page: Page) -> None:
    year = fiscal_year_of(TODAY)
    go(page, "年次報告")
    expect(page.get_by_label("年度").locator("option:checked")).to_have_text(
        fiscal_year_label(year)
    )
    expect(page.get_by_label("基準日")).to_have_value(iso(TODAY))
    press_knowing(page, "年次報告を作る")
    expect(heading(page)).to_contain_text(fiscal_year_wareki(year))
    table = page.get_by_role("region", name="進捗一覧")
    expect(table.locator("tbody th[scope=row]")).to_have_count(52)


def write_the_report(page: Page) -> None:
    follow(page, "総括・動向・基準日を書く")
    page.get_by_label("総括").fill("試験の総括。\n\n二つ目の段落。")
    page.get_by_label("技術動向").fill("試験の技術動向。")
    press(page, "保存する")
    expect(page.get_by_role("region", name="総括", exact=True)).to_contain_text("二つ目の段落。")
    book = workbook_of(page)
    assert book.sheetnames[:3] == ["総括表", "遅れている取組", "進捗一覧"]
    assert book.sheetnames[-3:] == ["データ", "コード表", "定義"]
    assert len(book["総括表"]._charts) == 1
    codes = [row[0].value for row in book["進捗一覧（表）"].iter_rows() if is_code(row[0].value)]
    assert len(codes) == 52
    assert codes[2] == "1-A-3"


def seal_the_report(page: Page) -> Sealed:
    follow(page, "確定（封印）へ進む")
    page.get_by_label("確定の理由").fill("（試験）本部会議に報告するため")
    page.get_by_label("総括と進捗一覧を読みました").check()
    press(page, "確定する（取り消せません）")
    says(page, "を確定しました。")
    check(page)
    sealed = report_as_shown(page)
    assert DEPARTMENT in sealed.words
    assert REASON in sealed.words
    return sealed


def words_of_the_first_edition(page: Page) -> str:
    """Return its text without the links to 経緯, which come when a place is amended."""
    go(page, "版と改定")
    page.get_by_role("link", name="第2.0版の全文を読む").click()
    return page.locator(".plan__body").evaluate(  # type: ignore[no-any-return]
        """(body) => {
            const words = body.cloneNode(true);
            words.querySelectorAll(".why-link").forEach((link) => link.remove());
            return words.textContent.replace(/\\s+/g, " ");
        }"""
    )


def open_the_draft(page: Page) -> None:
    go(page, "版と改定")
    follow(page, "次の版の案を作る")
    check(page)
    press(page, "案を作る")
    expect(heading(page)).to_contain_text("第2.1版")


def reword_an_item(page: Page) -> None:
    follow_of(page, "文言を直す", "1-A-1")
    page.get_by_label("取組の概要").fill(REWORDED)
    page.get_by_label("改定の理由").fill(BLANK)
    press(page, "理由とともに保存する")
    expect(page.get_by_role("alert")).to_contain_text("改定の理由")
    expect(page.get_by_label("取組の概要")).to_have_value(REWORDED)
    page.get_by_label("改定の理由").fill("（試験）言い方を改めるため")
    check(page)
    press(page, "理由とともに保存する")


def amend_other_items(page: Page) -> None:
    follow_of(page, "文言を直す", "1-A-3")
    page.get_by_label("取組の概要").fill(CLEARER)
    page.get_by_label("改定の理由").fill("（試験）方法が定まったため")
    press(page, "理由とともに保存する")
    follow(page, "1-A に重点項目を加える")
    page.get_by_label("重点項目").fill("試験の新しい項目")
    page.get_by_label("取組の概要").fill("試験の新しい取組です。")
    page.get_by_label("改定の理由").fill("（試験）提案があったため")
    press(page, "理由とともに加える")
    item = page.locator("#item-3-C-4")
    item.get_by_text("ほかの操作").click()
    item.get_by_role("link", name="終了にする").click()
    page.get_by_role("textbox", name="理由").fill("（試験）ほかの項目で続けるため")
    press(page, "終了にする")
    expect(page.get_by_text("残っていることはありません。")).to_be_visible()


def compare_and_adopt(page: Page) -> None:
    page.get_by_role("link", name="と比べる（新旧対照表）").click()
    table = page.get_by_role("table")
    for words in (REWORDED, "（試験）方法が定まったため", "（新設）", "（削る）"):
        expect(table).to_contain_text(words)
    follow(page, "改定案")
    follow(page, "施行の確認へ進む")
    page.get_by_label("決定日").fill(iso(TODAY))
    page.get_by_label("施行日").fill(iso(TODAY))
    page.get_by_label("根拠").fill("（試験）本部会議で決定")
    press(page, "第2.1版を施行する")
    says(page, "施行しました")


def read_the_new_edition(page: Page) -> None:
    go(page, "未来図")
    expect(heading(page)).to_contain_text("第2.1版")
    expect(page.locator("#item-1-A-1")).to_contain_text(REWORDED)
    expect(page.get_by_role("heading", name="試験の新しい項目")).to_be_visible()
    expect(page.locator("#item-3-C-4")).to_have_count(0)


def read_the_items_after_the_bump(page: Page) -> None:
    go(page, "未来図")
    clearer = page.locator("#item-1-A-3")
    expect(clearer).to_contain_text("やや遅れている")
    expect(clearer).to_contain_text(CLEARER)
    clearer.get_by_role("heading").get_by_role("link").first.click()
    history = page.get_by_role("region", name="これまでの経過")
    for words in (REASON, "前回の記録から変更なし。", DEPARTMENT, "第2.0版", "第2.1版"):
        expect(history).to_contain_text(words)
    expect(page.get_by_role("region", name="各版の文言")).to_contain_text(
        "（試験）方法が定まったため"
    )
    check(page)
    page.goto("items/3-C-4/")
    expect(page.get_by_text("この重点項目は第2.1版で終了しました")).to_be_visible()
    check(page)
