"""Checking a workbook against the sealed report: same, or which cells differ; every other file gets a clear answer."""

import os
import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from beginnings import lasting
from django.db import connection
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from query_counts import asked_by, assert_as_many
from report_cast import opened, publish, published, seal, sealed
from verify_cast import (
    DIFFERENT,
    DRAFT,
    ELSEWHERE,
    SAME,
    SAME_CELLS,
    UNKNOWN,
    URL,
    ask,
    file_of,
    saved,
    title_of,
)

from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.reporting import open_correction
from reviews.models import AnnualReport, SealedWorkbook
from reviews.report.verify import MOST_SHOWN

Clients = Callable[[User | None], Client]


@pytest.fixture
@lasting
def report(
    small_edition: Edition,
    secretariat: User,
    responsible: FocusItem,
    record: Callable[..., object],
    editor: User,
) -> AnnualReport:
    """A published report in which one item says things that a spreadsheet might spoil."""
    record(
        responsible,
        by=editor,
        rating_reason="=1+1",
        achievements="一行目\n二行目　全角 _x000D_ 😀𠮷",
        outcome="0012",
        problem="'-5",
    )
    return published(small_edition, secretariat)


def differences(page: str) -> list[tuple[str, ...]]:
    row = r'<tr><td>(.*?)</td><th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>'
    return re.findall(row, page, re.DOTALL)


def test_the_page_asks_for_a_file(report: AnnualReport, client: Client) -> None:
    page = client.get(URL).content.decode()
    assert 'type="file"' in page
    assert "令和8年度 年次報告" in page
    assert title_of(page) == ""


def test_the_very_file_is_told_byte_for_byte(report: AnnualReport, client: Client) -> None:
    page = ask(client, file_of(report))
    assert title_of(page) == SAME
    assert "1バイトも違いません" in page


def test_saved_anew_by_openpyxl_it_is_the_same_cells(report: AnnualReport, client: Client) -> None:
    page = ask(client, saved(load_workbook(BytesIO(file_of(report)))))
    assert title_of(page) == SAME_CELLS
    assert "保存し直されています" in page
    assert differences(page) == []


@pytest.mark.office
def test_saved_anew_by_libreoffice_it_is_the_same_cells(
    report: AnnualReport, client: Client, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "資料.xlsx"
    source.write_bytes(file_of(report))
    command = [
        os.environ["SOFFICE"],
        f"-env:UserInstallation=file://{tmp_path}/profile",
        *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
        *("--outdir", str(tmp_path), str(source)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    page = ask(client, (tmp_path / "資料.xlsx").read_bytes())
    assert differences(page) == []
    assert title_of(page) == SAME_CELLS


def test_one_changed_cell_is_named_with_both_values(report: AnnualReport, client: Client) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    book["総括表"]["A1"].value = "<b>別の表題</b>"
    book["進捗一覧（表）"]["I2"].value = None
    page = ask(client, saved(book))
    assert title_of(page) == DIFFERENT
    assert differences(page) == [
        ("総括表", "A1", "ためし町DX計画 令和8年度 年次報告", "&lt;b&gt;別の表題&lt;/b&gt;"),
        ("進捗一覧（表）", "I2", "順調", "（空）"),
    ]
    assert "違うセルは2か所です" in page


def a_count(book: Workbook) -> Cell:
    return next(cell for (cell,) in book["総括表"]["C1:C40"] if isinstance(cell.value, int))


def test_a_number_that_became_a_text_differs(report: AnnualReport, client: Client) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    cell = a_count(book)
    number = cell.value
    assert isinstance(number, int)
    cell.value = str(number)
    assert differences(ask(client, saved(book))) == [
        ("総括表", cell.coordinate, f"{number}（数）", f"{number}（文字）")
    ]


def test_a_formula_in_the_place_of_a_value_differs(report: AnnualReport, client: Client) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    cell = a_count(book)
    cell.value = "=SUM(C7:C9)"
    (found,) = differences(ask(client, saved(book)))
    assert found[1] == cell.coordinate
    assert "数式" in found[3]


def test_a_line_through_a_value_differs(report: AnnualReport, client: Client) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    book["進捗一覧（表）"]["I2"].font = Font(strike=True)
    page = ask(client, saved(book))
    assert title_of(page) == DIFFERENT
    assert differences(page) == [("進捗一覧（表）", "I2", "順調", "順調（取消線が付いています）")]


def test_sheets_that_were_renamed_added_dropped_hidden_or_moved(
    report: AnnualReport, client: Client
) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    book["コード表"].title = "符号"
    book.create_sheet("メモ")["A1"] = "覚え"
    del book["定義"]
    book["データ"].sheet_state = "hidden"
    book.move_sheet("進捗一覧", offset=-1)
    page = ask(client, saved(book))
    assert title_of(page) == DIFFERENT
    assert "ファイルにないシート：コード表、定義" in page
    assert "報告の会議資料にないシート：符号、メモ" in page
    assert "非表示になっているシート：データ" in page
    assert "シートの並びが" in page


def test_it_says_that_the_look_is_not_compared(report: AnnualReport, client: Client) -> None:
    """A number format lets a cell show another number than it holds."""
    book = load_workbook(BytesIO(file_of(report)))
    number = next(
        cell
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if isinstance(cell.value, int)
    )
    number.number_format = '"99"'
    page = ask(client, saved(book))
    assert title_of(page) == SAME_CELLS
    assert "見え方（セルの表示形式" in page
    assert f"/reports/{report.fiscal_year}/{report.number}/workbook.xlsx" in page
    assert "見え方" not in ask(client, file_of(report))


def test_moved_sheets_alone_are_the_same_cells(report: AnnualReport, client: Client) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    book.move_sheet("進捗一覧", offset=-1)
    page = ask(client, saved(book))
    assert title_of(page) == SAME_CELLS
    assert "シートの並びが" in page


def test_two_sheets_that_bear_each_others_names(report: AnnualReport, client: Client) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    one, other = book["データ"], book["コード表"]
    one.title, other.title = "x", "データ"
    one.title = "コード表"
    page = ask(client, saved(book))
    count = re.search(r"違うセルは(\d+)か所です", page)
    assert count is not None
    assert int(count[1]) > MOST_SHOWN == len(differences(page))
    assert f"ほかに{int(count[1]) - MOST_SHOWN}か所違います" in page


def test_the_report_is_known_by_the_footer_where_the_properties_are_lost(
    report: AnnualReport, client: Client
) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    book.properties.identifier = None
    assert title_of(ask(client, saved(book))) == SAME_CELLS
    for sheet in book.worksheets:
        sheet.oddFooter.right.text = ""
    content = saved(book)
    assert title_of(ask(client, content)) == UNKNOWN
    assert title_of(ask(client, content, report=report.pk)) == SAME_CELLS


def test_a_digest_that_nobody_knows(report: AnnualReport, client: Client) -> None:
    book = load_workbook(BytesIO(file_of(report)))
    content = saved(book)
    book.properties.identifier = f"sha256:{'b' * 64}"
    for sheet in book.worksheets:
        sheet.oddFooter.right.text = ""
    page = ask(client, saved(book))
    assert title_of(page) == ELSEWHERE
    assert "b" * 64 in page
    page = ask(client, saved(book), report=report.pk)
    assert title_of(page) == SAME_CELLS
    assert "別の照合値が書かれています" in page
    assert title_of(ask(client, content)) == SAME_CELLS


def test_the_workbook_of_a_draft_says_so(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    draft = opened(small_edition, secretariat)
    content = client_of(secretariat).get(draft.get_workbook_url()).content
    assert title_of(ask(client_of(None), content)) == DRAFT
    report = seal(draft, secretariat)
    page = ask(client_of(secretariat), content, report=report.pk)
    assert title_of(page) == DIFFERENT
    assert "作成中（確定前）の資料だと書かれています" in page


def test_an_unpublished_report_is_for_staff(
    small_edition: Edition, secretariat: User, staff: User, client_of: Clients
) -> None:
    report = sealed(small_edition, secretariat)
    content = file_of(report)
    assert title_of(ask(client_of(staff), content)) == SAME
    page = ask(client_of(None), content)
    assert title_of(page) == ELSEWHERE
    refused = ask(client_of(None), content, report=report.pk)
    assert title_of(refused) == ""
    assert "一覧にある年次報告から選んでください" in refused


def test_an_issue_that_was_corrected_names_its_correction(
    report: AnnualReport, secretariat: User, client_of: Clients
) -> None:
    content = file_of(report)
    correction = open_correction(report=report, reason="誤り", by=secretariat)
    told = "第1号は訂正されています"
    assert told not in ask(client_of(secretariat), content)
    correction = seal(correction, secretariat)
    assert told in ask(client_of(secretariat), content)
    assert told not in ask(client_of(None), content)
    publish(correction, secretariat)
    page = ask(client_of(None), content)
    assert told in page
    assert f'href="{correction.get_absolute_url()}"' in page
    assert told not in ask(client_of(None), file_of(correction))


def test_a_kept_file_that_was_taken_away_is_missed(report: AnnualReport, client: Client) -> None:
    content = file_of(report)
    with connection.cursor() as cursor:
        for trigger in _guards_of_kept(cursor):
            cursor.execute(trigger)
        cursor.execute("DELETE FROM reviews_sealedworkbook")
    assert not SealedWorkbook.objects.exists()
    page = ask(client, content)
    assert title_of(page) == DIFFERENT
    assert "確定したときの照合値と合いません" in page


def _guards_of_kept(cursor: Any) -> list[str]:
    """Return what takes the triggers off the kept workbooks, as someone with the database in hand could."""
    if connection.vendor == "sqlite":
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            ["reviews_sealedworkbook"],
        )
        return [f'DROP TRIGGER "{name}"' for (name,) in cursor.fetchall()]
    # The keys of rows just written are checked first: a table with open checks cannot be altered.
    return [
        "SET CONSTRAINTS ALL IMMEDIATE",
        "ALTER TABLE reviews_sealedworkbook DISABLE TRIGGER USER",
    ]


def test_what_was_changed_behind_the_back_of_the_seal_is_told(
    report: AnnualReport, client: Client
) -> None:
    content = file_of(report)
    with connection.cursor() as cursor:
        for trigger in _guards_of_kept(cursor):
            cursor.execute(trigger)
    kept = SealedWorkbook.objects.get(report=report)
    SealedWorkbook.objects.filter(pk=kept.pk).update(content=saved(load_workbook(BytesIO(content))))
    page = ask(client, saved(load_workbook(BytesIO(content))))
    assert "確定したときの照合値と合いません" in page


def test_the_queries_do_not_grow_with_the_reports(
    report: AnnualReport, secretariat: User, client: Client
) -> None:
    content = saved(load_workbook(BytesIO(file_of(report))))
    ask(client, content)
    few = asked_by(lambda: ask(client, content))
    for _ in range(3):
        later = open_correction(report=report, reason="誤り", by=secretariat)
        report = publish(seal(later, secretariat), secretariat)
    assert_as_many(few, asked_by(lambda: ask(client, content)))
