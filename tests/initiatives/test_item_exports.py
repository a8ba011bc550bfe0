"""The files of 進捗一覧: the rows of the list, safe to open and ready to print (F3)."""

import csv
import os
import subprocess
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from beginnings import lasting
from django.test import Client
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.exports.item_list import COLUMNS
from kirishima_dx.spreadsheets.paper import MACHINE_TAB
from people.models import User
from plans.models import Edition, FocusItem

LIVE = '=HYPERLINK("http://example.invalid","押す")'
HEAD = [
    "番号", "軸", "取組方針", "重点項目", "取組の概要", "検討項目", "主担当課", "関係課", "状態", "段階",
    "進捗評価", "評価理由", "取組実績", "成果", "課題", "今後の取組", "今後の方針", "基準日", "固有の番号",
]  # fmt: skip
Clients = Callable[[User | None], Client]


@pytest.fixture
@lasting
def told(responsible: FocusItem, record: Callable[..., Any], editor: User) -> FocusItem:
    record(
        responsible,
        by=editor,
        achievements=LIVE,
        outcome="-10%の減\n☺",
        problem="@課題",
        next_steps="+1",
    )
    return responsible


def sheet_of(content: bytes) -> Worksheet:
    return load_workbook(BytesIO(content), rich_text=False)["進捗一覧（表）"]


def csv_rows(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode(encoding), newline="")))


def by_head(rows: Sequence[Sequence[Any]], number: int) -> dict[str, Any]:
    """Return a row by the heads in the first one."""
    return dict(zip(rows[0], rows[number], strict=True))


def cell_under(sheet: Worksheet, head: str) -> Cell:
    """Return the cell of the first item in a column."""
    return sheet.cell(2, HEAD.index(head) + 1)


EXPECTED = {
    "番号": "1-A-1",
    "軸": "便利なまち",
    "取組方針": "行かない窓口",
    "重点項目": "申請のオンライン化",
    "取組の概要": "申請から決済までをスマホで完結させます。",
    "検討項目": None,
    "主担当課": "福祉課",
    "関係課": "企画課",
    "状態": "試行中",
    "段階": "③取組実行",
    "進捗評価": "順調",
    "評価理由": "予定どおり試行を始めたため。",
    "取組実績": LIVE,
    "成果": "-10%の減\n☺",
    "課題": "@課題",
    "今後の取組": "+1",
    "今後の方針": "継続",
    "基準日": datetime(2026, 9, 30),
    "固有の番号": "1-A-1",
}


def test_the_workbook_holds_the_rows(told: FocusItem, client_of: Clients) -> None:
    response = client_of(None).get("/items.xlsx")
    rows = list(sheet_of(response.content).iter_rows(values_only=True))

    assert list(COLUMNS) == HEAD
    assert list(rows[0]) == HEAD
    assert by_head(rows, 1) == dict.fromkeys(HEAD) | EXPECTED
    assert [row[0] for row in rows[1:]] == ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]
    silent = {"検討項目": "★", "主担当課": "未設定", "状態": "未回答", "進捗評価": "未回答"}
    assert by_head(rows, 2).items() >= silent.items()
    assert {by_head(rows, 2)[head] for head in ("関係課", "段階", "評価理由", "基準日")} == {None}
    assert "%E9%80%B2%E6%8D%97%E4%B8%80%E8%A6%A7_20261015.xlsx" in response["Content-Disposition"]


def test_f3_no_cell_of_the_workbook_is_a_formula(told: FocusItem, client_of: Clients) -> None:
    sheet = sheet_of(client_of(None).get("/items.xlsx").content)
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}

    assert {cell.data_type for cell in cells.values()} <= {"s", "n", "d"}
    for text in (LIVE, "-10%の減\n☺", "@課題", "+1"):
        assert cells[text].quotePrefix
    assert not cells["企画課"].quotePrefix


def test_the_plain_list_is_for_the_screen(told: FocusItem, client_of: Clients) -> None:
    sheet = sheet_of(client_of(None).get("/items.xlsx").content)

    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(HEAD))}5"
    assert sheet.sheet_properties.tabColor.rgb == f"00{MACHINE_TAB}"
    assert cell_under(sheet, "取組実績").alignment.wrap_text
    assert cell_under(sheet, "基準日").number_format == "yyyy-mm-dd"


def test_the_files_hold_what_the_list_is_narrowed_to(told: FocusItem, client_of: Clients) -> None:
    client = client_of(None)
    rows = list(sheet_of(client.get("/items.xlsx?policy=1-A&sort=-number").content).values)

    assert [row[0] for row in rows] == ["番号", "1-A-2", "1-A-1"]
    assert [row[0] for row in csv_rows(client.get("/items.csv?axis=2").content)] == [
        "番号",
        "2-A-1",
    ]


def test_the_csv_is_what_excel_opens(told: FocusItem, client_of: Clients) -> None:
    response = client_of(None).get("/items.csv")
    rows = csv_rows(response.content)

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[0] == HEAD
    assert (
        by_head(rows, 1).items()
        >= {
            "取組実績": f"'{LIVE}",
            "成果": "'-10%の減\n☺",
            "課題": "'@課題",
            "今後の取組": "'+1",
            "今後の方針": "継続",
            "基準日": "2026-09-30",
            "固有の番号": "1-A-1",
        }.items()
    )


def test_the_csv_comes_in_cp932(told: FocusItem, client_of: Clients) -> None:
    response = client_of(None).get("/items.csv?encoding=cp932")

    assert response["Content-Type"] == "text/csv; charset=Shift_JIS"
    rows = csv_rows(response.content, "cp932")
    assert by_head(rows, 1)["成果"] == "'-10%の減\n〓"


@pytest.mark.parametrize("address", ["/items.xlsx?axis=9", "/items.csv?sort=zzz"])
def test_a_senseless_condition_gives_no_file(
    small_edition: Edition, client_of: Clients, address: str
) -> None:
    response = client_of(None).get(address, follow=True)

    assert response.redirect_chain[0][0].startswith("/items/?")
    assert "使えない条件" in response.content.decode()


@pytest.mark.parametrize("address", ["/items.xlsx", "/items.csv"])
def test_files_are_only_read(small_edition: Edition, client_of: Clients, address: str) -> None:
    assert client_of(None).post(address).status_code == 405


@pytest.mark.office
def test_f3_libreoffice_shows_the_same_words(
    told: FocusItem, client_of: Clients, tmp_path: Path
) -> None:
    content = client_of(None).get("/items.xlsx").content
    (tmp_path / "list.xlsx").write_bytes(content)
    place = load_workbook(BytesIO(content)).sheetnames.index("進捗一覧（表）") + 1
    subprocess.run(
        [
            os.environ["SOFFICE"],
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{place}",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "list.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    rows = csv_rows((tmp_path / "list-進捗一覧（表）.csv").read_bytes(), "utf-8")

    assert (
        by_head(rows, 1).items()
        >= {
            "取組実績": LIVE,
            "成果": "-10%の減\n☺",
            "課題": "@課題",
            "今後の取組": "+1",
            "今後の方針": "継続",
            "基準日": "2026-09-30",
            "固有の番号": "1-A-1",
        }.items()
    )


def test_dates_are_dates(told: FocusItem, client_of: Clients) -> None:
    cell = cell_under(sheet_of(client_of(None).get("/items.xlsx").content), "基準日")

    assert cell.is_date
    assert isinstance(cell.value, datetime)
    assert cell.value.date() == date(2026, 9, 30)
