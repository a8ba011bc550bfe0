"""Compiling the report of a fiscal year from the live records.

Every number is counted from the rows of 進捗一覧 in the same document (rule R3).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from initiatives.models import ProgressEntry
from initiatives.queries.late_items import late_items
from initiatives.queries.states import ItemState, item_states
from initiatives.stated_column import Kind
from initiatives.statement import BY_KEY
from kirishima_dx import fiscal_year
from kirishima_dx.fiscal_year import wareki_date
from plans.queries import edition_outline
from reviews.models import AnnualReport
from reviews.report.changes import changes_table, previous_texts_table
from reviews.report.document import Cell, Column, Passage, ReportDocument, Table
from reviews.report.late import late_table
from reviews.report.meanings import meanings_table
from reviews.report.stated import (
    DELAY,
    STUDY_MARK,
    on_day,
    report_column,
    stated_cells,
    stated_columns,
)
from reviews.report.totals import totals_by_department, totals_by_policy

PREVIOUS_RATING = Column("previous_rating", "前年度評価", Kind.CHOICE, "rating")
_PUT_BEFORE_IT = ("status", "rating", "problem", DELAY, "next_steps")
"""What 課題・協議事項 repeats of what was stated."""


def _with_last_year(columns: Iterable[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        if column.key == PREVIOUS_RATING.scale:
            yield PREVIOUS_RATING


PROGRESS_COLUMNS = (
    Column("code", "番号"),
    Column("axis", "軸"),
    Column("policy", "取組方針"),
    Column("title", "重点項目"),
    Column("is_study", "検討項目", Kind.FLAG),
    Column("department", "担当課"),
    *_with_last_year(stated_columns()),
    Column("as_of", "基準日", Kind.DAY),
)
PROBLEM_COLUMNS = (
    Column("number", "協議番号", Kind.WHOLE),
    Column("code", "番号"),
    Column("title", "重点項目"),
    Column("department", "担当課"),
    *(column for column in stated_columns() if column.key in _PUT_BEFORE_IT),
)
Said = dict[str, Cell | str | int]


@dataclass(frozen=True)
class CompiledReport:
    """The document of a draft, and what it was made from: the items on its day, and at the end of the year before."""

    document: ReportDocument
    now: list[ItemState]
    before: list[ItemState]

    @property
    def entries(self) -> dict[int, ProgressEntry]:
        """Return the entries that it tells of, by the keys of their items."""
        return {state.text.focus_item_id: state.entry for state in self.now if state.entry}


def compile_report(report: AnnualReport, *told: Table) -> CompiledReport:
    """Compile a draft report as the records stand now; of its year, nothing said of earlier days.

    `told` are the tables that are not made from statements, as they stood on the day of the report: 決定事項の対応状況,
    検討項目, 改定の検討.
    """
    now, before = _states(report)
    progress = _progress_table(now, before)
    tables = (
        totals_by_policy("totals_by_rating", "進捗評価別の総括", progress, "rating"),
        totals_by_policy("totals_by_status", "状態別の総括", progress, "status"),
        totals_by_department(progress, _department_order(now)),
        progress,
        late_table(late_items(now, report.as_of)),
        changes_table(report, now, before),
        previous_texts_table(now, before),
        _problems_table(now),
        *told,
        meanings_table(),
    )
    return CompiledReport(ReportDocument(tuple(_passages(report)), tables), now, before)


def compile_lateness(report: AnnualReport) -> ReportDocument:
    """Return of the document of a draft what 遅れている取組 are told from (lateness_of), as compile_report has it."""
    texts, since = edition_outline(report.edition).items, fiscal_year.first_day(report.fiscal_year)
    now = item_states(texts, report.as_of, since=since)
    column = report_column(BY_KEY["rating"])
    rated = [{column.key: stated_cells(state.entry)[column.key]} for state in now]
    progress = Table.of("progress", "進捗一覧", (column,), rated)
    tables = (progress, late_table(late_items(now, report.as_of)))
    return ReportDocument(tuple(_passages(report)), tables)


def _states(report: AnnualReport) -> tuple[list[ItemState], list[ItemState]]:
    """Return what holds of each item on the day of the report, and what held at the end of the year before."""
    texts, year = edition_outline(report.edition).items, report.fiscal_year
    now = item_states(texts, report.as_of, since=fiscal_year.first_day(year))
    before = item_states(
        texts, fiscal_year.last_day(year - 1), since=fiscal_year.first_day(year - 1)
    )
    return now, before


def _passages(report: AnnualReport) -> Iterable[Passage]:
    yield Passage("title", "表題", f"{report.plan.name} {report.title}")
    yield Passage("municipality", "地方公共団体名", report.plan.municipality)
    code, year = report.plan.municipality_code, report.fiscal_year
    yield Passage("municipality_code", "全国地方公共団体コード", code, code or None)
    yield Passage("fiscal_year", "年度", fiscal_year.fiscal_year_label(year), year)
    yield Passage("number", "号", f"第{report.number}号", report.number)
    yield Passage("as_of", "基準日", wareki_date(report.as_of), report.as_of.isoformat())
    yield Passage("edition", "版", report.edition.name)
    yield from prose_passages(report)
    if report.corrects is not None:
        yield Passage("corrects", "訂正した報告", report.corrects.title)
        yield Passage("correction_reason", "訂正の理由", report.correction_reason)


def prose_passages(report: AnnualReport) -> list[Passage]:
    """Return what the 事務局 writes in a draft."""
    return [
        Passage("overview", "総括", report.overview),
        Passage("technology_trends", "技術動向", report.technology_trends),
        Passage("national_trends", "国・県の動向", report.national_trends),
    ]


def _department_order(states: list[ItemState]) -> list[str]:
    """Return the names of the departments that lead, in the order of the city's list."""
    leads = {state.lead for state in states if state.lead}
    ordered = sorted(leads, key=lambda department: department.place_order)
    return list(dict.fromkeys(department.name for department in ordered))


def _progress_table(states: list[ItemState], last_year: list[ItemState]) -> Table:
    rows = [_progress_row(now, before) for now, before in zip(states, last_year, strict=True)]
    return Table.of("progress", "進捗一覧", PROGRESS_COLUMNS, rows)


def _identity(state: ItemState) -> Said:
    """Return the columns that say which item it is, and who leads it."""
    text = state.text
    return {
        "code": text.place,
        "axis": text.policy.axis.name,
        "policy": f"{text.policy.letter} {text.policy.name}",
        "title": text.title,
        "is_study": Cell(STUDY_MARK, value=True) if text.is_study else "",
        "department": state.lead_name,
    }


def _progress_row(now: ItemState, before: ItemState) -> Said:
    return {
        **_identity(now),
        **stated_cells(now.entry),
        PREVIOUS_RATING.key: stated_cells(before.entry)["rating"],
        "as_of": on_day(now.entry.as_of if now.entry else None),
    }


def _problems_table(states: list[ItemState]) -> Table:
    """Return the 課題・協議事項: what the departments put to the DX推進本部, numbered for the sitting."""
    put = [state for state in states if state.entry and state.entry.for_headquarters]
    rows = [_problem_row(number, state) for number, state in enumerate(put, start=1)]
    return Table.of("problems", "課題・協議事項", PROBLEM_COLUMNS, rows)


def _problem_row(number: int, state: ItemState) -> Said:
    known = {"number": number, **_identity(state), **stated_cells(state.entry)}
    return {column.key: known[column.key] for column in PROBLEM_COLUMNS}
