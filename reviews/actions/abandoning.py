"""Giving up a report that is still being written: its words stay, its year is free again."""

from collections.abc import Iterator

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from kirishima_dx.quoting import quoted
from people.models import User
from plans.models import Plan
from reviews.actions.reporting import taken_draft
from reviews.errors import ReportRefused
from reviews.models import AgendaItem, AnnualReport, Meeting


def abandoning_obstacles(report: AnnualReport) -> list[str]:
    """Return where a draft is still put before a meeting; it is taken off there first."""
    return [*_reported_at(report), *_on_agendas(report)]


def _reported_at(report: AnnualReport) -> Iterator[str]:
    for meeting in Meeting.objects.going_ahead().filter(report=report):
        way = (
            "その記録は確定しているので、この報告は取りやめにできません。"
            if meeting.is_closed
            else "先に、会議の「予定を直す」で外してください。"
        )
        yield f"{meeting.title}で報告する年次報告に選ばれています。{way}"


def _on_agendas(report: AnnualReport) -> Iterator[str]:
    items = AgendaItem.objects.filter(report=report, meeting__called_off_at__isnull=True)
    for item in items.select_related("meeting").order_by("meeting", "position", "pk"):
        way = (
            "意見か議事が記録されているので、会議を取りやめるまで、この報告は取りやめにできません。"
            if item.discussion or item.opinions.exists() or item.decisions.exists()
            else "先に、議題から外してください。"
        )
        yield f"{item.meeting.title}の議題{quoted(item.title)}になっています。{way}"


@transaction.atomic
def abandon_report(
    *, report: AnnualReport, reason: str, opened_version: int, by: User
) -> AnnualReport:
    """Give up a draft. Raises ReportConflict (G4), ReportRefused without a reason or while a meeting has it."""
    Plan.objects.select_for_update().get(pk=report.plan_id)
    current = taken_draft(report, opened_version)
    if not reason.strip():
        raise ReportRefused("取りやめの理由を書いてください。")
    obstacles = abandoning_obstacles(current)
    if obstacles:
        raise ReportRefused("\n".join(obstacles))
    current.abandoned_at, current.abandoned_by = clock.now(), by
    current.abandoned_by_name, current.abandoned_because = by.display_name, reason
    current.corrects = None
    explain(current, by=by, reason=reason)
    current.save()
    return current
