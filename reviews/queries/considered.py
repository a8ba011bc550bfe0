"""改定の検討: whether the update of the plan was considered, and what came of it, as a table of words.

It is public once the report that tells it is (decision 0012). A draft is not named: nobody outside knows it.
"""

from collections.abc import Iterable
from datetime import date

from initiatives.stated_column import Kind
from kirishima_dx.fiscal_year import fiscal_year_label
from plans.models import Plan
from reviews.enums import AgendaKind
from reviews.models import AgendaItem, AnnualReport, Consideration, Decision
from reviews.report.document import Cell, Column, Table
from reviews.report.stated import on_day

NOT_CONSIDERED = "検討の記録なし"
CONSIDERATION_COLUMNS = (
    Column("year", "年度"),
    Column("outcome", "結論"),
    Column("reason", "理由"),
    Column("considered_on", "検討した日", Kind.DAY),
    Column("meeting", "検討した会議"),
    Column("decisions", "決定番号"),
    Column("edition", "これによる版"),
)


def considerations_of_report(report: AnnualReport) -> Table:
    """Return what was considered of the year of a report and of the year before, up to its day."""
    years = (report.fiscal_year, report.fiscal_year - 1)
    return considerations_table(report.plan, years, report.as_of)


def considerations_table(plan: Plan, years: Iterable[int], at: date) -> Table:
    """Return the record that stands of each year on a day, and of the first year also that there is none; in three
    queries."""
    standing = standing_considerations(plan, at)
    decided = _decided(standing.values())
    rows = [
        _row(year, standing.get(year), decided, at)
        for place, year in enumerate(years)
        if year in standing or place == 0
    ]
    return Table.of("considerations", "改定の検討", CONSIDERATION_COLUMNS, rows)


def standing_considerations(plan: Plan, at: date) -> dict[int, Consideration]:
    """Return what was considered up to a day, by its fiscal year; of a year the record that was written last."""
    found = Consideration.objects.filter(plan=plan, considered_on__lte=at)
    in_order = found.select_related("meeting", "edition").order_by("fiscal_year", "pk")
    return {record.fiscal_year: record for record in in_order}


def _decided(records: Iterable[Consideration]) -> dict[int, list[str]]:
    """Return the numbers of the decisions upon the 改定の検討 of the meetings, by the key of the meeting."""
    meetings = {record.meeting_id for record in records if record.meeting_id}
    items = AgendaItem.objects.filter(kind=AgendaKind.CONSIDERATION, meeting__in=meetings)
    decisions = Decision.objects.filter(agenda_item__in=items).select_related("meeting")
    found: dict[int, list[str]] = {}
    for decision in decisions.order_by("number"):
        found.setdefault(decision.meeting_id, []).append(decision.code)
    return found


def _row(
    year: int, record: Consideration | None, decided: dict[int, list[str]], at: date
) -> dict[str, Cell | str | int]:
    if record is None:
        return {"year": Cell(fiscal_year_label(year), year), "outcome": NOT_CONSIDERED}
    return {
        "year": Cell(fiscal_year_label(year), year),
        "outcome": Cell(record.get_outcome_display(), record.outcome),
        "reason": record.reason,
        "considered_on": on_day(record.considered_on),
        "meeting": record.meeting.title if record.meeting else "本部会議では検討していない",
        "decisions": "、".join(decided.get(record.meeting_id or 0, [])),
        "edition": _came_of(record, at),
    }


def _came_of(record: Consideration, at: date) -> str:
    """Return the edition that came of it, once it is in force on a day."""
    day = record.edition.effective_from if record.edition else None
    return record.edition.name if record.edition and day and day <= at else ""
