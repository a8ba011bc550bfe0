"""新旧対照表 as a workbook: the words of the page, underlined where it marks them, ready to print."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from compare_cast import WORDS, amend, change, plain_cell, table_of, underlined, write_section
from django.test import Client
from draft_cast import text_of
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.look import TALLEST_ROW, height_of, lines_in
from kirishima_dx.spreadsheets.marked_cell import parted
from people.models import User
from plans.models import Edition
from revisions.actions.amending import amend_end
from revisions.papers.table import Column, ComparisonTable, Line, Row, Stretch, plain_text
from revisions.workbooks.comparison import HEAD_ROW, SIZE, WIDTHS, comparison_workbook

ClientOf = Callable[[User | None], Client]
URL = "/editions/compare/1.0/1.1.xlsx"
MOMENT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)


def opened(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content), rich_text=True).worksheets[0]


def drawn(table: ComparisonTable, old: Edition, new: Edition) -> Worksheet:
    return opened(comparison_workbook(table, old=old, new=new, made_at=MOMENT))


def body(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """Return the values of the rows below the heads, without the legend."""
    return list(sheet.iter_rows(min_row=HEAD_ROW + 1, max_row=sheet.max_row - 1, values_only=True))


@pytest.fixture
def sheet(small_edition: Edition, draft: Edition, secretariat: User) -> Worksheet:
    change(draft, secretariat)
    return drawn(table_of(small_edition, draft), small_edition, draft)


# It works


def test_the_workbook_says_what_the_page_says(
    small_edition: Edition, draft: Edition, secretariat: User, sheet: Worksheet
) -> None:
    table = table_of(small_edition, draft)
    assert [tuple(plain_cell(value) for value in row) for row in body(sheet)] == [
        (plain_text(row.new), plain_text(row.old), row.remarks.in_words) for row in table.rows
    ]


def test_changed_words_are_underlined_on_both_sides(sheet: Worksheet) -> None:
    rows = {plain_cell(row[1]).split("\n")[0]: row for row in body(sheet)}
    new, old, remarks = rows["1-A-1　申請のオンライン化"]
    assert (underlined(new), underlined(old), underlined(remarks)) == (
        ["スマートフォン"],
        ["スマホ"],
        [],
    )
    assert "理由：窓口が変わったため。" in remarks
    ended = next(row for row in body(sheet) if row[0] == "（削る）")
    assert (
        "".join(underlined(ended[1]))
        == "1-B-1　手続きの案内必要な手続きを事前に判定できるようにします。"
    )


def test_the_sheet_is_ready_to_print(sheet: Worksheet) -> None:
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (
        9,
        "landscape",
        1,
        0,
    )
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddHeader.left.text == "ためし町DX計画 新旧対照表"
    assert sheet.oddHeader.right.text == "第1.0版 → 第1.1版（案）"
    assert "案" in sheet.oddHeader.center.text
    assert sheet.oddFooter.center.text == "&P／&N"
    assert [cell.value for cell in sheet[HEAD_ROW]] == [
        "改正後（第1.1版（案））",
        "改正前（第1.0版）",
        "備考",
    ]
    assert sheet.cell(sheet.max_row, 1).value == "備考　改正部分は、下線の部分である。"
    rows = range(HEAD_ROW, sheet.max_row)
    assert not [one for one in sheet.merged_cells.ranges if one.min_row in rows]


def test_each_row_is_as_tall_as_its_text(sheet: Worksheet) -> None:
    for place, row in enumerate(body(sheet), start=HEAD_ROW + 1):
        lines = max(
            lines_in(plain_cell(value), width, SIZE)
            for value, width in zip(row[:2], (WIDTHS["new"], WIDTHS["old"]), strict=True)
        )
        assert sheet.row_dimensions[place].height >= height_of(lines, SIZE)


def test_the_file_is_given_under_its_japanese_name(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    change(draft, secretariat)
    response = client_of(secretariat).get(URL)
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "%E6%96%B0%E6%97%A7%E5%AF%BE%E7%85%A7%E8%A1%A8" in response["Content-Disposition"]
    assert "スマートフォン" in str(
        [[plain_cell(v) for v in row] for row in body(opened(response.content))]
    )


def test_the_columns_stand_in_the_order_of_the_city(
    draft: Edition, secretariat: User, client_of: ClientOf, settings: Any
) -> None:
    change(draft, secretariat)
    settings.COMPARISON_TABLE = {"columns": ("remarks", "old", "new"), "old": "現行"}
    sheet = opened(client_of(secretariat).get(URL).content)
    assert [cell.value for cell in sheet[HEAD_ROW]] == [
        "備考",
        "現行（第1.0版）",
        "改正後（第1.1版（案））",
    ]
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [
        WIDTHS["remarks"],
        WIDTHS["old"],
        WIDTHS["new"],
    ]
    assert any(row[1] == "（新設）" for row in body(sheet))


def test_editions_that_do_not_differ_give_a_sheet_that_says_so(
    small_edition: Edition, draft: Edition
) -> None:
    sheet = drawn(table_of(small_edition, draft), small_edition, draft)
    assert sheet.cell(HEAD_ROW + 1, 1).value == "第1.0版と第1.1版（案）の文言に、違いはありません。"


# What a cell cannot hold


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1+1", "=HYPERLINK(1)", "\t=1"])
def test_no_text_runs_as_a_formula(small_edition: Edition, draft: Edition, text: str) -> None:
    lines = (Line((Stretch(text, True), Stretch("の続き"))),)
    table = ComparisonTable(_columns(), [Row(lines, (Line((Stretch(text),)),))], WORDS)
    content = comparison_workbook(table, old=small_edition, new=draft, made_at=MOMENT)
    sheet = opened(content)
    cells = [sheet.cell(HEAD_ROW + 1, column) for column in (1, 2)]
    assert [plain_cell(cell.value) for cell in cells] == [f"{text}の続き", text]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert all(cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_signs_that_no_cell_holds_are_replaced_and_spaces_kept(
    small_edition: Edition, draft: Edition
) -> None:
    lines = (Line((Stretch("あ\x0b"), Stretch(" ", True), Stretch("_x000D_い\ud800"))),)
    table = ComparisonTable(_columns(), [Row(lines, lines)], WORDS)
    value = drawn(table, small_edition, draft).cell(HEAD_ROW + 1, 1).value
    # openpyxl undoes the escape of a word that looks like one.
    assert plain_cell(value) == "あ\ufffd _x000D_い\ufffd"


def test_a_long_text_goes_on_in_further_rows_and_nothing_is_lost(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    long = "毎年度の取組を見直し、記録します。" * 2_500
    assert len(long) > 32_767
    write_section(draft, "purpose", f"この計画は、{long}", by=secretariat)
    sheet = drawn(table_of(small_edition, draft), small_edition, draft)
    said = "".join(plain_cell(row[0]) for row in body(sheet))
    assert long in said.replace("\n", "")
    heights = [sheet.row_dimensions[n].height for n in range(HEAD_ROW + 1, sheet.max_row)]
    assert max(heights) <= TALLEST_ROW
    assert all(len(plain_cell(value)) < 32_767 for row in body(sheet) for value in row)


def test_a_reason_that_is_long_goes_on_too(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    reason = "市民の声を受けて改めるため。" * 140
    amend(draft, "1-A-1", by=secretariat, reason=reason, title="届出のオンライン化")
    amend_end(text=text_of(draft, "1-B-1"), opened_version=1, reason="終える。", by=secretariat)
    sheet = drawn(table_of(small_edition, draft), small_edition, draft)
    assert reason in "".join(plain_cell(row[2]) for row in body(sheet)).replace("\n", "")


# Laws

stretches = st.lists(
    st.tuples(st.text("あ。=- \n語", min_size=1, max_size=6), st.booleans()), max_size=6
)


@given(stretches, st.lists(st.integers(0, 40), max_size=4))
def test_parting_a_marked_text_keeps_its_words_and_its_marks(
    marked: list[tuple[str, bool]], cuts: list[int]
) -> None:
    text = "".join(words for words, _ in marked)
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    parts = [text[start:end] for start, end in pairwise(places)]
    found = parted(marked, parts)
    assert ["".join(words for words, _ in part) for part in found] == parts
    signs = [(sign, mark) for words, mark in marked for sign in words]
    assert [(sign, mark) for part in found for words, mark in part for sign in words] == signs


def _columns() -> list[Column]:
    return [Column("new", "改正後"), Column("old", "改正前"), Column("remarks", "備考")]
