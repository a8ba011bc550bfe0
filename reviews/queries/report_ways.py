"""Where the rows of a report come from and lead to: beside its document, for staff, and never part of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.urls import reverse

from initiatives.models import ProgressEntry
from initiatives.querysets import CORRECTIONS
from plans.models import FocusItemText
from reviews.models import AnnualReport, Decision
from reviews.report.cells import Way, Ways
from reviews.report.document import ReportDocument

_ROUNDS = tuple(f"{'corrected_by__' * depth}answer__round_id" for depth in range(CORRECTIONS + 1))
"""An answer that was accepted anew goes with the entry that corrects its first one."""


class ReportRows:
    """Knows the rows of items in reports: a row bears the number that the item has in the edition of its report,
    which may be another one than its lasting code."""

    def __init__(
        self,
        reports: Iterable[AnnualReport],
        items: Collection[int],
        texts: Iterable[FocusItemText] | None = None,
    ) -> None:
        """Read the numbers of items, given by their keys, in one query; in none where nothing is asked, or where the
        `texts` of the items were read already."""
        editions = {report.edition_id for report in reports}
        if texts is None and editions and items:
            found = FocusItemText.objects.filter(edition__in=editions, focus_item__in=items)
            texts = found.select_related("policy__axis")
        self._places = {(text.edition_id, text.focus_item_id): text.place for text in texts or ()}

    def place(self, report: AnnualReport, item: int | None) -> str:
        """Return the number under which a report tells of an item; empty where its edition does not have it."""
        return self._places.get((report.edition_id, item or 0), "")

    def url(self, report: AnnualReport, item: int | None) -> str:
        """Return the address of the row of an item, else that of the report."""
        place = "" if report.is_abandoned else self.place(report, item)
        return f"{report.get_absolute_url()}#item-{place}" if place else report.get_absolute_url()


def rounds_of_entries(entries: Collection[int]) -> dict[int, int]:
    """Return in which rounds entries were answers, by the keys of both, in one query."""
    rows = ProgressEntry.objects.filter(pk__in=entries).values_list("pk", *_ROUNDS)
    found = {pk: next((key for key in rounds if key), None) for pk, *rounds in rows}
    return {pk: key for pk, key in found.items() if key is not None}


def report_ways(
    report: AnnualReport, document: ReportDocument, entries: Iterable[ProgressEntry] | None
) -> Ways:
    """Return the ways out of a report, in three queries; `entries` are those of a draft, a sealed one keeps its own."""
    told = ProgressEntry.objects.all()
    if entries is None:
        told = told.filter(reported_entries__report=report)
    else:
        told = told.filter(pk__in=[entry.pk for entry in entries])
    item, code = "initiative__focus_item_id", "initiative__focus_item__code"
    rows = list(told.values_list("pk", item, code, *_ROUNDS))
    numbers = ReportRows([report], {item_id for _, item_id, *_ in rows})
    ways: dict[str, list[Way]] = defaultdict(list)
    for pk, item_id, item_code, *rounds in rows:
        ways[numbers.place(report, item_id)] += _entry_ways(item_code, pk, rounds)
    return Ways(
        {place: found for place, found in ways.items() if place}, _decisions(report, document)
    )


def _entry_ways(code: str, entry: int, rounds: Iterable[int | None]) -> Iterator[Way]:
    yield Way("進捗の記録", f"{reverse('item_detail', args=[code])}#entry-{entry}")
    answered_in = next((round_id for round_id in rounds if round_id), None)
    if answered_in:
        yield Way("照会への回答", reverse("answer", args=[answered_in, code]))


def _decisions(report: AnnualReport, document: ReportDocument) -> dict[tuple[str, str], str]:
    """Return the addresses of the decisions that a report tells of, by number and sitting."""
    table = document.table("decisions")
    if table is None or not table.rows:
        return {}
    decisions = Decision.objects.filter(
        meeting__plan=report.plan_id, meeting__held_on__in=set(table.values("held_on"))
    ).select_related("meeting")
    return {
        (decision.code, decision.meeting.title): decision.get_absolute_url()
        for decision in decisions
    }
