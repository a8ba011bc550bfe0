"""Where the entries of an item went: reports that tell of them, agenda items, decisions, texts changed upon them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from plans.models import FocusItem, FocusItemText
from reviews.models import AgendaItem, AnnualReport, Decision
from reviews.queries.decisions import DecisionRow, rows_of
from reviews.queries.report_ways import ReportRows
from revisions.queries.came_of import ChangedText, changed_upon_decisions, changed_upon_entries


@dataclass(frozen=True)
class ReportLine:
    """A report that tells of an item, and the address of the row."""

    report: AnnualReport
    url: str


@dataclass
class EntryTraces:
    """Where an entry went: the reports that tell of it, the agenda items that put its 課題 to the 本部, the texts of
    the plan that were changed upon it."""

    reports: list[ReportLine] = field(default_factory=list)
    agenda: list[AgendaItem] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    changes: list[ChangedText] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.reports or self.agenda or self.decisions or self.changes)


def entry_traces(
    focus_item: FocusItem, *, is_staff: bool, texts: Iterable[FocusItemText] | None = None
) -> dict[int, EntryTraces]:
    """Return where each entry of an item went, by its key; to the public what was published alone: reports, and
    editions that were adopted. `texts` is how editions word the item, where that was read already."""
    traces: dict[int, EntryTraces] = defaultdict(EntryTraces)
    shown = AnnualReport.objects.shown_to_staff(is_staff)
    told_in = list(
        shown.filter(reported_entries__focus_item=focus_item)
        .annotate(told_entry=F("reported_entries__entry"))
        .defer("overview", "technology_trends", "national_trends")
        .order_by("fiscal_year", "number")
    )
    rows = ReportRows(told_in, [focus_item.pk], texts)
    for report in told_in:
        line = ReportLine(report, rows.url(report, focus_item.pk))
        traces[report.told_entry].reports.append(line)  # type: ignore[attr-defined]  # Annotated.
    for entry, changes in changed_upon_entries(focus_item, is_staff=is_staff).items():
        traces[entry].changes = changes
    if is_staff:
        put = AgendaItem.objects.filter(focus_item=focus_item, entry__isnull=False)
        for item in put.select_related("meeting").order_by("meeting__held_on", "position"):
            traces[item.entry_id or 0].agenda.append(item)
    return traces


def outcome_of_entry(entry_id: int, focus_item: FocusItem, at: date) -> EntryTraces:
    """Return where an entry went, what was decided on it, or about its item upon a report that tells of it, and which
    texts were changed upon that; for staff."""
    traces = entry_traces(focus_item, is_staff=True).get(entry_id, EntryTraces())
    reports = [line.report.pk for line in traces.reports]
    on_report = Q(agenda_item__report__in=reports) | Q(meeting__report__in=reports)
    on_entry = Q(agenda_item__in=[item.pk for item in traces.agenda])
    decided = Decision.objects.filter(on_entry | on_report & Q(focus_items=focus_item)).distinct()
    traces.decisions = rows_of(decided, at)
    told = {change.url for change in traces.changes}
    upon = changed_upon_decisions([row.decision for row in traces.decisions], focus_item)
    traces.changes = [*traces.changes, *(one for one in upon if one.url not in told)]
    return traces
