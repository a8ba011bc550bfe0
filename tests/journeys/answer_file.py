"""The answer workbook in the hands of somebody with a spreadsheet."""

import re
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page

SAID = {
    "回答区分": "更新あり",
    "状態": "試行中",
    "段階": "③取組実行",
    "進捗評価": "順調",
    "評価理由": "予定どおりに試したため。",
    "取組実績": "二つの窓口で試した。",
    "今後の方針": "継続",
}
"""An answer that lacks nothing, by the names of the columns."""


def take_form(page: Page, link: str | re.Pattern[str], file: Path) -> Path:
    """Save the workbook that stands behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    download.value.save_as(file)
    return file


def fill_form(file: Path, answers: Mapping[str, Mapping[str, str]]) -> Path:
    """Write into the rows of some items, found by their numbers, and save the workbook."""
    book = load_workbook(file)
    sheet = book["回答"]
    head, columns = _head(sheet)
    rows = {sheet.cell(row, columns["番号"]).value: row for row in range(head, sheet.max_row + 1)}
    for code, cells in answers.items():
        for name, value in cells.items():
            sheet.cell(rows[code], columns[name]).value = value
    book.save(file)
    return file


def _head(sheet: Worksheet) -> tuple[int, dict[object, int]]:
    """Return the row of the column names, and the column of each."""
    for row in sheet.iter_rows(max_row=5):
        columns = {cell.value: cell.column for cell in row if cell.value and cell.column}
        if "照合キー" in columns:
            return row[0].row or 0, columns
    raise AssertionError("no row of column names")


def send_form(page: Page, file: Path) -> None:
    page.get_by_label("回答様式（.xlsx）").set_input_files(file)
    page.get_by_role("button", name="送って確かめる").click()
