"""Documents of reports for the tests of their workbooks, and the sheets drawn from them."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from report_cast import workbook

from reviews.queries.followed_up import DECISION_COLUMNS
from reviews.report.changes import CHANGE_COLUMNS
from reviews.report.compiler import PROBLEM_COLUMNS, PROGRESS_COLUMNS, RATING_LABELS, STATUS_LABELS
from reviews.report.document import CellValue, Column, Passage, ReportDocument, Seal, Table
from reviews.report.totals import totals_by_department, totals_by_policy
from reviews.workbooks.report import report_workbook

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
