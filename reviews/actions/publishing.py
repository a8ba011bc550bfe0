"""Letting anyone read a sealed report."""

from django.db import transaction

from kirishima_dx import clock
from people.models import User
from reviews.errors import ReportRefused
from reviews.models import AnnualReport, Publication


@transaction.atomic
def publish_report(*, report: AnnualReport, reason: str, by: User) -> Publication:
    """Publish a sealed issue. Raises ReportRefused for a draft, a second time, or without a reason."""
    current = AnnualReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not current.is_sealed:
        raise ReportRefused("確定していない年次報告は公表できません。")
    if Publication.objects.filter(report=current).exists():
        raise ReportRefused(f"{current.title}は、すでに公表されています。")
    if not reason.strip():
        raise ReportRefused("公表の理由を書いてください。")
    return Publication.objects.create(
        report=current,
        reason=reason,
        published_at=clock.now(),
        published_by=by,
        published_by_name=by.display_name,
    )
