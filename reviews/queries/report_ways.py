"""Where the rows of a report come from and lead to: beside its document, for staff, and never part of it."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from initiatives.models import ProgressEntry
from initiatives.querysets import CORRECTIONS
from plans.models import FocusItemText
from reviews.models import AnnualReport, Decision
from reviews.report.cells import Way, Ways
from reviews.report.document import ReportDocument

_ROUNDS = tuple(f"{'corrected_by__' * depth}answer__round_id" for depth in range(CORRECTIONS + 1))
"""An answer that was accepted anew goes with the entry that corrects its first one."""


def report_ways(
    report: AnnualReport, document: ReportDocument, entries: Iterable[ProgressEntry] | None
) -> Ways:
    """Return the ways out of a report, in three queries; `entries` are those of a draft, a sealed one keeps its own."""
    told = ProgressEntry.objects.all()
    if entries is None:
        told = told.filter(reported_entries__report=report)
    else:
        told = told.filter(pk__in=[entry.pk for entry in entries])
    places = {
        text.focus_item_id: text.place
        for text in FocusItemText.objects.filter(edition=report.edition_id).select_related(
            "policy__axis"
        )
    }
    item, code = "initiative__focus_item_id", "initiative__focus_item__code"
    ways = {
        places[item_id]: list(_entry_ways(item_code, pk, rounds))
        for pk, item_id, item_code, *rounds in told.values_list("pk", item, code, *_ROUNDS)
        if item_id in places
    }
    return Ways(ways, _decision_urls(report, document))


def _entry_ways(code: str, entry: int, rounds: Iterable[int | None]) -> Iterator[Way]:
    yield Way("進捗の記録", f"{reverse('item_detail', args=[code])}#entry-{entry}")
    answered_in = next((round_id for round_id in rounds if round_id), None)
    if answered_in:
        yield Way("照会への回答", reverse("answer", args=[answered_in, code]))


def _decision_urls(report: AnnualReport, document: ReportDocument) -> dict[tuple[str, str], str]:
    """Return the addresses of the decisions that a report tells of, by number and sitting."""
    table = document.table("decisions")
    if table is None or not table.rows:
        return {}
    decisions = Decision.objects.filter(
        meeting__plan=report.plan_id, meeting__held_on__in=set(table.column("held_on"))
    ).select_related("meeting")
    return {
        (decision.code, decision.meeting.title): decision.get_absolute_url()
        for decision in decisions
    }
