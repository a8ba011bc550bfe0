"""What a report shows and what its workbook holds, to be compared after the bump (R1)."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from journeys.clicking import follow, go


@dataclass
class Sealed:
    """What a sealed report showed on the day of its seal."""

    words: str
    cells: list[list[object]]


def is_code(value: object) -> bool:
    return isinstance(value, str) and value.count("-") == 2 and len(value) <= 7


def workbook_of(page: Page) -> Workbook:
    with page.expect_download() as download:
        follow(page, "会議資料をExcelで保存")
    return load_workbook(BytesIO(Path(download.value.path()).read_bytes()))


def report_as_shown(page: Page) -> Sealed:
    go(page, "年次報告")
    page.get_by_role("table").get_by_role("link", name="年次報告").first.click()
    expect(page.get_by_role("region", name="確定（封印）の記録")).to_contain_text("照合：一致")
    book = workbook_of(page)
    cells = [[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]
    return Sealed(page.get_by_role("article").inner_text(), cells)
