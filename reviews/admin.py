"""Reports in the admin, to be looked at: only actions change them, and nothing changes a seal."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from people.admin_site import ReadOnlyAdmin
from reviews.models import AnnualReport

WORDS = ("overview", "technology_trends", "national_trends", "correction_reason", "seal_reason")


@admin.register(AnnualReport)
class AnnualReportAdmin(ReadOnlyAdmin):
    list_display = (
        "title",
        "status",
        "as_of",
        "edition",
        "opened_by",
        "sealed_by",
        "sealed_at",
        "published_at",
        "page",
    )
    list_filter = ("status", "fiscal_year")
    list_select_related = (
        "plan",
        "edition__plan",
        "opened_by",
        "sealed_by",
        "publication",
        "withholding",
    )

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out the words of an issue that is withheld (A3)."""
        is_withheld = obj is not None and obj.is_withheld
        return WORDS if is_withheld else super().get_exclude(request, obj)

    @admin.display(description="年次報告", ordering="fiscal_year")
    def title(self, report: AnnualReport) -> str:
        return report.title

    @admin.display(description="公表日時", ordering="publication__published_at")
    def published_at(self, report: AnnualReport) -> datetime | None:
        return report.publication.published_at if report.is_published else None

    @admin.display(description="画面")
    def page(self, report: AnnualReport) -> SafeString:
        return format_html('<a href="{}">この報告を読む</a>', report.get_absolute_url())
