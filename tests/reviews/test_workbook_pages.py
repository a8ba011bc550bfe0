"""会議資料 as paper: pages, heads, marks and heights of one report, and who takes its workbook."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from report_cast import opened, publish, seal, workbook
from sheet_cast import KEYS, MOMENT, RATING_LABELS, SEALED, beside, day, made, numbers_of, rows_of

from initiatives.enums import NO_ANSWER, Rating, Status
from initiatives.stated_column import Kind
from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.reporting import open_correction
from reviews.report.compiler import PROGRESS_COLUMNS
from reviews.report.document import Cell, Column, Passage, ReportDocument, Table
from reviews.report.stated import chosen
from reviews.report.totals import totals_by_policy
from reviews.workbooks.report import report_workbook


@pytest.fixture
def document() -> ReportDocument:
    long = "支所の窓口で試行し、利用者の声を聞いて案内の順番を改めた。" * 6
    row: dict[str, Cell | str] = {
        "code": "1-A-1",
        "axis": "軸",
        "policy": "A 方針",
        "title": "題名",
        "status": chosen(Status.PILOTING),
        "rating": chosen(Rating.LATE),
        "previous_rating": chosen(Rating.ON_TRACK),
        "achievements": long,
        "as_of": day("2026-09-30"),
    }
    progress = Table.of("progress", "進捗一覧", PROGRESS_COLUMNS, [row])
    return ReportDocument(
        (
            Passage("title", "表題", "ためし計画 年次報告"),
            Passage("municipality", "地方公共団体名", "ためし町"),
            Passage("as_of", "基準日", "令和8年9月30日"),
            Passage("overview", "総括", "よく進んだ。"),
            Passage("sealed_by", "確定者", "事務 局子"),
        ),
        (
            totals_by_policy("totals_by_rating", "進捗評価別の総括", progress, "rating"),
            totals_by_policy("totals_by_status", "状態別の総括", progress, "status"),
            *beside(progress),
            progress,
        ),
    )


PAPERS = {
    "総括表": "資料1",
    "遅れている取組": "参考資料",
    "進捗一覧": "資料2",
    "課題・協議事項": "資料3",
    "決定事項の対応状況": "資料4",
    "検討項目（★）": "参考資料",
    "前年度との比較": "参考資料",
}
PLAIN = "進捗一覧（表）"
REFERENCES = ["検討項目（★）", "改定の検討", "前年度との比較"]
MACHINES = [PLAIN, "データ", "コード表", "定義"]


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
    assert sheets["進捗一覧"].print_title_rows == "$2:$2"
    assert sheets["進捗一覧"].freeze_panes == "B3"
    assert sheets[PLAIN].freeze_panes == "E2"
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
    total = next(row for row in rows[heads[0] :] if row[0] == "合計")
    assert total[:3] == ("合計", None, 1)
    assert total[3 : 3 + len(RATING_LABELS)] == (0, 0, 0, 1, 0, 0)


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


def test_a_rating_bears_a_mark_that_is_no_part_of_its_value(document: ReportDocument) -> None:
    sheet = made(document)[PLAIN]
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
    policy = next(row[1].row for row in sheet.iter_rows() if row[1].value == "1-A 方針")
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
        columns=(*progress.columns, Column("budget", "予算", Kind.WHOLE)),
        rows=tuple((*row, Cell("1,200千円", 1200)) for row in progress.rows),
    )
    sheets = made(replace(document, tables=(wider,)))
    sheet = sheets[PLAIN]
    assert (sheet.cell(1, len(KEYS) + 1).value, sheet.cell(2, len(KEYS) + 1).value) == (
        "予算",
        1200,
    )
    assert any("予算　1,200千円" in str(cell.value) for row in sheets["進捗一覧"] for cell in row)


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
    rows = rows_of(workbook(response.content)[PLAIN])
    assert [row["番号"] for row in rows] == ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]
    assert [row["状態"] for row in rows] == [Status.PILOTING.label, *[NO_ANSWER] * 3]
    assert rows[0]["基準日"].date() == date(2026, 9, 30)
    second = seal(open_correction(report=first, reason="誤り", by=secretariat), secretariat)
    publish(second, secretariat)
    content = client.get(second.get_workbook_url()).content
    names = workbook(content).sheetnames
    assert names == [*list(PAPERS)[:-2], "正誤表", *REFERENCES, *MACHINES]
    assert workbook(content)["正誤表"].oddHeader.right.text == "資料5"
