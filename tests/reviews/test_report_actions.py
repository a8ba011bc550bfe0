"""Opening, editing and sealing a report: what the actions refuse, and what they then leave as it was."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from report_cast import OVERVIEW, REASON, opened

from initiatives.actions.progress import record_progress
from initiatives.models import Initiative, ProgressEntry
from initiatives.statement import Statement
from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.reporting import edit_report, open_report, seal_report
from reviews.errors import ReportConflict, ReportRefused
from reviews.models import AnnualReport
from reviews.queries.reports import report_document
from reviews.report.document import Cell
from reviews.report.stated import SILENT
from reviews.workbooks.report import sealed_workbook

Record = Callable[..., ProgressEntry]


@pytest.mark.parametrize(
    ("overview", "reason", "message"),
    [("", REASON, "総括が空です"), ("  ", REASON, "総括が空です"), (OVERVIEW, " ", "確定の理由")],
)
def test_a_seal_needs_an_overview_and_a_reason(
    small_edition: Edition, secretariat: User, overview: str, reason: str, message: str
) -> None:
    report = opened(small_edition, secretariat, overview=overview)
    with pytest.raises(ReportRefused, match=message):
        seal_report(
            report=report,
            draw=sealed_workbook,
            reason=reason,
            opened_version=report.version,
            by=secretariat,
        )
    report.refresh_from_db()
    assert not report.is_sealed
    assert not report.sealed_passages.exists()


def test_g4_a_seal_on_an_older_version_is_refused(
    small_edition: Edition, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    with pytest.raises(ReportConflict):
        seal_report(
            report=report,
            draw=sealed_workbook,
            reason=REASON,
            opened_version=report.version - 1,
            by=secretariat,
        )
    assert not AnnualReport.objects.get().is_sealed


def test_a_seal_on_records_that_changed_since_they_were_looked_at_is_refused(
    small_edition: Edition, responsible: FocusItem, record: Record, editor: User, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    seen: dict[str, Any] = {
        "opened_version": report.version,
        "seen_digest": report_document(report).digest(),
    }
    record(responsible, by=editor)
    with pytest.raises(ReportConflict):
        seal_report(report=report, draw=sealed_workbook, reason=REASON, by=secretariat, **seen)
    assert not AnnualReport.objects.get().is_sealed
    seen["seen_digest"] = report_document(report).digest()
    assert seal_report(
        report=report, draw=sealed_workbook, reason=REASON, by=secretariat, **seen
    ).is_sealed


def test_editing_saves_words_and_day_or_neither(small_edition: Edition, secretariat: User) -> None:
    report = opened(small_edition, secretariat)
    with pytest.raises(ReportRefused, match="未来"):
        edit_report(
            report=report,
            overview="新しい総括",
            technology_trends="",
            national_trends="",
            as_of=date(2026, 12, 1),
            opened_version=report.version,
            by=secretariat,
        )
    report.refresh_from_db()
    assert (report.overview, report.as_of) == (OVERVIEW, date(2026, 9, 30))
    edited = edit_report(
        report=report,
        overview="新しい総括",
        technology_trends="",
        national_trends="新しい動向",
        as_of=date(2026, 10, 1),
        opened_version=report.version,
        by=secretariat,
    )
    assert (edited.overview, edited.national_trends) == ("新しい総括", "新しい動向")
    assert edited.as_of == date(2026, 10, 1)


def test_a_year_has_one_report_and_its_day_lies_within(
    small_edition: Edition, secretariat: User
) -> None:
    opened(small_edition, secretariat)
    with pytest.raises(ReportRefused, match="すでにあります"):
        open_report(plan=small_edition.plan, year=2026, as_of=date(2026, 9, 1), by=secretariat)
    with pytest.raises(ReportRefused, match="2025-04-01～2026-03-31"):
        open_report(plan=small_edition.plan, year=2025, as_of=date(2026, 4, 1), by=secretariat)
    with pytest.raises(ReportRefused, match="未来"):
        open_report(plan=small_edition.plan, year=2027, as_of=date(2027, 4, 1), by=secretariat)


def test_what_was_said_of_an_earlier_year_is_no_answer_of_this_one(
    small_edition: Edition,
    responsible: FocusItem,
    statement: Callable[..., Statement],
    secretariat: User,
) -> None:
    """G2: silence in the year shows as 未回答, beside last year's rating."""
    record_progress(
        focus_item=responsible,
        statement=statement(),
        as_of=date(2026, 3, 31),
        opened_revision=Initiative.objects.get().revision,
        by=secretariat,
    )
    progress = report_document(opened(small_edition, secretariat)).table("progress")
    assert progress is not None
    assert progress.column("rating")[0] == SILENT
    assert progress.column("previous_rating")[0] == Cell("順調", "on_track")
