"""The last rows of a sheet, as the members under 次第, do not stand alone behind the end of a page."""

import pytest
from openpyxl import Workbook

from kirishima_dx.spreadsheets.look import lines_in
from kirishima_dx.spreadsheets.paper import A3, keep_together


@pytest.mark.parametrize(
    ("rows", "height", "breaks"),
    [(20, 0, []), (26, 1, []), (38, 0, []), (48, 0, [45]), (60, 0, [])],
    ids=["one page", "a little more", "two, not parted", "parted", "three, not parted"],
)
def test_last_rows_keep_together(rows: int, height: int, breaks: list[int]) -> None:
    sheet = Workbook().active
    assert sheet is not None
    sheet.page_setup.fitToHeight = 0
    for place in range(1, rows + 1):
        sheet.cell(place, 1, "構成員")
        sheet.row_dimensions[place].height = 30
    keep_together(sheet, rows - 2, A3, size=12)
    assert sheet.page_setup.fitToHeight == height
    assert [one.id for one in sheet.row_breaks.brk] == breaks


def test_a_bold_text_that_wraps_gets_room_for_wider_letters() -> None:
    text = "QRコード付紙チケットによる「事務プロセス」の負担軽減"
    assert [lines_in(text, 32, 12, bold=bold) for bold in (False, True)] == [2, 3]
