"""Where the entries of an item went: reports that tell of them, agenda items, decisions, texts changed upon them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from plans.models import FocusItem
from reviews.models import AgendaItem, AnnualReport, Decision, ReportedEntry
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


def entry_traces(focus_item: FocusItem, *, is_staff: bool) -> dict[int, EntryTraces]:
    """Return where each entry of an item went, by its key; to the public what was published alone: reports, and
    editions that were adopted."""
    traces: dict[int, EntryTraces] = defaultdict(EntryTraces)
    shown = AnnualReport.objects.shown_to_staff(is_staff)
    told = ReportedEntry.objects.filter(focus_item=focus_item, report__in=shown)
    in_order = told.select_related("report__publication", "report__withholding").order_by(
        "report__fiscal_year", "report__number"
    )
    told_in = list(in_order)
    rows = ReportRows((one.report for one in told_in), [focus_item.pk])
    for one in told_in:
        line = ReportLine(one.report, rows.url(one.report, focus_item.pk))
        traces[one.entry_id].reports.append(line)
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
