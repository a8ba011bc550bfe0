"""Whether an Excel file is the 会議資料 of a sealed report: which report it claims to be, and where it differs."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kirishima_dx.spreadsheets.guard.package import Package
from kirishima_dx.spreadsheets.guard.reading import read_sheets
from kirishima_dx.spreadsheets.guard.sheet import without_empties
from kirishima_dx.spreadsheets.guard.xml_stream import Budget, read_xml
from reviews.models import AnnualReport, SealedWorkbook
from reviews.queries.reports import is_intact, kept_workbook, sealed_document
from reviews.report.verify import Comparison, compare
from reviews.workbooks.report import DRAFT

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_PROPERTIES = "docprops/core.xml"
_TOLD_IN = ("identifier", "contentStatus", "oddFooter")


@dataclass
class Marks:
    """Reads what a workbook says of itself in its properties and its footers."""

    budget: Budget
    told: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _TOLD_IN})
    _within: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.told:
            self._within = name
            self.told[name].append("")

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    def text(self, data: str) -> None:
        if self._within:
            self.budget.spend_text(len(data))
            self.told[self._within][-1] += data

    @property
    def digests(self) -> list[str]:
        """Return the digests it names, that of the properties first: a program may drop those, a person the footers."""
        said = [*self.told["identifier"], *self.told["oddFooter"]]
        return list(dict.fromkeys(found for text in said for found in _DIGEST.findall(text)))

    @property
    def is_draft(self) -> bool:
        """Whether it was drawn from a report that was not sealed."""
        feet = [foot.rstrip() for foot in self.told["oddFooter"]]
        return DRAFT in self.told["contentStatus"] or any(foot.endswith(DRAFT) for foot in feet)


def read_marks(content: bytes) -> Marks:
    """Read the properties and footers of a workbook. Raises WorkbookRefused."""
    package, budget = Package(content), Budget()
    marks = Marks(budget)
    for name in package.names():
        if name == _PROPERTIES or (name.startswith("xl/worksheets/") and name.endswith(".xml")):
            read_xml(package.chunks(name), marks, budget, shrink=without_empties)
    return marks


@dataclass(frozen=True)
class Found:
    """What came of checking a file. Without a `report` it could not be told which one it claims to be.

    `is_identical`: the very bytes that were kept.
    """

    report: AnnualReport | None = None
    comparison: Comparison | None = None
    is_identical: bool = False
    is_withheld: bool = False
    """Nobody reads the report any more (A3): only which one it is is told, and nothing of what stands in it."""
    is_intact: bool = True
    is_draft: bool = False
    claimed: str = ""
    """The digest that the file names, where it is not that of the report."""

    @property
    def is_same(self) -> bool:
        return self.is_identical or (self.comparison is not None and self.comparison.is_same)


def verify_workbook(
    content: bytes, issues: Iterable[AnnualReport], chosen: AnnualReport | None = None
) -> Found:
    """Check a file against the sealed issue that it names, or against the one that is chosen.

    `issues` are the sealed ones that the person may read. Raises WorkbookRefused for what is no workbook.
    """
    known = {report.digest: report for report in issues}
    digest = hashlib.sha256(content).hexdigest()
    kept = SealedWorkbook.objects.filter(digest=digest, report__in=known.values()).first()
    if kept is not None and (chosen is None or chosen.pk == kept.report_id):
        itself = next(one for one in known.values() if one.pk == kept.report_id)
        return Found(
            itself,
            is_identical=True,
            is_withheld=itself.is_withheld,
            is_intact=_is_intact(itself),
        )
    marks = read_marks(content)
    named = next((known[one] for one in marks.digests if one in known), None)
    report = chosen or named
    claimed = next((one for one in marks.digests if report is None or one != report.digest), "")
    if report is None:
        return Found(is_draft=marks.is_draft, claimed=claimed)
    return _compared(content, report, is_draft=marks.is_draft, claimed=claimed)


def _compared(content: bytes, report: AnnualReport, *, is_draft: bool, claimed: str) -> Found:
    if report.is_withheld:
        return Found(report, is_withheld=True, is_intact=_is_intact(report), claimed=claimed)
    sent = read_sheets(content)
    kept = kept_workbook(report)
    return Found(
        report,
        compare(read_sheets(kept) if kept else [], sent),
        is_intact=_is_intact(report),
        is_draft=is_draft,
        claimed=claimed,
    )


def _is_intact(report: AnnualReport) -> bool:
    """Whether what is kept of a report still gives the digests under which it was sealed."""
    kept = SealedWorkbook.objects.filter(report=report).first()
    whole = kept is not None and hashlib.sha256(bytes(kept.content)).hexdigest() == kept.digest
    return whole and is_intact(report, sealed_document(report))
