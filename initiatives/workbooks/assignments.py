"""担当一覧 as a workbook: one row an item, a drop-down for the lead department."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.exports.item_list import CODE
from initiatives.queries.assignments import AssignmentRow
from kirishima_dx.workbook_look import (
    HEAD_FILL,
    SUM_FILL,
    Dresser,
    Look,
    PrintFrame,
    Value,
    set_for_print,
    workbook_bytes,
    write_table,
)
from people.queries import DepartmentNames

SHEET, DEPARTMENTS, GUIDE = "担当一覧", "部署", "記入要領"
PLACE, TITLE, LEAD, SUPPORTING = "番号", "重点項目", "主担当課", "関係課"
WIDTHS = {PLACE: 9, "軸": 24, "取組方針": 30, TITLE: 36, LEAD: 24, SUPPORTING: 44, CODE: 12}
"""Columns with their widths in characters."""
HEAD = Look(bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
LOCKED = Look(fill=SUM_FILL, vertical="center")
ASKED = Look(vertical="center", number_format="@")
LOOKS = [LOCKED] * 4 + [ASKED] * 2 + [LOCKED]
EXPLAINED = (
    (
        PLACE,
        "この版での重点項目の番号です。改定で変わることがあります。行の順は変えてもかまいません。",
    ),
    (
        LEAD,
        "主担当課を一つ、一覧から選びます。名称のほか、シート「部署」のコードでもかまいません。"
        "空欄は「未設定」（主担当課を置かない）です。",
    ),
    (SUPPORTING, "関係課を「、」で区切って並べます（例：福祉課、企画課）。空欄は「なし」です。"),
    (
        CODE,
        "版が変わっても変わらない番号です。行の照合に使うので、書き換えないでください。"
        "行を書き足すときは、空欄のまま「番号」を入れてもかまいません。",
    ),
    (
        "取り込むと",
        "変わるところを項目ごとに画面で確かめてから、いつからの担当かと理由を入れて保存します。"
        "この一覧にない項目の担当は、そのままです。列「関係課」を消すと、関係課はそのままです。",
    ),
)


def assignments_workbook(
    rows: Sequence[AssignmentRow],
    names: DepartmentNames,
    *,
    plan_name: str,
    made_at: datetime,
) -> bytes:
    book = Workbook()
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = SHEET
    _fill_items(sheet, rows, names, dresser)
    _fill_departments(book.create_sheet(DEPARTMENTS), names, dresser)
    _fill_guide(book.create_sheet(GUIDE), dresser)
    if names.departments and rows:
        _offer_departments(sheet, len(rows), len(names.departments))
    for each in book.worksheets:
        frame = PrintFrame(title=f"{plan_name}　{each.title}", number="", foot="")
        set_for_print(each, frame, title_rows="1:1")
    return workbook_bytes(book, moment=made_at)


def _fill_items(
    sheet: Worksheet, rows: Sequence[AssignmentRow], names: DepartmentNames, dresser: Dresser
) -> None:
    told: list[list[Value]] = []
    for row in rows:
        policy = row.text.policy
        lead = names.label(row.lead) if row.lead else ""
        supporting = names.labels(row.supporting)
        plan = [row.text.place, policy.axis.name, policy.name, row.text.title]
        told.append([*plan, lead, supporting, row.code])
    write_table(sheet, WIDTHS, told, head=HEAD, looks=LOOKS, dresser=dresser)
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions


def _fill_departments(sheet: Worksheet, names: DepartmentNames, dresser: Dresser) -> None:
    told = [[names.label(d), d.code, d.division] for d in names.departments]
    columns = {"名称": 36, "コード": 24, "部": 24}
    write_table(sheet, columns, told, head=HEAD, looks=[ASKED] * 3, dresser=dresser)
    sheet.freeze_panes = "A2"


def _fill_guide(sheet: Worksheet, dresser: Dresser) -> None:
    looks = [replace(HEAD, horizontal="left", vertical="top"), Look()]
    columns = {"列": 16, "書き方": 90}
    write_table(sheet, columns, EXPLAINED, head=HEAD, looks=looks, dresser=dresser)
    sheet.freeze_panes = "A2"


def _offer_departments(sheet: Worksheet, items: int, departments: int) -> None:
    """Offer the names on the sheet 部署; a code may be typed instead, so another value is only questioned."""
    offer = DataValidation(
        type="list", formula1=f"'{DEPARTMENTS}'!$A$2:$A${departments + 1}", allow_blank=True
    )
    offer.errorStyle, offer.showErrorMessage = "warning", True
    offer.errorTitle = LEAD
    offer.error = f"一覧にない名称です。シート「{DEPARTMENTS}」の名称かコードを入れてください。"
    column = "ABCDEFG"[list(WIDTHS).index(LEAD)]
    offer.add(f"{column}2:{column}{items + 1}")
    sheet.add_data_validation(offer)
