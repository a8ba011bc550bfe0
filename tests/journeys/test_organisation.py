"""機構改革 in the browser: departments and assignments from Excel, and a handover that takes open answers along."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from journeys.answer_file import take_form
from journeys.browser import check
from journeys.clicking import follow, go, heading, press, says
from journeys.conftest import Visit
from journeys.server import Server

pytestmark = pytest.mark.journey

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()


def test_departments_come_from_excel(visit: Visit, demo_server: Server, tmp_path: Path) -> None:
    page = visit(demo_server).sign_in("jimukyoku")
    page.goto("departments/")
    file = take_form(page, "Excelで保存", tmp_path / "departments.xlsx")
    follow(page, "Excelの一覧を取り込む")
    send_department(page, file, code="かんきょう")
    expect(page.get_by_role("table", name="直すところ", exact=True)).to_contain_text("A8")
    expect(page.get_by_role("button", name="反映する")).to_be_disabled()
    check(page)
    follow(page, "もう一度選んでください")
    send_department(page, file, code="demo-kankyo")
    expect(page.get_by_role("region", name=re.compile("^変わるところ"))).to_contain_text(
        "デモ環境課"
    )
    check(page)
    press(page, "1件を加える")
    says(page, "追加")
    page.goto("departments/")
    now = page.get_by_role("table", name="いま置かれている部署")
    expect(now).to_contain_text("デモ環境課")


def send_department(page: Page, file: Path, *, code: str) -> None:
    """Write one department into the first free row and choose the file."""
    book = load_workbook(file)
    sheet = book["部署一覧"]
    for column, value in enumerate((code, "デモ部", "デモ環境課", 7), start=1):
        sheet.cell(8, column).value = value
    book.save(file)
    page.get_by_label("部署一覧のExcelファイル（.xlsx）").set_input_files(file)
    press(page, "内容を確かめる")


def test_assignments_come_from_excel(visit: Visit, demo_server: Server, tmp_path: Path) -> None:
    page = visit(demo_server).sign_in("jimukyoku")
    page.goto("assignments/")
    file = take_form(page, "Excelで保存", tmp_path / "assignments.xlsx")
    book = load_workbook(file)
    book["担当一覧"]["E3"].value = "デモ企画課"
    book.save(file)
    follow(page, "Excelから取り込む")
    page.get_by_label("担当一覧のExcelファイル（.xlsx）").set_input_files(file)
    press(page, "内容を確かめる")
    check(page)
    page.get_by_label("理由").fill("（試験）担当を改めるため")
    press(page, "1項目の担当を保存する")
    page.goto("items/1-A-2/")
    expect(page.get_by_role("region", name="担当")).to_contain_text("デモ企画課")


def test_a_renamed_department_keeps_its_open_answers(visit: Visit, demo_server: Server) -> None:
    page = visit(demo_server).sign_in("jimukyoku")
    page.goto("departments/handover/")
    page.get_by_role("combobox", name="もとの部署").select_option(label="デモ防災課")
    page.get_by_label("引継ぎの日").fill(TODAY.isoformat())
    page.get_by_label("名称変更").check()
    press(page, "次へ")
    check(page)
    page.get_by_label("新しい部署の名称").fill("デモ危機管理課")
    page.get_by_label("コード").fill("demo-kikikanri")
    press(page, "引き継ぐ内容を確かめる")
    expect(page.get_by_role("region", name=re.compile("引き継ぐ内容"))).to_contain_text("3-A-1")
    check(page)
    page.get_by_label("理由").fill("（試験）機構改革のため")
    press(page, "この内容で引き継ぐ")
    expect(heading(page)).to_contain_text("デモ防災課の引継ぎ")
    check(page)
    editor = visit(demo_server).sign_in("bousai")
    go(editor, "マイページ")
    mine = editor.get_by_role("region", name=re.compile("臨時の確認"))
    expect(mine.get_by_role("heading", name=re.compile("^デモ危機管理課：あと"))).to_be_visible()
    mine.get_by_role("link", name=re.compile("^続きを書く.*3-A-4")).click()
    expect(editor.get_by_role("textbox", name=re.compile("^取組実績"))).to_have_value(
        "（デモ）書きかけです。"
    )
