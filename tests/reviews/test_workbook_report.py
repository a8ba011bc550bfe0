"""会議資料: the cells say what the document says, print as Japanese paper, and run nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_cast import workbook
from sheet_cast import (
    KEYS,
    MOMENT,
    RATING_LABELS,
    SEALED,
    beside,
    documents,
    made,
    numbers_of,
    rows_of,
)

from kirishima_dx.spreadsheets.look import lines_in
from kirishima_dx.spreadsheets.stacked import AGAIN
from reviews.report.compiler import PROGRESS_COLUMNS
from reviews.report.document import Passage, ReportDocument, Table
from reviews.report.errata import errata_table
from reviews.report.totals import totals_by_policy
from reviews.workbooks.report import report_workbook
from reviews.workbooks.table_sheet import drawn_value


@settings(max_examples=5, deadline=None)
@given(documents())
def test_the_head_of_a_count_is_never_broken_within_a_word(document: ReportDocument) -> None:
    sheet = made(document)["総括表"]
    head = next(row for row in sheet.iter_rows() if row[1].value == "取組方針")

    heads = head[3 : 3 + len(RATING_LABELS)]
    lines = {
        cell.value: lines_in(
            f"◎ {cell.value}",
            sheet.column_dimensions[cell.column_letter].width,
            cell.font.size,
        )
        for cell in heads
        if cell.value in RATING_LABELS
    }
    assert lines == dict.fromkeys(RATING_LABELS, 1)


@settings(max_examples=10, deadline=None)
@given(documents())
def test_r3_every_number_can_be_recomputed_from_the_rows(document: ReportDocument) -> None:
    sheets = made(document)
    rows = rows_of(sheets["進捗一覧（表）"])
    assert len(rows) == len(document.table("progress").rows)  # type: ignore[union-attr]
    numbers = numbers_of(sheets["総括表"])
    for (axis, name), counted in numbers.items():
        policy, column = (
            name[:-2].partition("-")[2] or name[:-2],
            {"評価": "進捗評価", "状態": "状態"}[name[-2:]],
        )
        chosen = [
            row[column]
            for row in rows
            if axis in (row["軸"], "合計") and policy in (row["取組方針"], "小計", "")
        ]
        assert counted.pop("重点項目数") == len(chosen)
        assert counted == {label: chosen.count(label) for label in counted}
    assert ("合計", "評価") in numbers


def written(content: bytes) -> dict[str, bytes]:
    """Return the parts of the file but for its properties, which say when it was made."""
    with ZipFile(BytesIO(content)) as parts:
        names = sorted(set(parts.namelist()) - {"docProps/core.xml"})
        assert "xl/worksheets/sheet1.xml" in names
        return {name: parts.read(name) for name in names}


@settings(max_examples=10, deadline=None)
@given(
    documents(
        st.sampled_from(["=1+1", "+1", "-1", "@A1", "\tx", "二行\nの文", "ふつう", "", "a&b"])
    )
)
def test_the_same_document_gives_the_same_cells_and_every_word_of_it(
    document: ReportDocument,
) -> None:
    content = report_workbook(document, seal=SEALED, made_at=MOMENT)
    later = report_workbook(document, seal=SEALED, made_at=datetime(2028, 1, 1, tzinfo=UTC))
    assert written(content) == written(later)
    rows = rows_of(workbook(content)["進捗一覧（表）"])
    progress = document.table("progress")
    assert progress is not None
    for row, said in zip(rows, progress.rows, strict=True):
        cells = zip(progress.columns, said, strict=True)
        drawn = [drawn_value(column, cell) for column, cell in cells]
        values = [
            value.date() if isinstance(value, datetime) else "" if value is None else value
            for value in row.values()
        ]
        assert values == drawn


def hostile(text: str) -> ReportDocument:
    row = {key: "1-A-1" if key == "code" else text for key in KEYS}
    progress = Table.of("progress", "進捗一覧", PROGRESS_COLUMNS, [row])
    return ReportDocument(
        (Passage("title", "表題", text), Passage("overview", "総括", text)),
        (
            totals_by_policy("totals_by_rating", "評価別", progress, "rating"),
            *beside(progress),
            progress,
            errata_table(ReportDocument((), ()), ReportDocument((), (progress,))),
        ),
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|'/c calc'!A1", "+81", "-1", "@SUM(A1)", "\tx", "＝1＋1"]
)
def test_f3_nothing_in_the_workbook_runs(text: str) -> None:
    sheets = made(hostile(text))
    live = {
        cell.coordinate: cell.data_type
        for sheet in sheets.values()
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == text
    }
    assert live
    assert set(live.values()) == {"s"}
    title = sheets["総括表"]["A1"]
    assert (title.value, title.quotePrefix) == (text, True)


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x0b制御\x1f文字",
        "改行\r\n復帰\rあり",
        "絵文字😀と𠮷",
        "_x000D_",
        '&P &A "&N"',
        "\ufffe",
    ],
)
def test_a_hostile_text_makes_a_file_that_opens(text: str) -> None:
    sheets = made(hostile(text))
    assert sheets["進捗一覧（表）"]["A2"].value == "1-A-1"
    assert sheets["総括表"].oddHeader.left.text is not None


def test_a_very_long_text_goes_on_in_rows_that_no_page_break_cuts() -> None:
    """A row of Excel is 409 points tall at most, and merged rows are cut wherever a page ends."""
    text = "とても長い取組の実績です。" * 300
    sheet = made(hostile(text))["進捗一覧"]
    place = next(cell.column for cell in sheet[2] if cell.value == "取組実績・成果")
    cells = [str(sheet.cell(row, place).value or "") for row in range(3, sheet.max_row + 1)]
    assert "".join(cells).count("とても長い取組の実績です。") == 600
    assert max(size.height for size in sheet.row_dimensions.values()) <= 409
    again = [str(row[0].value) for row in sheet.iter_rows(min_row=3)]
    assert f"1-A-1{AGAIN}" in again
    for number, cell in enumerate(cells, start=3):
        lines = lines_in(cell, 50, 10)
        assert not cell or lines * 10 * 1.45 <= sheet.row_dimensions[number].height


def test_a_text_beyond_what_a_cell_holds_says_that_it_goes_on() -> None:
    sheet = made(hostile("長" * 40_000))["進捗一覧（表）"]
    (told,) = (
        cell.value for row in sheet.iter_rows(min_row=2, min_col=12, max_col=12) for cell in row
    )
    assert len(told) <= 32_767
    assert "続きは画面" in told[-40:]


def test_r2_a_column_that_a_later_version_gained_is_no_error() -> None:
    decisions = next(table for table in hostile("語").tables if table.key == "decisions")
    kept = [place for place, one in enumerate(decisions.columns) if one.key != "revision"]
    older = replace(
        decisions,
        columns=tuple(decisions.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in decisions.rows),
    )

    assert older.rows
    old, new = ReportDocument((), (older,)), ReportDocument((), (decisions,))
    assert errata_table(old, new).rows == ()
