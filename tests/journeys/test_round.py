"""A whole round: four departments, one by Excel, one late, one returned, one in conflict (G2, G4, F1, A2)."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.answer_file import SAID, fill_form, send_form, take_form
from journeys.browser import check
from journeys.clicking import follow, go, heading, press, says
from journeys.conftest import Visit
from journeys.server import Server

pytestmark = pytest.mark.journey

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()
DUE, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=21)
NAME = "試験の確認"
ASKED = ("1-A-1", "1-A-2", "2-A-1", "2-A-3", "3-A-1", "3-C-1", "3-C-2")
"""Two of デモ窓口課, two of デモ総務課, one of デモ防災課, two of デモ教育課."""
DRAFT = "窓口を三つに増やし、\n案内を改めた。"
MENDED = "六月に窓口を三つに増やし、\n案内を改めた。"
IN_BROWSER, IN_FILE = "ブラウザーで書いた実績。", "Excelで書いた実績。"


def test_a_round_of_four_departments(visit: Visit, demo_server: Server, tmp_path: Path) -> None:
    secretariat = visit(demo_server).sign_in("jimukyoku")
    round = open_the_round(secretariat)
    editor = visit(demo_server).sign_in("tantou")
    answer_unchanged(editor)
    answer_in_the_browser(editor)
    answer_by_excel(visit(demo_server).sign_in("soumu"), tmp_path / "soumu.xlsx")
    remind_and_extend(secretariat, round)
    answer_late(visit(demo_server).sign_in("bousai"))
    answer_both_ways(visit(demo_server).sign_in("kyouiku"), round, tmp_path / "kyouiku.xlsx")
    return_one(secretariat, round)
    mend_what_was_returned(editor)
    accept_by_keyboard(secretariat, round)
    follow_an_answer_to_its_entry(editor)
    close_the_round(secretariat, round)
    read_the_story(secretariat, round)


def part_of(page: Page) -> Locator:
    """Return the part of マイページ that is about this round."""
    go(page, "マイページ")
    return page.get_by_role("region", name=re.compile(NAME))


def achievements(page: Page) -> Locator:
    """Return the field itself; the button that copies what was said last time bears its name, too."""
    return page.get_by_role("textbox", name=re.compile("^取組実績"))


def open_the_round(page: Page) -> str:
    go(page, "照会")
    follow(page, "照会を始める")
    page.get_by_label("随時").check()
    page.get_by_label("対象期間の末日").fill(TODAY.isoformat())
    page.get_by_label("基準日").fill(TODAY.isoformat())
    page.get_by_label("回答の開始日").fill(TODAY.isoformat())
    page.get_by_label("回答の期限").fill(DUE.isoformat())
    page.get_by_label("項目を一つずつ選ぶ").check()
    for code in ASKED:
        page.locator(f"input[name=items][value='{code}']").check()
    page.get_by_label("記入のお願い").fill("（試験）短く書いてください。")
    press(page, "内容を確かめる")
    expect(page.get_by_role("alert")).to_contain_text("名称")
    expect(page.locator("input[name=items]:checked")).to_have_count(len(ASKED))
    check(page)
    page.get_by_label("名称").fill(NAME)
    press(page, "内容を確かめる")
    expect(page.get_by_text("7項目を、4課に尋ねます。")).to_be_visible()
    check(page)
    press(page, "照会を始める")
    says(page, "を始めました。7項目です。")
    expect(heading(page)).to_contain_text(NAME)
    return page.url


def answer_unchanged(page: Page) -> None:
    mine = part_of(page)
    expect(mine.get_by_role("heading", name="デモ窓口課：あと2件")).to_be_visible()
    row = mine.get_by_role("listitem").filter(has_text="1-A-2")
    row.get_by_role("button", name="「変更なし」で提出").click()
    says(page, "1-A-2")
    expect(part_of(page).get_by_role("heading", name="デモ窓口課：あと1件")).to_be_visible()


def answer_in_the_browser(page: Page) -> None:
    part_of(page).get_by_role("link", name=re.compile("^回答する.*1-A-1")).click()
    page.wait_for_load_state()  # What is typed before the scripts are there is not saved by itself.
    achievements(page).fill(DRAFT)
    expect(page.locator("[data-saved]")).to_contain_text("下書きを保存しました")
    page.reload()
    expect(achievements(page)).to_have_value(DRAFT)
    page.get_by_label("状態").select_option(label="試行中")
    page.get_by_label("段階").select_option(label="③取組実行")
    page.get_by_text("進捗評価の言葉の意味").click()
    expect(page.get_by_text("予定どおり、または予定より早い")).to_be_visible()
    check(page)
    page.get_by_label("進捗評価").select_option(label="順調")
    page.get_by_label("今後の方針").select_option(label="継続")
    press(page, "提出する")
    fault = page.get_by_role("alert").filter(has_text="まだ提出していません")
    expect(fault).to_be_focused()
    check(page)
    fault.get_by_role("link", name="評価理由").click()
    page.keyboard.type("予定どおりに試したため。")
    press(page, "提出する")
    says(page, "すべてに回答しました。")


def answer_by_excel(page: Page, file: Path) -> None:
    part_of(page).get_by_role("link", name="記入した様式を取り込む").click()
    take_form(page, "デモ総務課の様式（2項目）", file)
    fill_form(file, {"2-A-1": {"回答区分": "変わりません"}, "2-A-3": SAID})
    send_form(page, file)
    expect(page.get_by_text("このファイルは、誤りを直すまで取り込めません")).to_be_visible()
    told = "「変わりません」は選べません。更新あり・変更なし から選んでください。"
    expect(page.get_by_role("listitem").filter(has_text=told)).to_contain_text("シート「回答」")
    check(page)
    follow(page, "ファイルを送り直す")
    send_form(page, fill_form(file, {"2-A-1": {"回答区分": "変更なし"}}))
    expect(page.locator(".import-counts")).to_contain_text(re.compile("変わる項目\\s*2"))
    check(page)
    press(page, "取り込む")
    expect(heading(page)).to_have_text("取込の結果")
    expect(page.locator(".import-counts")).to_contain_text(re.compile("提出された項目\\s*2"))
    check(page)


def remind_and_extend(page: Page, round: str) -> None:
    page.goto(f"{round}reminders/")
    late = page.get_by_role("group", name="デモ防災課")
    late.get_by_role("checkbox").check()
    expect(late.get_by_label("督促文")).to_have_value(re.compile("3-A-1"))
    press(page, "選んだ課に渡したと記録する")
    says(page, "1件の督促を「渡した」と記録しました。")
    page.goto(f"{round}extension/")
    page.get_by_label("部署").select_option(label="デモ防災課")
    page.get_by_label("延長後の期限").fill(LATER.isoformat())
    press(page, "期限を延ばす")
    expect(page.get_by_role("alert")).to_contain_text("延長する理由")
    page.get_by_label("理由").fill("（試験）訓練と重なったため")
    press(page, "期限を延ばす")
    says(page, "デモ防災課の期限を")
    row = page.get_by_role("region", name="部署ごとの状況の表").get_by_role("row")
    expect(row.filter(has_text="デモ防災課")).to_contain_text("延長")
    expect(row.filter(has_text="デモ防災課")).to_contain_text("1回")


def answer_late(page: Page) -> None:
    mine = part_of(page)
    expect(mine).to_contain_text(f"{LATER.month}月{LATER.day}日")
    mine.get_by_role("button", name="「変更なし」で提出").click()
    says(page, "3-A-1")


def answer_both_ways(page: Page, round: str, file: Path) -> None:
    page.goto(f"{round}import/")
    take_form(page, "デモ教育課の様式（2項目）", file)
    page.goto(f"{round}answers/3-C-1/")
    achievements(page).fill(IN_BROWSER)
    press(page, "下書きを保存")
    says(page, "3-C-1 の下書きを保存しました。")
    page.goto(f"{round}import/")
    answers = {"3-C-1": {**SAID, "取組実績": IN_FILE}, "3-C-2": {"回答区分": "変更なし"}}
    send_form(page, fill_form(file, answers))
    both = page.get_by_role("group", name=re.compile("^取組実績"))
    expect(both).to_contain_text(IN_BROWSER)
    expect(both).to_contain_text(IN_FILE)
    check(page)
    press(page, "取り込む")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("ファイルの内容にする").first.check()
    check(page)
    press(page, "取り込む")
    expect(page.locator(".import-counts")).to_contain_text(re.compile("提出された項目\\s*2"))


def return_one(page: Page, round: str) -> None:
    page.goto(f"{round}review/1-A-1/")
    expect(page.locator("main")).to_contain_text("窓口を三つに増やし、")
    press(page, "理由を添えて差し戻す")
    expect(page.get_by_role("alert")).to_contain_text("差し戻す理由")
    page.get_by_label("差し戻す理由").fill("（試験）いつ行ったかも書いてください。")
    press(page, "理由を添えて差し戻す")
    says(page, "1-A-1")


def mend_what_was_returned(page: Page) -> None:
    mine = part_of(page)
    expect(mine).to_contain_text("いつ行ったかも書いてください。")
    check(page)
    mine.get_by_role("link", name=re.compile("^直す")).click()
    expect(page.get_by_text("差し戻されています")).to_be_visible()
    achievements(page).fill(MENDED)
    press(page, "提出する")
    says(page, "すべてに回答しました。")


def accept_by_keyboard(page: Page, round: str) -> None:
    page.goto(f"{round}review/")
    for left in range(len(ASKED), 0, -1):
        expect(page.locator(".review-place__number")).to_contain_text(f"／{left}")
        expect(page.locator("[data-review-keys]")).to_be_visible()
        page.keyboard.press("a")
        if left > 1:
            expect(page.locator(".review-place__number")).to_contain_text(f"／{left - 1}")
    says(page, "これですべて見終わりました。")
    assert page.url == round


def follow_an_answer_to_its_entry(page: Page) -> None:
    page.goto("items/1-A-1/")
    entry = page.get_by_role("region", name="これまでの経過").get_by_role("listitem").first
    expect(entry).to_contain_text("六月に")
    entry.get_by_role("link", name=re.compile(NAME)).click()
    expect(page.get_by_text("事務局が確認しました")).to_be_visible()
    check(page)
    page.get_by_role("link", name=re.compile("現在の進捗の記録$")).click()
    expect(page).to_have_url(re.compile(r"/items/1-A-1/#entry-\d+$"))


def close_the_round(page: Page, round: str) -> None:
    page.goto(f"{round}close/")
    expect(page.get_by_text("すべての回答が提出されています")).to_be_visible()
    press(page, "照会を締め切る（取り消せません）")
    says(page, "を締め切りました。")
    expect(page.get_by_text("締切済", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="督促する")).to_have_count(0)


def read_the_story(page: Page, round: str) -> None:
    page.goto(f"{round}story/")
    figures = page.locator(".figures")
    told = {"尋ねた項目": 7, "期限内に提出": 7, "差し戻した回答": 1, "期限の延長": 1, "確認済": 7}
    for label, number in told.items():
        figure = figures.locator("div").filter(has_text=label)
        expect(figure.locator("dd")).to_have_text(re.compile(rf"^{number}"))
    check(page)
