"""The annual reports of the demo."""

from datetime import date

from people.models import User
from plans.models import Plan
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_report, seal_report, write_report
from reviews.models import AnnualReport
from reviews.workbooks.report import sealed_workbook


def write_annual_report(
    plan: Plan, year: int, as_of: date, by: User, *, sealed: bool
) -> AnnualReport:
    report = open_report(plan=plan, year=year, as_of=as_of, by=by)
    report = write_report(
        report=report,
        overview="（デモ）全体として概ね順調に進んでいる。一部の検討項目では、関係する仕組みの更新時期との調整に時間を要している。",
        technology_trends="（デモ）生成AIの業務利用が広がり、文書作成や照会対応での活用が進んだ。",
        national_trends="（デモ）自治体の基幹業務システムの標準化が進められている。",
        opened_version=report.version,
        by=by,
    )
    if sealed:
        report = seal_report(
            report=report,
            reason="（デモ）DX推進本部に報告するため",
            opened_version=report.version,
            draw=sealed_workbook,
            by=by,
        )
    return report


def publish(report: AnnualReport, by: User) -> None:
    publish_report(report=report, reason="（デモ）DX推進本部に報告し、了承されたため", by=by)
