"""Compiling the report of a fiscal year from the live records.

Every number is counted from the rows of 進捗一覧 in the same document (rule R3).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from initiatives.enums import NO_ANSWER, Rating, Status
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState, item_states
from kirishima_dx import fiscal_year
from kirishima_dx.fiscal_year import wareki_date
from plans.queries import edition_outline
from reviews.models import AnnualReport
from reviews.report.changes import changes_table, previous_texts_table
from reviews.report.document import CellValue, Column, Passage, ReportDocument, Table
from reviews.report.totals import totals_by_department, totals_by_policy

STUDY_MARK = "★"
PROGRESS_COLUMNS = (
    Column("code", "番号"),
    Column("axis", "軸"),
    Column("policy", "取組方針"),
    Column("title", "重点項目"),
    Column("is_study", "検討項目"),
    Column("department", "担当課"),
    Column("status", "状態"),
    Column("step", "段階"),
    Column("rating", "進捗評価"),
    Column("previous_rating", "前年度評価"),
    Column("rating_reason", "評価理由"),
    Column("achievements", "取組実績"),
    Column("outcome", "成果"),
    Column("problem", "課題"),
    Column("delay", "遅れの原因・対応策・新たな期限"),
    Column("next_steps", "今後の取組"),
    Column("direction", "今後の方針"),
    Column("as_of", "基準日"),
)
RATING_LABELS = (*Rating.labels, NO_ANSWER)
STATUS_LABELS = (*Status.labels, NO_ANSWER)
PROBLEM_COLUMNS = (
    Column("number", "協議番号"),
    Column("code", "番号"),
    Column("title", "重点項目"),
    Column("department", "担当課"),
    Column("status", "状態"),
    Column("rating", "進捗評価"),
    Column("problem", "課題"),
    Column("delay", "遅れの原因・対応策・新たな期限"),
    Column("next_steps", "今後の取組"),
)


@dataclass(frozen=True)
class CompiledReport:
    """The document of a draft, and what it was made from: the items on its day, and at the end of the year before."""

    document: ReportDocument
    now: list[ItemState]
    before: list[ItemState]

    @property
    def entries(self) -> list[ProgressEntry]:
        """Return the entries that it tells of."""
        return [state.entry for state in self.now if state.entry is not None]


def compile_report(report: AnnualReport, decisions: Table) -> CompiledReport:
    """Compile a draft report as the records stand now; of its year, nothing said of earlier days.

    `decisions` is 決定事項の対応状況 as it stood on the day of the report.
    """
    now, before = _states(report)
    progress = _progress_table(now, before)
    tables = (
        totals_by_policy("totals_by_rating", "進捗評価別の総括", progress, "rating", RATING_LABELS),
        totals_by_policy("totals_by_status", "状態別の総括", progress, "status", STATUS_LABELS),
        totals_by_department(progress, RATING_LABELS, _department_order(now)),
        progress,
        changes_table(report, now, before),
        previous_texts_table(now, before),
        _problems_table(now),
        decisions,
    )
    return CompiledReport(ReportDocument(tuple(_passages(report)), tables), now, before)


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
    yield Passage("municipality_code", "全国地方公共団体コード", report.plan.municipality_code)
    yield Passage("fiscal_year", "年度", fiscal_year.fiscal_year_label(report.fiscal_year))
    yield Passage("number", "号", f"第{report.number}号")
    yield Passage("as_of", "基準日", wareki_date(report.as_of))
    yield Passage("edition", "版", report.edition.name)
    yield Passage("overview", "総括", report.overview)
    yield Passage("technology_trends", "技術動向", report.technology_trends)
    yield Passage("national_trends", "国・県の動向", report.national_trends)
    if report.corrects is not None:
        yield Passage("corrects", "訂正した報告", report.corrects.title)
        yield Passage("correction_reason", "訂正の理由", report.correction_reason)


def _department_order(states: list[ItemState]) -> list[str]:
    """Return the names of the departments that lead, in the order of the city's list."""
    leads = {state.lead for state in states if state.lead}
    ordered = sorted(leads, key=lambda department: department.place_order)
    return list(dict.fromkeys(department.name for department in ordered))


def _progress_table(states: list[ItemState], last_year: list[ItemState]) -> Table:
    rows = tuple(_progress_row(now, before) for now, before in zip(states, last_year, strict=True))
    return Table("progress", "進捗一覧", PROGRESS_COLUMNS, rows)


def _identity(state: ItemState) -> tuple[CellValue, ...]:
    """Return the columns that say which item it is, and who leads it."""
    text = state.text
    return (
        text.place,
        text.policy.axis.name,
        f"{text.policy.letter} {text.policy.name}",
        text.title,
        STUDY_MARK if text.is_study else "",
        state.lead_name,
    )


def _progress_row(now: ItemState, before: ItemState) -> tuple[CellValue, ...]:
    identity, entry = _identity(now), now.entry
    if entry is None:
        silence = ("", NO_ANSWER, before.rating_label, "", "", "", "", "", "", "", "")
        return (*identity, NO_ANSWER, *silence)
    return (
        *identity,
        now.status_label,
        entry.get_step_display(),
        now.rating_label,
        before.rating_label,
        entry.rating_reason,
        entry.achievements,
        entry.outcome,
        entry.problem,
        _delay(now),
        entry.next_steps,
        entry.get_direction_display(),
        entry.as_of.isoformat(),
    )


def _delay(state: ItemState) -> str:
    entry = state.entry
    if entry is None or not entry.is_late or entry.new_due_date is None:
        return ""
    return (
        f"原因：{entry.delay_cause}\n対応策：{entry.countermeasure}\n"
        f"新たな期限：{wareki_date(entry.new_due_date)}"
    )


def _problems_table(states: list[ItemState]) -> Table:
    """Return the 課題・協議事項: what the departments put to the DX推進本部, numbered for the sitting."""
    put = [(state, state.entry) for state in states if state.entry and state.entry.for_headquarters]
    rows = tuple(
        (
            number,
            state.text.place,
            state.text.title,
            state.lead_name,
            state.status_label,
            state.rating_label,
            entry.problem,
            _delay(state),
            entry.next_steps,
        )
        for number, (state, entry) in enumerate(put, start=1)
    )
    return Table("problems", "課題・協議事項", PROBLEM_COLUMNS, rows)
