"""The same essentials with JavaScript switched off: nothing that people come for needs it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.answer_file import SAID, fill_form, send_form, take_form
from journeys.browser import Visitor
from journeys.clicking import BLANK, follow, go, press
from journeys.conftest import Visit
from journeys.server import Server

pytestmark = pytest.mark.journey

TYPED = "二つの窓口で試し、\n結果をまとめた。"


def codes(page: Page) -> list[str]:
    return page.locator(".items-table__code").all_inner_texts()


@pytest.fixture
def plain(visit: Visit, demo_server: Server) -> Visitor:
    return visit(demo_server, java_script_enabled=False)


def test_plan_is_read_and_searched(plain: Visitor) -> None:
    page = plain.open()
    assert page.get_by_role("heading", level=1).count() == 1
    page.get_by_role("searchbox", name="計画の中を探す").fill("マイナンバーカード 公的個人認証")
    press(page, "検索する")
    found = page.get_by_role("region", name="「マイナンバーカード 公的個人認証」は")
    link = found.get_by_role("link").first
    target = link.get_attribute("href")
    link.click()
    expect(page.locator(f":target{target}")).to_be_in_viewport()
    tile = page.locator(".tiles .late").first.get_attribute("title") or ""
    page.get_by_role("link", name=tile, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(tile.split()[1].split("、")[0])


def test_a_citizen_finds_what_changed_this_year_with_one_tap(plain: Visitor) -> None:
    """The count is that of the demo's first half, worked out by hand from its entries."""
    page = plain.open()
    page.set_viewport_size({"width": 360, "height": 800})
    follow(page, "この一年に変わったこと")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("令和.+年度に変わったこと")
    )
    page.goto("changes/?period=year&on=2026-11-30")
    expect(page.locator("main")).not_to_contain_text("はじめて記録")
    follow(page, "遅れ・悪くなった・戻った")
    worse = page.get_by_role("region", name="遅れ・悪くなったこと・戻ったこと")
    expect(worse.get_by_role("listitem")).to_have_count(6)
    worse.get_by_role("link", name="災害・道路情報").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("災害・道路情報")


def test_list_is_narrowed_and_sorted(plain: Visitor) -> None:
    page = plain.open("items/")
    page.get_by_label("進捗評価").select_option(label="遅れあり（やや遅れを含む）")
    page.get_by_label("軸", exact=True).select_option(index=2)
    press(page, "絞り込む")
    narrowed = codes(page)
    assert 1 < len(narrowed) < 52
    number = page.get_by_role("columnheader", name="番号")
    number.get_by_role("link").click()
    expect(number).to_have_attribute("aria-sort", "descending")
    assert codes(page) == narrowed[::-1]
    with page.expect_download() as download:
        page.get_by_role("link", name="Excelで保存").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_entry_is_written_with_an_error_on_the_way(plain: Visitor) -> None:
    page = plain.sign_in("tantou")
    page.goto("items/1-A-4/progress/")
    page.get_by_label("状態").select_option(label="試行中")
    page.get_by_label("段階").select_option(label="③取組実行")
    page.get_by_label("進捗評価").select_option(label="順調")
    page.get_by_label("取組実績").fill(TYPED)
    press(page, "記録する")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("評価理由")
    expect(summary).to_contain_text("今後の方針")
    expect(page.get_by_label("取組実績")).to_have_value(TYPED)
    page.get_by_label("評価理由").fill("予定どおりに試したため。")
    page.get_by_label("今後の方針").select_option(label="拡充")
    press(page, "記録する")
    expect(page.get_by_role("status")).to_contain_text("1-A-4 の進捗を記録しました。")
    expect(page.get_by_role("region", name="いまの状況")).to_contain_text("結果をまとめた。")


def test_answer_is_given_with_an_error_on_the_way(plain: Visitor) -> None:
    page = plain.sign_in("tantou")
    page.goto("rounds/2/answers/1-A-3/")
    page.get_by_label("状態").select_option(label="試行中")
    page.get_by_label("段階").select_option(label="③取組実行")
    page.get_by_label("進捗評価").select_option(label="順調")
    page.get_by_label("取組実績").fill(TYPED)
    press(page, "提出する")
    expect(page.get_by_role("alert").first).to_contain_text("評価理由")
    expect(page.get_by_label("取組実績")).to_have_value(TYPED)
    page.get_by_label("評価理由").fill("予定どおりに試したため。")
    page.get_by_label("今後の方針").select_option(label="拡充")
    press(page, "提出する")
    expect(page.get_by_role("status")).to_contain_text("1-A-3")
    page.goto("rounds/2/answers/1-A-3/")
    expect(page.get_by_text("提出済（課内確認待ち）").first).to_be_visible()
    press(page, "提出を取り下げて直す")
    expect(page.get_by_label("取組実績")).to_have_value(TYPED)


def test_answer_is_confirmed_and_returned_in_the_department(plain: Visitor) -> None:
    page = plain.sign_in("kakunin")
    go(page, "マイページ")
    follow(page, "内容を見て確認する")
    one = page.get_by_role("article").first
    one.get_by_text("差し戻す", exact=True).click()
    one.get_by_label("差し戻す理由").fill("（試験）成果も書いてください。")
    one.get_by_role("button", name="差し戻す").click()
    expect(page.get_by_role("status")).to_contain_text("差し戻しました")
    page.get_by_role("article").first.get_by_role("button", name="確認する").click()
    expect(page.get_by_role("status")).to_contain_text("確認しました")


def test_answers_come_by_excel(plain: Visitor, tmp_path: Path) -> None:
    page = plain.sign_in("soumu")
    page.goto("rounds/2/import/")
    file = take_form(page, re.compile("^デモ総務課の様式"), tmp_path / "soumu.xlsx")
    send_form(page, fill_form(file, {"2-A-4": SAID, "2-A-5": {"回答区分": "変更なし"}}))
    expect(page.locator(".import-counts")).to_contain_text(re.compile("変わる項目\\s*2"))
    press(page, "取り込む")
    expect(page.locator(".import-counts")).to_contain_text(re.compile("提出された項目\\s*2"))


def test_secretariat_returns_and_accepts(plain: Visitor) -> None:
    page = plain.sign_in("jimukyoku")
    page.goto("rounds/2/review/1-B-3/")
    press(page, "差し戻す")
    expect(page.get_by_role("alert")).to_contain_text("差し戻す理由")
    press(page, "確認済にする")
    expect(page.get_by_role("status")).to_contain_text("1-B-3")


def test_report_is_sealed(plain: Visitor) -> None:
    page = plain.sign_in("jimukyoku")
    page.goto("reports/2026/")
    page.get_by_role("link", name="確定（封印）へ進む").click()
    page.get_by_label("確定の理由").fill(BLANK)
    press(page, "確定する（取り消せません）")
    expect(page.get_by_role("alert")).to_contain_text("確定の理由")
    page.get_by_label("確定の理由").fill("（試験）本部会議に報告するため")
    page.get_by_label("総括と進捗一覧を読みました").check()
    press(page, "確定する（取り消せません）")
    expect(page.get_by_role("region", name="確定（封印）の記録")).to_contain_text("照合：一致")
    expect(page.get_by_role("link", name="確定（封印）へ進む")).to_have_count(0)
