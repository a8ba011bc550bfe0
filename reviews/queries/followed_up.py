"""決定事項の対応状況: what came of what the DX推進本部 decided, as a table of a report or of a sitting's paper."""

from collections.abc import Iterable

from kirishima_dx import fiscal_year
from reviews.models import AnnualReport
from reviews.queries.decisions import DecisionRow, decisions_to_report
from reviews.report.document import CellValue, Column, Table

DECISION_COLUMNS = (
    Column("decision", "決定番号"),
    Column("meeting", "会議"),
    Column("held_on", "開催日"),
    Column("kind", "区分"),
    Column("text", "決定・指示の内容"),
    Column("items", "重点項目"),
    Column("owner", "担当"),
    Column("due", "期限"),
    Column("state", "対応の状況"),
    Column("answer", "対応の内容"),
    Column("settlement", "決着の理由"),
)


def decisions_table(report: AnnualReport) -> Table:
    """Return the decisions that were open in the year of a report, as they stood on its day."""
    since = fiscal_year.first_day(report.fiscal_year)
    return followed_up_table(decisions_to_report(report.plan, since, report.as_of))


def followed_up_table(rows: Iterable[DecisionRow]) -> Table:
    """Return decisions with their follow-up as a table of words."""
    return Table(
        "decisions", "決定事項の対応状況", DECISION_COLUMNS, tuple(_row(row) for row in rows)
    )


def _row(row: DecisionRow) -> tuple[CellValue, ...]:
    decision = row.decision
    return (
        decision.code,
        decision.meeting.title,
        decision.meeting.held_on.isoformat(),
        decision.get_kind_display(),
        decision.text,
        "、".join(row.item_codes),
        decision.owner_name,
        decision.due_on.isoformat() if decision.due_on else "",
        row.state_label,
        row.last_answer.text if row.last_answer else "",
        row.settlement.text if row.settlement else "",
    )
