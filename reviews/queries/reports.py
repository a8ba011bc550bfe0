"""Annual reports: the document of an issue, its page, and the issues year by year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from plans.models import Plan
from reviews.models import AnnualReport, SealedRow, SealedWorkbook
from reviews.queries.considered import considerations_of_report
from reviews.queries.followed_up import decisions_table
from reviews.queries.gaps import GapGroup, report_gaps
from reviews.queries.report_ways import report_ways
from reviews.queries.studied import studies_table
from reviews.querysets import AnnualReportQuerySet
from reviews.report.cells import NO_WAYS
from reviews.report.compiler import CompiledReport, compile_report, prose_passages
from reviews.report.document import Cell, Column, Passage, ReportDocument, Table
from reviews.report.errata import errata_table, replaced_table
from reviews.report.layout import PROSE_KEYS, ReportLayout, layout
from reviews.report.overview import refusal


def report_document(report: AnnualReport) -> ReportDocument:
    """Return what a report shows: sealed, from its own rows alone; draft, compiled from the records as they stand."""
    if report.is_sealed:
        return sealed_document(report)
    return draft_report(report).document


def draft_report(report: AnnualReport) -> CompiledReport:
    """Return the document of a draft as the records stand, and the entries it tells of; a correction has its 正誤表.

    Of an issue that is withheld (A3) it quotes nothing.
    """
    compiled = compile_report(
        report, decisions_table(report), studies_table(report), considerations_of_report(report)
    )
    if report.corrects is None:
        return compiled
    document, corrected = compiled.document, report.corrects
    errata = (
        replaced_table(corrected.title)
        if corrected.is_withheld
        else errata_table(sealed_document(corrected), document)
    )
    return replace(compiled, document=replace(document, tables=(errata, *document.tables)))


def sealed_document(report: AnnualReport) -> ReportDocument:
    """Return the document of a sealed report in three queries."""
    passages = tuple(
        Passage(passage.key, passage.label, passage.text, passage.value)
        for passage in report.sealed_passages.order_by("position")
    )
    rows = _sealed_rows(report)
    tables = tuple(
        Table(
            table.key,
            table.title,
            tuple(map(Column.from_json, table.columns)),
            tuple(rows.get(table.pk, ())),
        )
        for table in report.sealed_tables.order_by("position")
    )
    return ReportDocument(passages, tables)


def _sealed_rows(report: AnnualReport) -> dict[int, list[tuple[Cell, ...]]]:
    """Return the rows of a sealed report by the keys of their tables, as plain values: they are many."""
    rows: dict[int, list[tuple[Cell, ...]]] = {}
    kept = SealedRow.objects.filter(table__report=report).order_by("position")
    for table, cells in kept.values_list("table", "cells"):
        rows.setdefault(table, []).append(tuple(map(Cell.from_json, cells)))
    return rows


def report_prose(report: AnnualReport) -> list[Passage]:
    """Return the words of a report, without its tables: of a sealed one from its own rows, in one query."""
    if not report.is_sealed:
        return prose_passages(report)
    kept = report.sealed_passages.filter(key__in=PROSE_KEYS).order_by("position")
    return [Passage(passage.key, passage.label, passage.text) for passage in kept]


def tells_of_studies(report: AnnualReport) -> bool:
    """Whether a report has the table of ★ items: what was sealed before there was one never has."""
    return not report.is_sealed or report.sealed_tables.filter(key="studies").exists()


def kept_workbook(report: AnnualReport) -> bytes | None:
    """Return the workbook as drawn at the sealing; None for a draft."""
    kept = SealedWorkbook.objects.filter(report=report).first()
    return bytes(kept.content) if kept else None


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
    """One issue as it is shown: whether a sealed one still gives its digest, and what a draft lacks."""

    report: AnnualReport
    layout: ReportLayout
    is_intact: bool
    correction: AnnualReport | None
    gaps: list[GapGroup]


@dataclass(frozen=True)
class SealPage:
    """What a seal would fix for good, the digest of what is looked at, and what is still in its way."""

    layout: ReportLayout
    seen_digest: str
    gaps: list[GapGroup]
    refusal: str


def issues_shown(plan: Plan, *, to_staff: bool) -> AnnualReportQuerySet:
    """Return the issues that somebody may see, those of the latest year first and of a year the latest first."""
    issues: AnnualReportQuerySet = AnnualReport.objects.filter(plan=plan).shown_to_staff(to_staff)
    acts = ("publication", "withholding")
    ways = ("", "corrects__", "corrected_by__")
    tied = [f"{way}{act}" for way in ways for act in acts]
    return issues.select_related("plan", "edition", "sealed_by", *tied)


def report_years(plan: Plan, *, to_staff: bool) -> Iterator[ReportYear]:
    """Return the years that have a report, the latest first, in one query."""
    issues = issues_shown(plan, to_staff=to_staff)
    for fiscal_year, of_year in groupby(issues, key=lambda report: report.fiscal_year):
        yield ReportYear(fiscal_year, list(of_year))


def abandoned_reports(plan: Plan) -> list[AnnualReport]:
    """Return the drafts that were given up, the last one first."""
    given_up = AnnualReport.everything.filter(plan=plan, abandoned_at__isnull=False)
    return list(given_up.select_related("plan").order_by("-pk"))


def report_page(report: AnnualReport, *, for_staff: bool, rated: str = "") -> ReportPage:
    """Return what the page of an issue shows: what a sealed one says comes from its own rows, in three queries.

    Staff see corrections that are not published, who sealed and why, and the ways to where each row comes from.
    """
    draft = None if report.is_sealed else draft_report(report)
    document = draft.document if draft else sealed_document(report)
    entries = draft.entries.values() if draft else None
    ways = report_ways(report, document, entries) if for_staff else NO_WAYS
    correction = getattr(report, "corrected_by", None)
    if correction is not None and not correction.is_published and not for_staff:
        correction = None
    return ReportPage(
        report,
        layout(document, with_persons=for_staff, ways=ways, rated=rated),
        is_intact(report, document),
        correction,
        report_gaps(report, draft) if draft else [],
    )


def seal_page(report: AnnualReport) -> SealPage:
    """Return what somebody has to see before a draft is sealed."""
    draft = draft_report(report)
    return SealPage(
        layout(draft.document),
        draft.document.digest(),
        report_gaps(report, draft),
        refusal(report.overview),
    )
