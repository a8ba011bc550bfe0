"""決定事項の対応状況: what came of what the DX推進本部 decided, as a table of a report or of a sitting's paper."""

from collections.abc import Iterable

from initiatives.stated_column import Kind
from kirishima_dx import fiscal_year
from reviews.enums import NOT_OWED_CODE, DecisionKind
from reviews.models import AnnualReport
from reviews.queries.decisions import DecisionRow, decisions_to_report
from reviews.report.document import Cell, Column, Table
from reviews.report.stated import chosen, on_day

DECISION_COLUMNS = (
    Column("decision", "決定番号"),
    Column("meeting", "会議"),
    Column("held_on", "開催日", Kind.DAY),
    Column("kind", "区分", Kind.CHOICE, "decision_kind"),
    Column("text", "決定・指示の内容"),
    Column("items", "重点項目"),
    Column("owner", "担当"),
    Column("due", "期限", Kind.DAY),
    Column("state", "対応の状況", Kind.CHOICE, "decision_state"),
    Column("revision", "計画への反映"),
    Column("answer", "対応の内容"),
    Column("settlement", "決着の理由"),
)


def decisions_table(report: AnnualReport) -> Table:
    """Return the decisions that were open in the year of a report, as they stood on its day."""
    since = fiscal_year.first_day(report.fiscal_year)
    return followed_up_table(decisions_to_report(report.plan, since, report.as_of))


def followed_up_table(rows: Iterable[DecisionRow]) -> Table:
    """Return decisions with their follow-up as a table of words."""
    return Table.of("decisions", "決定事項の対応状況", DECISION_COLUMNS, map(_row, rows))


def _row(row: DecisionRow) -> dict[str, Cell | str]:
    decision = row.decision
    return {
        "decision": decision.code,
        "meeting": decision.meeting.title,
        "held_on": on_day(decision.meeting.held_on),
        "kind": chosen(DecisionKind(decision.kind)),
        "text": row.corrected_text,
        "items": "、".join(row.item_codes),
        "owner": decision.owner_name,
        "due": on_day(decision.due_on),
        "state": Cell(row.state_label, row.state.code if row.state else NOT_OWED_CODE),
        "revision": "\n".join(row.in_the_plan),
        "answer": row.last_answer.text if row.last_answer else "",
        "settlement": row.settlement.text if row.settlement else "",
    }
