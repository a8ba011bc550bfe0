"""The annual reports of the demo, and the draft of its next edition."""

from datetime import date

from people.models import User
from plans.actions import open_draft
from plans.models import Edition, Plan, Policy
from reviews.actions import (
    amend_add,
    amend_end,
    amend_text,
    open_report,
    publish_report,
    seal_report,
    write_report,
)
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


def draft_next_edition(edition: Edition, by: User) -> Edition:
    """Open 2.1 with one change of each kind, ready to be looked through and adopted."""
    draft = open_draft(base=edition, major=edition.major, minor=edition.minor + 1, by=by)
    texts = {
        text.focus_item.code: text
        for text in draft.item_texts.select_related("edition", "focus_item", "policy__axis")
    }
    reworded, concrete, ended = texts["1-C-1"], texts["1-A-3"], texts["3-A-6"]
    amend_text(
        text=reworded,
        title=reworded.title,
        overview=reworded.overview.replace("身近な公共施設で", "身近な公共施設や商業施設で"),
        is_study=reworded.is_study,
        opened_version=reworded.version,
        reason="（デモ）商業施設での開催の要望が多かったため",
        by=by,
    )
    amend_text(
        text=concrete,
        title=concrete.title,
        overview=concrete.overview,
        is_study=False,
        opened_version=concrete.version,
        reason="（デモ）調査・研究の結果、実施の方法が定まったため",
        by=by,
    )
    amend_end(
        text=ended,
        opened_version=ended.version,
        reason="（デモ）関連する項目の中で続けるため",
        by=by,
    )
    amend_add(
        policy=Policy.objects.get(edition=draft, axis__number=3, letter="C"),
        title="（デモ）地域の集まりを支えるデジタル掲示板",
        overview="（デモ）自治会などのお知らせを、スマホでも受け取れるようにします。",
        is_study=True,
        reason="（デモ）現場の気づきとして提案があったため",
        by=by,
    )
    return draft
