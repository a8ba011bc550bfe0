"""Letting anyone read a sealed report, and nobody any more one that tells of personal data (A3)."""

from django.db import transaction

from kirishima_dx import clock
from people.models import User
from reviews.errors import ReportRefused
from reviews.models import AnnualReport, Publication, Withholding


@transaction.atomic
def publish_report(*, report: AnnualReport, reason: str, by: User) -> Publication:
    """Publish a sealed issue. Raises ReportRefused for a draft, a second time, or without a reason."""
    current = AnnualReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not current.is_sealed:
        raise ReportRefused("確定していない年次報告は公表できません。")
    if Publication.objects.filter(report=current).exists():
        raise ReportRefused(f"{current.title}は、すでに公表されています。")
    if current.is_withheld:
        raise ReportRefused(f"{current.title}は、個人情報を含むため差し控えています。")
    if not reason.strip():
        raise ReportRefused("公表の理由を書いてください。")
    return Publication.objects.create(
        report=current,
        reason=reason,
        published_at=clock.now(),
        published_by=by,
        published_by_name=by.display_name,
    )


@transaction.atomic
def withhold_report(*, report: AnnualReport, reason: str, by: User) -> Withholding:
    """Let nobody read a sealed issue any more; it stays as it was sealed (R1), and the next issue takes its place.

    Raises ReportRefused for a draft, a second time, or without a reason.
    """
    current = AnnualReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not current.is_sealed:
        raise ReportRefused("確定していない年次報告は、差し控えずに直せます。")
    if current.is_withheld:
        raise ReportRefused(f"{current.title}は、すでに差し控えています。")
    if not reason.strip():
        raise ReportRefused("差し控える理由を書いてください。")
    return Withholding.objects.create(
        report=current,
        reason=reason,
        withheld_at=clock.now(),
        withheld_by=by,
        withheld_by_name=by.display_name,
    )
