"""F3: no exported cell runs as a formula, none is cut in silence, no CSV shows mojibake."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from kirishima_dx.spreadsheets.writing import (
    CELL_LIMIT,
    Readers,
    cell_text,
    csv_bytes,
    csv_original,
    csv_text,
    download,
    put,
)

LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A1", "＝1+1", "\n=1"]


def written_and_read(value: str | date | None) -> Cell:
    book = Workbook()
    put(book.worksheets[0].cell(1, 1), value)
    buffer = BytesIO()
    book.save(buffer)
    cell = load_workbook(BytesIO(buffer.getvalue())).worksheets[0].cell(1, 1)
    assert isinstance(cell, Cell)
    return cell


@pytest.mark.parametrize("text", LIVE)
def test_f3_live_text_comes_back_as_the_same_text(text: str) -> None:
    cell = written_and_read(text)

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_plain_text_needs_no_mark_and_dates_stay_dates() -> None:
    assert not written_and_read("窓口=1").quotePrefix
    assert written_and_read(date(2026, 10, 1)).is_date
    assert written_and_read("").value is None
    assert written_and_read(None).value is None


def test_f3_what_excel_refuses_shows() -> None:
    assert cell_text("一\x0b二\x00三") == "一\ufffd二\ufffd三"


@pytest.mark.parametrize("character", ["あ", "𠮷"])
def test_f3_a_text_too_long_says_so(character: str) -> None:
    text = cell_text(character * CELL_LIMIT + "終")

    assert len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert text.startswith(character)
    assert text.endswith("続きは画面でご覧ください】")


def test_a_text_that_fits_is_left_alone() -> None:
    assert cell_text("あ" * CELL_LIMIT) == "あ" * CELL_LIMIT


@pytest.mark.parametrize("text", LIVE)
def test_f3_csv_neutralises_live_text(text: str) -> None:
    assert csv_text(text) == f"'{text}"


@given(st.text(alphabet="=+-@'\t\r\n＝ aあ1", max_size=8))
def test_f3_neutralising_is_undone_exactly(text: str) -> None:
    assert csv_original(csv_text(text)) == text


def test_csv_is_what_excel_opens() -> None:
    content = csv_bytes([["番号", "基準日"], ["=1", date(2026, 10, 1)], ["a,b", None]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '番号,基準日\r\n\'=1,2026-10-01\r\n"a,b",\r\n'
    assert list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))[2] == ["a,b", ""]


def test_csv_in_cp932_shows_what_it_lacks() -> None:
    content = csv_bytes([["髙橋〜−☺𠮷"]], "cp932")

    assert content.decode("cp932") == "髙橋～－〓〓\r\n"


def test_a_japanese_file_name_is_written_as_rfc_5987() -> None:
    response = download(
        b"", name="進捗一覧_20261015.csv", content_type="text/csv", readers=Readers.ANYONE
    )

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E9%80%B2%E6%8D%97%E4%B8%80%E8%A6%A7_20261015.csv"
    )
