"""A draft of a report can be given up; a year outside the plan's period is asked about before."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from meeting_cast import planned, put_report
from raw_sql import refused
from report_cast import OVERVIEW, opened, sealed

from people.models import User
from plans.models import Edition
from reviews.actions.abandoning import abandon_report
from reviews.actions.calling_off import call_off_meeting
from reviews.actions.meetings import Sitting, change_meeting
from reviews.actions.minutes import write_opinion
from reviews.actions.reporting import open_correction, write_report
from reviews.errors import ReportRefused
from reviews.models import AnnualReport

REASON = "年度を選び間違えたため"
URL = "/reports/2026/1/abandon/"
Clients = Callable[[User | None], Client]


@pytest.fixture
def report(small_edition: Edition, secretariat: User) -> AnnualReport:
    return opened(small_edition, secretariat)


def test_a_year_outside_the_plan_is_asked_about(small_edition: Edition, desk: Client) -> None:
    form = {"fiscal_year": "2025", "as_of": "2026-03-31"}

    page = desk.post("/reports/", form).content.decode()

    assert "令和7年度は、計画の期間（令和8年度～令和9年度）の外です。" in page
    assert not AnnualReport.objects.exists()
    another = {"fiscal_year": "2024", "as_of": "2025-03-31", "asked_again": "2025"}
    assert desk.post("/reports/", another).status_code == 200
    assert desk.post("/reports/", {**form, "asked_again": "2025"}).status_code == 302
    assert AnnualReport.objects.get().fiscal_year == 2025


def test_a_draft_is_given_up_and_its_year_is_free(
    report: AnnualReport,
    small_edition: Edition,
    secretariat: User,
    desk: Client,
    client_of: Clients,
) -> None:
    form = {"reason": REASON, "version": report.version}
    assert "理由を書いて" in desk.post(URL, {**form, "reason": ""}).content.decode()

    page = desk.post(URL, form, follow=True).content.decode()

    assert f"理由：{REASON}" in page
    assert OVERVIEW.split()[0] in page
    assert desk.get("/reports/2026/1/").status_code == 404
    assert REASON not in client_of(None).get("/reports/").content.decode()
    assert refused("UPDATE reviews_annualreport SET abandoned_because = 'x'")
    assert refused("DELETE FROM reviews_annualreport")
    again = opened(small_edition, secretariat)
    assert (again.number, AnnualReport.objects.get()) == (1, again)
    with pytest.raises(ReportRefused, match="取りやめました"):
        write_report(
            report=report,
            overview="",
            technology_trends="",
            national_trends="",
            opened_version=report.version,
            by=secretariat,
        )


def test_a_correction_that_was_given_up_can_be_made_again(
    small_edition: Edition, secretariat: User
) -> None:
    issue = sealed(small_edition, secretariat)
    for _ in range(2):
        correction = open_correction(report=issue, reason="誤り", by=secretariat)
        abandon_report(report=correction, reason=REASON, opened_version=1, by=secretariat)

    assert open_correction(report=issue, reason="誤り", by=secretariat).number == 2
    with pytest.raises(ReportRefused, match="確定"):
        abandon_report(report=issue, reason=REASON, opened_version=issue.version, by=secretariat)


def test_a_draft_before_a_meeting_is_taken_off_first(
    report: AnnualReport,
    small_edition: Edition,
    secretariat: User,
    headquarters: User,
    desk: Client,
) -> None:
    meeting = planned(small_edition, secretariat, report=report)
    item = put_report(meeting, report, secretariat)
    form = {"reason": REASON, "version": report.version}

    page = desk.post(URL, form).content.decode()

    assert f"{meeting.title}で報告する年次報告に選ばれています" in page
    assert "先に、議題から外してください" in page
    assert f"{REASON}</textarea>" in page
    change_meeting(
        meeting=meeting,
        sitting=Sitting(number=1, held_on=meeting.held_on),
        opened_version=meeting.version,
        by=secretariat,
    )
    write_opinion(agenda_item=item, text="意見", by=headquarters)
    assert "会議を取りやめるまで" in desk.get(URL).content.decode()

    off = call_off_meeting(meeting=meeting, reason="延期", by=secretariat)
    assert desk.post(URL, form).status_code == 302
    assert "年次報告（取りやめ）" in desk.get(off.get_absolute_url()).content.decode()


def test_g4_a_draft_that_was_written_on_meanwhile_is_not_given_up(
    report: AnnualReport, desk: Client
) -> None:
    response = desk.post(URL, {"reason": REASON, "version": report.version - 1})

    assert response.status_code == 409
    assert f"{REASON}</textarea>" in response.content.decode()
    assert AnnualReport.objects.get().as_of == date(2026, 9, 30)
