"""A sealed cell keeps its words and their value; whatever is computed reads the value (decision 0002)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_cast import sealed

from initiatives.enums import NO_ANSWER_CODE, Rating, Status
from initiatives.models import ProgressEntry
from initiatives.stated_column import Asked, Kind, StatedColumn, Widths
from initiatives.statement import COLUMNS
from people.models import User
from plans.models import Edition, FocusItem
from reviews.models import SealedPassage, SealedRow
from reviews.queries.reports import report_document
from reviews.report.cells import Part
from reviews.report.changes_layout import comparison
from reviews.report.compiler import PROGRESS_COLUMNS
from reviews.report.document import Cell, Column, Passage, ReportDocument, Table
from reviews.report.layout import layout
from reviews.report.looks import SCALES, choices_of, has_marks, sign_of
from reviews.report.stated import (
    DELAY,
    OWN_COLUMNS,
    SHARING,
    chosen,
    on_day,
    report_column,
    stated,
)
from reviews.workbooks.machine.columns import MEASURES
from reviews.workbooks.progress_sheet import WIDTHS, look_of
from reviews.workbooks.table_sheet import drawn_value

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
values = st.none() | st.booleans() | st.integers() | words
kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.TEXT])
columns = st.builds(Column, words, words) | st.builds(
    Column, words, words, kinds, words, words, st.integers(0, 3)
)
"""A text has no scale and no unit."""
flat = st.builds(Cell, words, values)
cells = st.builds(Cell, words, values, st.lists(st.tuples(columns, flat), max_size=2).map(tuple))


@given(cells)
def test_a_cell_comes_back_from_json_as_it_was(cell: Cell) -> None:
    assert Cell.from_json(cell.as_json()) == cell


@given(columns)
def test_a_column_comes_back_from_json_as_it_was(column: Column) -> None:
    assert Column.from_json(column.as_json()) == column


@given(cells, cells)
def test_the_digest_covers_words_values_and_parts(one: Cell, other: Cell) -> None:
    documents = [
        ReportDocument((), (Table("t", "表", (Column("a", "甲"),), ((cell,),)),))
        for cell in (one, other)
    ]
    same = one.as_json() == other.as_json() and type(one.value) is type(other.value)
    assert (documents[0].digest() == documents[1].digest()) == same


def test_the_digest_covers_the_value_of_a_passage() -> None:
    told = [ReportDocument((Passage("number", "号", "第1号", n),), ()) for n in (1, 2)]
    assert told[0].digest() != told[1].digest()


def test_rows_are_given_by_key_and_what_they_do_not_name_is_empty() -> None:
    table = Table.of("t", "表", (Column("a", "甲"), Column("b", "乙")), [{"b": 3}, {"a": "言葉"}])
    assert table.rows == ((Cell(), Cell("3", 3)), (Cell("言葉"), Cell()))
    with pytest.raises(KeyError, match="c"):
        Table.of("t", "表", (Column("a", "甲"),), [{"c": "どこ"}])


def test_what_is_sealed_holds_codes_days_and_numbers_beside_the_words(
    small_edition: Edition,
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    editor: User,
    secretariat: User,
) -> None:
    record(
        responsible,
        by=editor,
        rating="late",
        delay_cause="原因：甲\n対応策：乙",
        countermeasure="人を増やす",
        new_due_date=date(2027, 3, 31),
    )
    report = sealed(small_edition, secretariat)
    passages = dict(SealedPassage.objects.filter(report=report).values_list("key", "value"))
    assert passages["fiscal_year"] == 2026
    assert passages["number"] == 1
    assert passages["as_of"] == "2026-09-30"
    assert passages["sealed_on"] == "2026-10-15"
    progress = report_document(report).table("progress")
    assert progress is not None
    row, silent = progress.records[0], progress.records[1]
    stored = SealedRow.objects.filter(report=report, table__key="progress").first()
    assert stored is not None
    assert {"words": "遅れている", "value": "late"} in stored.cells.copy()
    assert row["rating"] == chosen(Rating.LATE)
    assert row["status"].value == Status.PILOTING
    assert row["as_of"] == on_day(date(2026, 9, 30))
    assert [(column.key, cell.words) for column, cell in row["delay"].parts] == [
        ("delay_cause", "原因：甲\n対応策：乙"),
        ("countermeasure", "人を増やす"),
        ("new_due_date", "令和9年3月31日"),
    ]
    assert silent["rating"].value == NO_ANSWER_CODE


def test_looks_and_marks_follow_the_code_whatever_the_word() -> None:
    column = Column("rating", "進捗評価", Kind.CHOICE, "rating")
    part = Part(column, Cell("むかしの呼び名", "late"))
    assert (part.look, part.mark, part.text) == ("late", "▲", "むかしの呼び名")
    odd = Part(column, Cell("遅れている", "unheard_of"))
    assert (odd.look, odd.mark) == ("other", "")


def test_a_text_that_looks_like_a_day_is_a_text() -> None:
    assert Part(Column("outcome", "成果"), Cell("2026-09-30")).day is None


def test_changes_are_counted_by_code_and_told_in_the_words_of_their_day() -> None:
    column = Column("rating_change", "評価の変化", Kind.CHOICE, "rating_change")
    rows = [
        {"rating_change": Cell("下がった", "worse")},
        {"rating_change": Cell("上がった", "better")},
    ]
    drawn = comparison(ReportDocument((), (Table.of("changes", "比較", (column,), rows),)))
    assert drawn is not None
    assert drawn.tallies[0].summary == "上がった1、下がった1"
    assert [segment.look for segment in drawn.tallies[0].segments] == ["better", "worse"]


def test_a_scale_that_has_some_marks_goes_without_in_reports() -> None:
    assert {scale for scale in SCALES if has_marks(scale)} == {
        "rating",
        "rating_change",
        "status_change",
        "decision_state",
        "study_standing",
    }
    assert sign_of("status", "paused", "休止").mark == ""
    assert sign_of("rating", "no_answer", "未回答").mark == "？"


def test_a_document_without_tables_can_still_be_laid_out() -> None:
    assert layout(ReportDocument((), ())).progress == []


AMOUNT = StatedColumn(
    key="pk",
    label="金額",
    kind=Kind.WHOLE,
    unit="千円",
    meaning="額",
    widths=Widths(answer=10, paper=10),
)
SHARE = replace(AMOUNT, label="割合", kind=Kind.DECIMAL, unit="％", places=1)


@pytest.mark.parametrize(
    ("column", "value", "cell", "drawn", "number_format"),
    [
        (AMOUNT, 1200, Cell("1,200千円", 1200), 1200, '#,##0"千円";"▲"#,##0"千円"'),
        (AMOUNT, 0, Cell("0千円", 0), 0, '#,##0"千円";"▲"#,##0"千円"'),
        (SHARE, Decimal("12.50"), Cell("12.50％", "12.50"), 12.5, '#,##0.0"％";"▲"#,##0.0"％"'),
        (AMOUNT, None, Cell(), "", '#,##0"千円";"▲"#,##0"千円"'),
    ],
)
def test_a_number_is_told_with_its_unit_kept_exactly_and_drawn_as_a_number(
    column: StatedColumn, value: Any, cell: Cell, drawn: Any, number_format: str
) -> None:
    said = stated(column, ProgressEntry(pk=value))
    shown = report_column(column)
    assert said == cell
    assert drawn_value(shown, said) == drawn
    assert look_of(shown, said).number_format == number_format
    assert Column.from_json(shown.as_json()) == shown


def test_each_column_of_a_statement_that_has_a_width_on_paper_stands_in_the_report() -> None:
    """A further column appears in the table, on its sheet and in データ without being named anywhere."""
    expected = [column.key for column in COLUMNS if column.widths.paper is not None]
    keys = [column.key for column in PROGRESS_COLUMNS]
    assert [key for key in keys if key in expected] == expected
    assert expected == [key for key in expected if key in WIDTHS]
    measured = {measure.name: measure for measure in MEASURES}
    for column in OWN_COLUMNS:
        measure = measured[column.key]
        assert (measure.label, measure.meaning) == (column.label, column.meaning)
        assert list(measure.codes or {}) == list(
            choices_of(column.key) if column.choices else column.words
        )
    heads = layout(ReportDocument((), (Table("progress", "一覧", PROGRESS_COLUMNS, ()),)))
    shown = [label for _, labels in heads.progress_heads for label in labels]
    assert {column.label for column in OWN_COLUMNS} <= set(shown)


def test_what_explains_a_delay_shares_one_cell() -> None:
    delay = next(column for column in PROGRESS_COLUMNS if column.key == DELAY)
    assert delay.label == "遅れの原因・対応策・新たな期限"
    assert [column.key for column in SHARING] == [
        column.key
        for column in COLUMNS
        if column.asked is Asked.WHEN_LATE and column.widths.paper is None
    ]
