"""Opening, writing and sealing the annual report."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction

from initiatives.models import ProgressEntry
from kirishima_dx import clock, fiscal_year
from kirishima_dx.history import explain
from people.models import User
from plans.models import Edition, Plan
from reviews.enums import ReportStatus
from reviews.errors import ReportConflict, ReportRefused
from reviews.models import (
    AnnualReport,
    ReportedEntry,
    SealedPassage,
    SealedRow,
    SealedTable,
    SealedWorkbook,
)
from reviews.queries.reports import draft_report
from reviews.report import overview as overview_draft
from reviews.report.document import Passage, ReportDocument, Seal


def _refuse_day(year: int, as_of: date) -> None:
    first, last = fiscal_year.first_day(year), fiscal_year.last_day(year)
    if not first <= as_of <= last:
        raise ReportRefused(
            f"基準日は{fiscal_year.fiscal_year_label(year)}の中の日"
            f"（{first.isoformat()}～{last.isoformat()}）にしてください。"
        )
    if as_of > clock.today():
        raise ReportRefused("基準日に未来の日は入れられません。")


def _edition_on(plan: Plan, as_of: date) -> Edition:
    edition = Edition.objects.living(plan, as_of)
    if edition is None:
        raise ReportRefused("計画がまだ読み込まれていません。")
    return edition


@transaction.atomic
def open_report(*, plan: Plan, year: int, as_of: date, by: User) -> AnnualReport:
    """Open the first issue of a year's report. Raises ReportRefused."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    if AnnualReport.objects.filter(plan=plan, fiscal_year=year).exists():
        raise ReportRefused(f"{fiscal_year.fiscal_year_label(year)}の年次報告はすでにあります。")
    _refuse_day(year, as_of)
    report = AnnualReport(
        plan=plan,
        fiscal_year=year,
        as_of=as_of,
        edition=_edition_on(plan, as_of),
        opened_at=clock.now(),
        opened_by=by,
    )
    explain(report, by=by)
    report.save()
    return report


@transaction.atomic
def open_correction(*, report: AnnualReport, reason: str, by: User) -> AnnualReport:
    """Open the next issue, which corrects a sealed one and names it (R2). Raises ReportRefused.

    Of an issue that is withheld (A3) it takes no words over.
    """
    Plan.objects.select_for_update().get(pk=report.plan_id)
    if not report.is_sealed:
        raise ReportRefused("確定していない報告は、そのまま直せます。")
    if AnnualReport.objects.filter(corrects=report).exists():
        raise ReportRefused(f"{report.title}を訂正する号はすでにあります。")
    if not reason.strip():
        raise ReportRefused("訂正の理由を書いてください。")
    correction = AnnualReport(
        plan=report.plan,
        fiscal_year=report.fiscal_year,
        number=report.number + 1,
        as_of=report.as_of,
        edition=report.edition,
        **_words_taken_over(report),
        corrects=report,
        correction_reason=reason,
        opened_at=clock.now(),
        opened_by=by,
    )
    explain(correction, by=by, reason=reason)
    correction.save()
    return correction


def _words_taken_over(report: AnnualReport) -> dict[str, str]:
    names = ("overview", "technology_trends", "national_trends")
    return {} if report.is_withheld else {name: getattr(report, name) for name in names}


def taken_draft(report: AnnualReport, opened_version: int) -> AnnualReport:
    """Return a draft, taken for writing. Raises ReportRefused where it is none any more, ReportConflict (G4)."""
    current = (
        AnnualReport.everything.select_for_update(of=("self",))
        .select_related("plan", "edition", "corrects")
        .get(pk=report.pk)
    )
    if current.is_abandoned:
        raise ReportRefused(f"{current.title}は、ほかの人が取りやめました。")
    if current.is_sealed:
        raise ReportRefused(f"{current.title}は確定しているので、変更できません。")
    if current.version != opened_version:
        raise ReportConflict(current)
    current.version += 1
    return current


@transaction.atomic
def write_report(
    *,
    report: AnnualReport,
    overview: str,
    technology_trends: str,
    national_trends: str,
    opened_version: int,
    by: User,
) -> AnnualReport:
    """Save the words of a draft. Raises ReportConflict (G4), ReportRefused."""
    current = taken_draft(report, opened_version)
    current.overview = overview
    current.technology_trends, current.national_trends = technology_trends, national_trends
    explain(current, by=by)
    current.save(update_fields=["overview", "technology_trends", "national_trends", "version"])
    return current


@transaction.atomic
def change_as_of(
    *, report: AnnualReport, as_of: date, opened_version: int, by: User
) -> AnnualReport:
    """Let a draft speak of another day of its year, and of the edition in force on it."""
    current = taken_draft(report, opened_version)
    _refuse_day(current.fiscal_year, as_of)
    current.as_of, current.edition = as_of, _edition_on(current.plan, as_of)
    explain(current, by=by)
    current.save(update_fields=["as_of", "edition", "version"])
    return current


@transaction.atomic
def edit_report(
    *,
    report: AnnualReport,
    overview: str,
    technology_trends: str,
    national_trends: str,
    as_of: date,
    opened_version: int,
    by: User,
) -> AnnualReport:
    """Save the words and the day of a draft, both or neither. Raises ReportConflict (G4), ReportRefused."""
    current = write_report(
        report=report,
        overview=overview,
        technology_trends=technology_trends,
        national_trends=national_trends,
        opened_version=opened_version,
        by=by,
    )
    if as_of == current.as_of:
        return current
    return change_as_of(report=current, as_of=as_of, opened_version=current.version, by=by)


@transaction.atomic
def seal_report(
    *,
    report: AnnualReport,
    reason: str,
    opened_version: int,
    by: User,
    draw: Callable[[ReportDocument, Seal], bytes],
    seen_digest: str | None = None,
) -> AnnualReport:
    """Fix a report for good: its own copy of every word and number, and the digest of that copy (R1).

    `draw` makes the workbook, which is kept as it is: made anew by a later version, its cells might stand elsewhere.
    `seen_digest` is the digest of the draft's document as somebody looked at it before deciding; None: not looked at.
    Raises ReportRefused without a reason or an overview of one's own, ReportConflict where the draft or a record that
    it reports was changed meanwhile.
    """
    current = taken_draft(report, opened_version)
    _refuse_words(current, reason)
    compiled = draft_report(current)
    if seen_digest not in (None, compiled.document.digest()):
        raise ReportConflict(
            AnnualReport.objects.select_related("plan", "edition").get(pk=current.pk)
        )
    document = _with_seal(compiled.document, by=by, reason=reason)
    seal = Seal(clock.now(), document.digest())
    _store(current, document)
    _store_beside(current, draw(document, seal), compiled.entries)
    current.status, current.digest = ReportStatus.SEALED, seal.digest
    current.sealed_at, current.sealed_by, current.seal_reason = seal.sealed_at, by, reason
    explain(current, by=by, reason=reason)
    current.save(
        update_fields=["status", "sealed_at", "sealed_by", "seal_reason", "digest", "version"]
    )
    return current


def _refuse_words(report: AnnualReport, reason: str) -> None:
    if not reason.strip():
        raise ReportRefused("確定の理由を書いてください。")
    in_the_way = overview_draft.refusal(report.overview)
    if in_the_way:
        raise ReportRefused(in_the_way)


def _with_seal(document: ReportDocument, *, by: User, reason: str) -> ReportDocument:
    seal = (
        Passage(
            "sealed_on",
            "確定日",
            fiscal_year.wareki_date(clock.today()),
            clock.today().isoformat(),
        ),
        Passage("sealed_by", "確定者", by.display_name),
        Passage("seal_reason", "確定の理由", reason),
    )
    return replace(document, passages=(*document.passages, *seal))


def _store_beside(
    report: AnnualReport, workbook: bytes, entries: Mapping[int, ProgressEntry]
) -> None:
    """Keep the workbook, and from which entries the report was made."""
    SealedWorkbook.objects.create(
        report=report, content=workbook, digest=hashlib.sha256(workbook).hexdigest()
    )
    ReportedEntry.objects.bulk_create(
        ReportedEntry(report=report, focus_item_id=item, entry=entry)
        for item, entry in entries.items()
    )


def _store(report: AnnualReport, document: ReportDocument) -> None:
    SealedPassage.objects.bulk_create(
        SealedPassage(
            report=report,
            position=position,
            key=passage.key,
            label=passage.label,
            text=passage.text,
            value=passage.value,
        )
        for position, passage in enumerate(document.passages)
    )
    for position, table in enumerate(document.tables):
        sealed = SealedTable.objects.create(
            report=report,
            position=position,
            key=table.key,
            title=table.title,
            columns=[column.as_json() for column in table.columns],
        )
        SealedRow.objects.bulk_create(
            SealedRow(
                report=report, table=sealed, position=number, cells=[cell.as_json() for cell in row]
            )
            for number, row in enumerate(table.rows)
        )
