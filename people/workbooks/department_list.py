"""部署一覧 as a workbook: one plain table to be filled in, and a sheet that says how."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.workbook_guard.reading import read_sheets
from kirishima_dx.workbook_look import (
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    Value,
    fit_columns,
    set_for_print,
    workbook_bytes,
    write_row,
    write_table,
)
from kirishima_dx.workbook_table import Table, find_table
from people.actions.department_resource import COLUMNS, REQUIRED
from people.models import Department

SHEET, GUIDE = "部署一覧", "記入要領"
WIDTHS = {
    "コード": 22,
    "部": 20,
    "名称": 26,
    "並び順": 9,
    "メールアドレス": 34,
    "設置日": 14,
    "廃止日": 14,
}
"""Of the columns, in characters."""
EMPTY_ROWS = 30
"""Rows to fill in below the list."""
HEAD = Look(bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
BODY = Look(vertical="center")
TEXT = replace(BODY, number_format="@")
DAY = replace(BODY, number_format="yyyy-mm-dd", horizontal="center")
LOOKS = {"コード": TEXT, "メールアドレス": TEXT, "設置日": DAY, "廃止日": DAY}
EXPLAINED = (
    (
        "コード",
        "必須。部署を見分けるための短い符号です。半角の英数字とハイフンで自由に決めます（例：hojo-fukushi）。"
        "行の照合に使うので、一度決めたら変えません。廃止した部署の符号も使い回しません。",
    ),
    ("部", "部・総合支所などの名称です。なければ空欄にします。"),
    ("名称", "必須。課の名称です。"),
    ("並び順", "一覧に並べる順です。小さい数から並びます。空欄は0です。"),
    (
        "メールアドレス",
        "課の共用アドレスです。照会と督促のお知らせを送ります。職員個人のアドレスは入れません。",
    ),
    (
        "設置日",
        "部署が置かれた日です（例：2026-04-01、令和8年4月1日）。分からなければ空欄にします。",
    ),
    ("廃止日", "部署が置かれていた最後の日です。続いている部署は空欄にします。"),
    (
        "取り込むと",
        "同じコードの部署はこの一覧のとおりに書き換わり、新しいコードの部署は追加されます。"
        "一覧にない部署は、そのまま残ります（削除はしません）。反映する前に、変わるところを画面で確かめられます。",
    ),
    (
        "機構改革のとき",
        "名称変更・分割・統合は、この一覧ではなく、画面の「機構改革・引継ぎ」で行ってください。"
        "担当している項目と利用者の役割を一緒に引き継ぎ、過去の記録は当時の名称のまま残ります。",
    ),
)


def read_department_list(content: bytes) -> Table:
    """Return the table of an uploaded list. Raises WorkbookRefused and TableRefused."""
    return find_table(
        read_sheets(content), sheet_name=SHEET, columns=list(COLUMNS.values()), required=REQUIRED
    )


def department_list_workbook(departments: Sequence[Department], *, made_at: datetime) -> bytes:
    """Return the list, with empty rows below it to be filled in."""
    book = Workbook()
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = SHEET
    _fill_list(sheet, departments, dresser)
    _fill_guide(book.create_sheet(GUIDE), dresser)
    return workbook_bytes(book, moment=made_at)


def _fill_list(sheet: Worksheet, departments: Sequence[Department], dresser: Dresser) -> None:
    rows: list[list[Value]] = [
        [getattr(department, name) for name in COLUMNS] for department in departments
    ]
    rows += [[None] * len(COLUMNS)] * EMPTY_ROWS
    looks = [LOOKS.get(label, BODY) for label in WIDTHS]
    write_table(sheet, WIDTHS, rows, head=HEAD, looks=looks, dresser=dresser)
    sheet.freeze_panes = "D2"
    set_for_print(sheet, PrintFrame(title=SHEET, number="", foot=""), title_rows="1:1")


def _fill_guide(sheet: Worksheet, dresser: Dresser) -> None:
    widths = [18, 90]
    fit_columns(sheet, widths)
    looks = [replace(HEAD, horizontal="left", vertical="top"), Look()]
    for place, row in enumerate(EXPLAINED, start=1):
        write_row(sheet, place, row, looks=looks, widths=widths, dresser=dresser, one_row=True)
    set_for_print(sheet, PrintFrame(title=f"{SHEET}　{GUIDE}", number="", foot=""))
