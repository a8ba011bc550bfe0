"""Documents of reports for the tests of their workbooks, and the sheets drawn from them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from report_cast import workbook

from initiatives.stated_column import Kind
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.number import number_words
from reviews.queries.followed_up import DECISION_COLUMNS
from reviews.queries.studied import STUDY_COLUMNS
from reviews.report import late
from reviews.report.changes import CHANGE_COLUMNS
from reviews.report.compiler import PROBLEM_COLUMNS, PROGRESS_COLUMNS
from reviews.report.document import (
    Cell,
    Column,
    Passage,
    Record,
    ReportDocument,
    Seal,
    Table,
)
from reviews.report.looks import choices_of
from reviews.report.stated import SILENT
from reviews.report.totals import totals_by_department, totals_by_policy
from reviews.workbooks.report import report_workbook

MOMENT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
SEALED = Seal(MOMENT, "a" * 64)
KEYS = [column.key for column in PROGRESS_COLUMNS]
RATING_LABELS, STATUS_LABELS = (list(choices_of(scale).values()) for scale in ("rating", "status"))

line = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def said_in(column: Column, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Cell]:
    """Whatever may stand in a column of its kind."""
    if column.kind is Kind.CHOICE:
        choices = [Cell(word, code) for code, word in choices_of(column.scale).items()]
        return st.sampled_from(choices if SILENT in choices else [Cell(), *choices])
    if column.kind is Kind.DAY:
        return st.sampled_from([Cell(), day("2026-09-30")])
    if column.kind is Kind.FLAG:
        return st.sampled_from([Cell(), Cell("★", value=True)])
    if column.kind in (Kind.WHOLE, Kind.DECIMAL):
        numbers = st.integers(-9999, 9999).map(lambda n: Decimal(n).scaleb(-column.places))
        return st.just(Cell()) | numbers.map(partial(number, column))
    return texts.map(Cell)


def number(column: Column, value: Decimal) -> Cell:
    exact = str(value) if column.kind is Kind.DECIMAL else int(value)
    return Cell(number_words(value, unit=column.unit), exact)


@st.composite
def documents(draw: st.DrawFn, texts: st.SearchStrategy[str] = line) -> ReportDocument:
    """A report of a few items in up to two axes of up to two policies, whatever is said of them."""
    rows = []
    for axis in range(1, draw(st.integers(1, 2)) + 1):
        for policy in "AB"[: draw(st.integers(1, 2))]:
            for item in range(1, draw(st.integers(1, 3)) + 1):
                said = {column.key: draw(said_in(column, texts)) for column in PROGRESS_COLUMNS}
                said |= {
                    "code": Cell(f"{axis}-{policy}-{item}"),
                    "axis": Cell(f"軸{axis}"),
                    "policy": Cell(f"{policy} 方針"),
                }
                rows.append(said)
    progress = Table.of("progress", "進捗一覧", PROGRESS_COLUMNS, rows)
    return ReportDocument(
        (
            Passage("title", "表題", "ためし計画 令和8年度 年次報告"),
            Passage("as_of", "基準日", "令和8年9月30日"),
            Passage("overview", "総括", draw(texts)),
            Passage("technology_trends", "技術動向", draw(texts)),
        ),
        (
            totals_by_policy("totals_by_rating", "進捗評価別", progress, "rating"),
            totals_by_policy("totals_by_status", "状態別", progress, "status"),
            *beside(progress),
            progress,
        ),
    )


def day(iso: str) -> Cell:
    return Cell(wareki_date(date.fromisoformat(iso)), iso)


def beside(progress: Table) -> tuple[Table, ...]:
    """Return the other tables of a report, of each item a row."""
    return (
        totals_by_department(progress, []),
        *(
            Table.of(key, title, columns, [_row(columns, row) for row in progress.records])
            for key, title, columns in (
                ("changes", "前年度との比較", CHANGE_COLUMNS),
                ("problems", "課題・協議事項", PROBLEM_COLUMNS),
                (late.KEY, late.TITLE, late.LATE_COLUMNS),
                ("decisions", "決定事項の対応状況", DECISION_COLUMNS),
                ("studies", "検討項目（★）", STUDY_COLUMNS),
            )
        ),
    )


def _row(columns: tuple[Column, ...], said: Record) -> dict[str, Cell | str | int]:
    """Return what a row of 進捗一覧 says under the columns of another table, its 取組実績 in those it has not."""
    numbers = {"slips": 2, "number": 1}
    return {
        c.key: numbers.get(c.key, said.get(c.key, said["achievements"] if c.kind in WORDS else ""))
        for c in columns
    }


WORDS = (Kind.TEXT, Kind.CHOICE)


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
