"""会議資料: the cells say what the document says, print as Japanese paper, and run nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from report_cast import cells, opened, publish, seal, workbook

from initiatives.enums import NO_ANSWER, Rating, Status
from kirishima_dx.workbook_look import lines_in
from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions import open_correction
from reviews.report.changes import CHANGE_COLUMNS
from reviews.report.compiler import PROBLEM_COLUMNS, PROGRESS_COLUMNS, RATING_LABELS, STATUS_LABELS
from reviews.report.document import CellValue, Column, Passage, ReportDocument, Seal, Table
from reviews.report.errata import errata_table
from reviews.report.followed_up import DECISION_COLUMNS
from reviews.report.totals import totals_by_department, totals_by_policy
from reviews.workbooks.report import report_workbook
from reviews.workbooks.table_sheet import AGAIN

MOMENT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
SEALED = Seal(MOMENT, "a" * 64)
KEYS = [column.key for column in PROGRESS_COLUMNS]

line = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@st.composite
def documents(draw: st.DrawFn, texts: st.SearchStrategy[str] = line) -> ReportDocument:
    """A report of a few items in up to two axes of up to two policies, whatever is said of them."""
    rows = []
    for axis in range(1, draw(st.integers(1, 2)) + 1):
        for policy in "AB"[: draw(st.integers(1, 2))]:
            for number in range(1, draw(st.integers(1, 3)) + 1):
                said = {key: draw(texts) for key in KEYS}
                said |= {
                    "code": f"{axis}-{policy}-{number}",
                    "axis": f"軸{axis}",
                    "policy": f"{policy} 方針",
                    "status": draw(st.sampled_from(STATUS_LABELS)),
                    "rating": draw(st.sampled_from(RATING_LABELS)),
                    "as_of": draw(st.sampled_from(["", "2026-09-30"])),
                }
                rows.append(tuple(said[key] for key in KEYS))
    progress = Table("progress", "進捗一覧", PROGRESS_COLUMNS, tuple(rows))
    return ReportDocument(
        (
            Passage("title", "表題", "ためし計画 令和8年度 年次報告"),
            Passage("as_of", "基準日", "令和8年9月30日"),
            Passage("overview", "総括", draw(texts)),
            Passage("technology_trends", "技術動向", draw(texts)),
        ),
        (
            totals_by_policy("totals_by_rating", "進捗評価別", progress, "rating", RATING_LABELS),
            totals_by_policy("totals_by_status", "状態別", progress, "status", STATUS_LABELS),
            *beside(progress),
            progress,
        ),
    )


def beside(progress: Table) -> tuple[Table, ...]:
    """Return the other tables of a report, of each item a row."""
    return (
        totals_by_department(progress, RATING_LABELS, []),
        *(
            Table(key, title, columns, tuple(_row(columns, row) for row in progress.rows))
            for key, title, columns in (
                ("changes", "前年度との比較", CHANGE_COLUMNS),
                ("problems", "課題・協議事項", PROBLEM_COLUMNS),
                ("decisions", "決定事項の対応状況", DECISION_COLUMNS),
            )
        ),
    )


def _row(columns: tuple[Column, ...], row: tuple[CellValue, ...]) -> tuple[CellValue, ...]:
    """Return what a row of 進捗一覧 says under the columns of another table, its 取組実績 in those it has not."""
    said = dict(zip(KEYS, row, strict=True))
    numbers = {"slips": 2, "number": 1}
    return tuple(numbers.get(c.key, said.get(c.key, said["achievements"])) for c in columns)


def made(document: ReportDocument, seal: Seal | None = SEALED) -> dict[str, Worksheet]:
    return {
        sheet.title: sheet
        for sheet in workbook(report_workbook(document, seal=seal, made_at=MOMENT)).worksheets
    }


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Read 進捗一覧 as a person would: by its heads."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows if row[0] is not None]


def numbers_of(sheet: Worksheet) -> dict[tuple[str, str], dict[str, int]]:
    """Read the counts of 総括表 by the names on the left and the words on top."""
    head = next(row for row in sheet.iter_rows() if row[1].value == "取組方針")
    found: dict[tuple[str, str], dict[str, int]] = {}
    axis = ""
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        if not isinstance(row[2].value, int):
            break
        axis = row[0].value or axis
        kinds = [(cell.value, row[cell.column - 1].value) for cell in head[3:] if cell.value]
        # 未回答 is a rating and a status: each table by its own place.
        for start, stop, name in (
            (0, len(RATING_LABELS), "評価"),
            (len(RATING_LABELS), None, "状態"),
        ):
            found[axis, f"{row[1].value or ''}{name}"] = {
                "重点項目数": row[2].value,
                **dict(kinds[start:stop]),
            }
    return found


@settings(max_examples=5, deadline=None)
@given(documents())
def test_the_head_of_a_count_is_never_broken_within_a_word(document: ReportDocument) -> None:
    sheet = made(document)["総括表"]
    head = next(row for row in sheet.iter_rows() if row[1].value == "取組方針")

    heads = [cell for cell in head[2:] if cell.value]
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
    # A text taller than a row goes on in rows of its own, which name the item again and count nothing.
    rows = [row for row in rows_of(sheets["進捗一覧"]) if not row["番号"].endswith(AGAIN)]
    assert len(rows) == len(document.table("progress").rows)  # type: ignore[union-attr]
    numbers = numbers_of(sheets["総括表"])
    for (axis, name), counted in numbers.items():
        policy, column = name[:-2], {"評価": "進捗評価", "状態": "状態"}[name[-2:]]
        chosen = [
            row[column]
            for row in rows
            if axis in (row["軸"], "合計") and policy in (row["取組方針"], "小計", "")
        ]
        assert counted.pop("重点項目数") == len(chosen)
        assert counted == {label: chosen.count(label) for label in counted}
    assert ("合計", "評価") in numbers


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
    assert cells(content) == cells(later)
    rows = rows_of(made(document)["進捗一覧"])
    progress = document.table("progress")
    assert progress is not None
    for row, said in zip(rows, progress.rows, strict=True):
        values = [
            value.date().isoformat() if isinstance(value, datetime) else value or ""
            for value in row.values()
        ]
        assert values == list(said)


def hostile(text: str) -> ReportDocument:
    row = tuple("1-A-1" if key == "code" else text for key in KEYS)
    progress = Table("progress", "進捗一覧", PROGRESS_COLUMNS, (row,))
    return ReportDocument(
        (Passage("title", "表題", text), Passage("overview", "総括", text)),
        (
            totals_by_policy("totals_by_rating", "評価別", progress, "rating", RATING_LABELS),
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
    assert sheets["進捗一覧"]["A2"].value == "1-A-1"
    assert sheets["総括表"].oddHeader.left.text is not None


def test_a_very_long_text_goes_on_in_rows_that_no_page_break_cuts() -> None:
    """A row of Excel is 409 points tall at most, and merged rows are cut wherever a page ends."""
    text = "とても長い取組の実績です。" * 300
    sheet = made(hostile(text))["進捗一覧"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    place = KEYS.index("achievements")
    heights = [size.height for number, size in sheet.row_dimensions.items() if number > 1]
    assert max(heights) <= 409
    assert "".join(row[place] or "" for row in rows) == text
    assert {row[0] for row in rows[1:]} == {"1-A-1（続き）"}
    assert not sheet.merged_cells.ranges
    for row in rows:
        assert row[place] is None or row[place].endswith("。")
        lines = lines_in(row[place] or "", 27, 10)
        assert lines * 10 * 1.45 <= sheet.row_dimensions[2].height


def test_a_text_beyond_what_a_cell_holds_says_that_it_goes_on() -> None:
    sheet = made(hostile("長" * 40_000))["進捗一覧"]
    parts = [str(row[0].value or "") for row in sheet.iter_rows(min_row=2, min_col=12, max_col=12)]
    assert len("".join(parts)) <= 32_767
    assert "続きは画面" in "".join(parts)[-40:]


@pytest.fixture
def document() -> ReportDocument:
    long = "支所の窓口で試行し、利用者の声を聞いて案内の順番を改めた。" * 6
    row = dict.fromkeys(KEYS, "") | {
        "code": "1-A-1",
        "axis": "軸",
        "policy": "A 方針",
        "title": "題名",
        "status": "試行中",
        "rating": "遅れている",
        "previous_rating": "順調",
        "achievements": long,
        "as_of": "2026-09-30",
    }
    progress = Table("progress", "進捗一覧", PROGRESS_COLUMNS, (tuple(row[key] for key in KEYS),))
    return ReportDocument(
        (
            Passage("title", "表題", "ためし計画 年次報告"),
            Passage("municipality", "地方公共団体名", "ためし町"),
            Passage("as_of", "基準日", "令和8年9月30日"),
            Passage("overview", "総括", "よく進んだ。"),
            Passage("sealed_by", "確定者", "事務 局子"),
        ),
        (
            totals_by_policy(
                "totals_by_rating", "進捗評価別の総括", progress, "rating", RATING_LABELS
            ),
            totals_by_policy("totals_by_status", "状態別の総括", progress, "status", STATUS_LABELS),
            *beside(progress),
            progress,
        ),
    )


PAPERS = {
    "総括表": "資料1",
    "進捗一覧": "資料2",
    "課題・協議事項": "資料3",
    "決定事項の対応状況": "資料4",
    "前年度との比較": "参考資料",
}
MACHINES = ["データ", "コード表", "定義"]


def test_the_pages_are_set_up_for_a3(document: ReportDocument) -> None:
    sheets = made(document)
    assert list(sheets) == [*PAPERS, *MACHINES]
    for name, number in PAPERS.items():
        sheet = sheets[name]
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation) == (8, "landscape")
        assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
        assert sheet.oddHeader.right.text == number
        assert sheet.oddFooter.left.text == "基準日 令和8年9月30日"
        assert sheet.oddFooter.center.text == "&P／&N"
        assert sheet.oddFooter.right.text == f"SHA-256 {'a' * 64}"
    assert sheets["進捗一覧"].print_title_rows == "$1:$1"
    assert sheets["進捗一覧"].freeze_panes == "E2"
    assert sheets["課題・協議事項"].print_title_rows == "$2:$2"
    assert sheets["課題・協議事項"]["A1"].value == "課題・協議事項"


def test_an_empty_table_says_that_there_is_nothing(document: ReportDocument) -> None:
    tables = tuple(
        replace(table, rows=()) if table.key in ("problems", "decisions") else table
        for table in document.tables
    )
    sheets = made(replace(document, tables=tables))
    assert sheets["課題・協議事項"]["A3"].value == "本部での協議を求める課題はありません。"
    assert str(sheets["決定事項の対応状況"]["A3"].value).startswith("これまでの決定・指示事項で")


def test_the_departments_are_summed_below_the_words(document: ReportDocument) -> None:
    rows = list(made(document)["総括表"].iter_rows(values_only=True))
    heads = [number for number, row in enumerate(rows) if row[0] == "担当課別の総括"]
    assert len(heads) == 1
    assert rows[heads[0] + 1][:4] == ("担当課", None, "重点項目数", "順調")
    assert rows[-1][:3] == ("合計", None, 1)
    assert rows[-1][3 : 3 + len(RATING_LABELS)] == (0, 0, 0, 1, 0, 0)


def test_a_draft_says_so_on_every_page(document: ReportDocument) -> None:
    sheets = made(document, seal=None)
    for name in PAPERS:
        sheet = sheets[name]
        assert sheet.oddHeader.center.text == "作成中（確定前）"
        assert sheet.oddFooter.right.text == "作成中"
    assert "作成中（確定前）" in [row[0] for row in sheets["総括表"].iter_rows(values_only=True)]
    sealed = made(document)
    for name in PAPERS:
        assert sealed[name].oddHeader.center.text == ""


def test_the_file_is_dated_by_its_seal(document: ReportDocument) -> None:
    book = workbook(
        report_workbook(document, seal=SEALED, made_at=datetime(2030, 1, 1, tzinfo=UTC))
    )
    properties = book.properties
    assert properties.created == properties.modified == MOMENT.replace(tzinfo=None)
    assert properties.identifier == f"sha256:{'a' * 64}"
    assert (properties.creator, properties.contentStatus) == ("ためし町", "確定")


def test_rows_are_tall_enough_for_what_they_hold(document: ReportDocument) -> None:
    """The longest text is 174 characters in a column of 27: fourteen of them a line at ten points, so 13 lines."""
    sheet = made(document)["進捗一覧"]
    assert sheet.row_dimensions[2].height >= 13 * 10 * 1.3
    assert sheet.row_dimensions[2].height <= 17 * 10 * 1.5


def test_a_rating_bears_a_mark_that_is_no_part_of_its_value(document: ReportDocument) -> None:
    sheet = made(document)["進捗一覧"]
    cell = sheet.cell(2, KEYS.index("rating") + 1)
    assert (cell.value, cell.number_format, cell.font.b) == ("遅れている", '"▲ "@', True)
    day = sheet.cell(2, KEYS.index("as_of") + 1)
    assert day.value == datetime(2026, 9, 30)
    assert day.is_date


def test_numbers_are_numbers(document: ReportDocument) -> None:
    assert numbers_of(made(document)["総括表"])["合計", "評価"] == {
        "重点項目数": 1,
        **{label: int(label == "遅れている") for label in (*Rating.labels, NO_ANSWER)},
    }


def test_the_chart_reads_the_rows_of_policies_alone(document: ReportDocument) -> None:
    content = report_workbook(document, seal=SEALED, made_at=MOMENT)
    chart = ZipFile(BytesIO(content)).read("xl/charts/chart1.xml").decode()
    sheet = made(document)["総括表"]
    policy = next(row[1].row for row in sheet.iter_rows() if row[1].value == "A 方針")
    assert chart.count("<ser>") == len(RATING_LABELS)
    assert f"'総括表'!$B${policy}:$B${policy}" in chart
    assert 'val="stacked"' in chart


def test_the_one_who_sealed_is_not_named(document: ReportDocument) -> None:
    said = [v for row in made(document)["総括表"].iter_rows(values_only=True) for v in row]
    assert "よく進んだ。" in said
    assert "事務 局子" not in said


def test_an_unknown_column_and_table_are_not_lost(document: ReportDocument) -> None:
    """A report sealed by a later or an earlier make of this program has other columns."""
    progress = document.table("progress")
    assert progress is not None
    wider = replace(
        progress,
        columns=(*progress.columns, Column("budget", "予算")),
        rows=tuple((*row, 1200) for row in progress.rows),
    )
    sheet = made(replace(document, tables=(wider,)))["進捗一覧"]
    assert (sheet.cell(1, len(KEYS) + 1).value, sheet.cell(2, len(KEYS) + 1).value) == (
        "予算",
        1200,
    )


def test_the_workbook_of_a_report(
    small_edition: Edition,
    responsible: FocusItem,
    record: Callable[..., object],
    editor: User,
    secretariat: User,
    client: Client,
) -> None:
    record(responsible, by=editor)
    first = publish(seal(opened(small_edition, secretariat), secretariat), secretariat)
    response = client.get("/reports/2026/workbook.xlsx")
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert (
        "%E5%B9%B4%E6%AC%A1%E5%A0%B1%E5%91%8A_2026_1.xlsx"
        in response.headers["Content-Disposition"]
    )
    rows = rows_of(workbook(response.content)["進捗一覧"])
    assert [row["番号"] for row in rows] == ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]
    assert [row["状態"] for row in rows] == [Status.PILOTING.label, *[NO_ANSWER] * 3]
    assert rows[0]["基準日"].date() == date(2026, 9, 30)
    second = seal(open_correction(report=first, reason="誤り", by=secretariat), secretariat)
    publish(second, secretariat)
    content = client.get(second.get_workbook_url()).content
    names = workbook(content).sheetnames
    assert names == [*list(PAPERS)[:-1], "正誤表", "前年度との比較", *MACHINES]
    assert workbook(content)["正誤表"].oddHeader.right.text == "資料5"
