"""Annual reports: the document of an issue, its page, and the issues year by year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import QuerySet

from plans.models import Plan
from reviews.enums import ReportStatus
from reviews.models import AnnualReport
from reviews.report.compiler import compile_report, errata_table
from reviews.report.document import Column, Passage, ReportDocument, Table
from reviews.report.layout import ReportLayout, layout


def report_document(report: AnnualReport) -> ReportDocument:
    """Return what a report shows: sealed, from its own rows alone; draft, compiled from the records as they stand."""
    if report.is_sealed:
        return sealed_document(report)
    document = compile_report(report)
    if report.corrects is not None:
        errata = errata_table(sealed_document(report.corrects), document)
        document = replace(document, tables=(errata, *document.tables))
    return document


def sealed_document(report: AnnualReport) -> ReportDocument:
    """Return the document of a sealed report in three queries."""
    passages = tuple(
        Passage(passage.key, passage.label, passage.text)
        for passage in report.sealed_passages.order_by("position")
    )
    tables = tuple(
        Table(
            table.key,
            table.title,
            tuple(Column(key, label) for key, label in table.columns),
            tuple(tuple(row.cells) for row in table.rows.all()),
        )
        for table in report.sealed_tables.order_by("position").prefetch_related("rows")
    )
    return ReportDocument(passages, tables)


def is_intact(report: AnnualReport, document: ReportDocument) -> bool:
    """Whether a sealed report's rows still give the digest it was sealed with."""
    return report.is_sealed and document.digest() == report.digest


@dataclass(frozen=True)
class ReportYear:
    """All issues of a year's report that somebody may see, the latest first."""

    fiscal_year: int
    issues: list[AnnualReport]


@dataclass(frozen=True)
class ReportPage:
    """One issue as it is shown. `is_intact` says whether a sealed one still gives its digest."""

    report: AnnualReport
    layout: ReportLayout
    is_intact: bool
    correction: AnnualReport | None


def issues_shown(plan: Plan, *, with_drafts: bool) -> QuerySet[AnnualReport]:
    """Return the issues that somebody may see, those of the latest year first and of a year the latest first."""
    issues = AnnualReport.objects.filter(plan=plan).select_related(
        "plan", "edition", "corrects", "corrected_by", "sealed_by"
    )
    return issues if with_drafts else issues.filter(status=ReportStatus.SEALED)


def report_years(plan: Plan, *, with_drafts: bool) -> Iterator[ReportYear]:
    """Return the years that have a report, the latest first, in one query."""
    issues = issues_shown(plan, with_drafts=with_drafts)
    for fiscal_year, of_year in groupby(issues, key=lambda report: report.fiscal_year):
        yield ReportYear(fiscal_year, list(of_year))


def report_page(report: AnnualReport, *, for_staff: bool) -> ReportPage:
    """Return what the page of an issue shows: for a sealed one three queries, and nothing from the live records.

    Staff see drafts of corrections, and who sealed.
    """
    document = report_document(report)
    correction = getattr(report, "corrected_by", None)
    if correction is not None and not correction.is_sealed and not for_staff:
        correction = None
    return ReportPage(
        report, layout(document, with_persons=for_staff), is_intact(report, document), correction
    )
