"""Which sealed reports tell of what is closed: they are never altered (R1), but withheld as a whole (A3)."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse

from initiatives.models import ProgressEntry
from kirishima_dx.closing import Standing
from reviews.models import AnnualReport, ReportedEntry, SealedPassage, SealedRow
from reviews.report.document import Cell


def is_sealed(report: Model) -> bool:
    return isinstance(report, AnnualReport) and report.is_sealed


def sealed_reports_telling(
    rows: Collection[Model], words: Collection[str], everywhere: Collection[str]
) -> Iterator[Standing]:
    """Return the sealed reports, not yet withheld, that tell `everywhere`, or `words` of the very entries `rows`."""
    told_of = _reports_of(rows)
    reports = AnnualReport.objects.sealed().filter(withholding__isnull=True)
    for report in reports.order_by("fiscal_year", "number"):
        looked_for = words if report.pk in told_of else everywhere
        if report in rows or any(one in text for text in _texts(report) for one in looked_for):
            address = reverse("report_withhold", args=[report.fiscal_year, report.number])
            yield Standing(report.title, address)


def _reports_of(rows: Collection[Model]) -> set[int]:
    entries = [row.pk for row in rows if isinstance(row, ProgressEntry)]
    entries += [row.entry_id for row in rows if hasattr(row, "entry_id")]
    told = ReportedEntry.objects.filter(entry__in=[key for key in entries if key])
    return set(told.values_list("report", flat=True))


def _texts(report: AnnualReport) -> list[str]:
    passages = SealedPassage.objects.filter(report=report).values_list("text", flat=True)
    rows: Any = SealedRow.objects.filter(report=report).values_list("cells", flat=True)
    return [*passages, *(Cell.from_json(cell).words for cells in rows for cell in cells)]
