"""Reports for the tests: opened, written and sealed through the actions."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from people.models import User
from plans.models import Edition
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_report, seal_report, write_report
from reviews.models import AnnualReport
from reviews.workbooks.report import sealed_workbook

OVERVIEW = "全体として順調に進んでいる。\n\n一部で調整に時間を要した。"
TRENDS = "生成AIの業務利用が広がった。"
REASON = "推進本部に報告するため"


def opened(edition: Edition, by: User, *, overview: str = OVERVIEW) -> AnnualReport:
    report = open_report(plan=edition.plan, year=2026, as_of=date(2026, 9, 30), by=by)
    return write_report(
        report=report,
        overview=overview,
        technology_trends=TRENDS,
        national_trends="",
        opened_version=report.version,
        by=by,
    )


def sealed(edition: Edition, by: User) -> AnnualReport:
    return seal(opened(edition, by), by)


def published(edition: Edition, by: User) -> AnnualReport:
    return publish(sealed(edition, by), by)


def publish(report: AnnualReport, by: User) -> AnnualReport:
    publish_report(report=report, reason="公表するため", by=by)
    return AnnualReport.objects.get(pk=report.pk)


def seal(report: AnnualReport, by: User) -> AnnualReport:
    return seal_report(
        report=report,
        reason=REASON,
        opened_version=report.version,
        draw=sealed_workbook,
        by=by,
    )


def workbook(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def cells(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return every value, number format and size of every sheet."""
    return {
        sheet.title: [
            (cell.coordinate, cell.value, cell.number_format, cell.font.name, cell.font.b)
            for row in sheet.iter_rows()
            for cell in row
        ]
        + [(str(area),) for area in sheet.merged_cells.ranges]
        + [(key, size.height) for key, size in sheet.row_dimensions.items()]
        for sheet in workbook(content).worksheets
    }
