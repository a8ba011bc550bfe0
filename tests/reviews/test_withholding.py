"""A sealed issue that is withheld is read nowhere, and what rested on it still works (A3, R1)."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from paper_cast import Record, late, reported
from raw_sql import refused
from report_cast import seal

from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.publishing import publish_report, withhold_report
from reviews.errors import ReportRefused
from reviews.models import AnnualReport, Withholding


def test_a3_no_paper_of_a_meeting_tells_what_is_withheld(
    small_edition: Edition,
    responsible: FocusItem,
    secretariat: User,
    editor: User,
    record: Record,
    desk: Client,
) -> None:
    late(record, responsible, editor, achievements="甲野太郎さんの相談に応じた。")
    meeting = reported(small_edition, secretariat)
    report = seal(AnnualReport.objects.get(), secretariat)
    base = f"/meetings/{meeting.pk}/"
    pages = [base, f"{base}papers/", f"{base}papers.css", f"{base}present/"]
    assert "甲野太郎" in desk.get(pages[1]).text
    numbers = desk.get(pages[1]).text.count('class="paper__number"')

    withhold_report(report=report, reason="氏名のため", by=secretariat)

    for page in pages:
        told = desk.get(page)
        assert (told.status_code, "甲野太郎" in told.text) == (200, False), page
    papers = desk.get(pages[1]).text
    assert "個人情報を含むため差し控えています" in papers
    assert papers.count('class="paper__number"') == numbers
    book = load_workbook(BytesIO(desk.get(f"{base}workbook.xlsx").content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any("甲野太郎" in cell for cell in cells)
    admin = desk.get(f"/admin/reviews/annualreport/{report.pk}/change/")
    assert (admin.status_code, report.overview in admin.text) == (200, False)


def test_a_withheld_issue_is_withheld_once_and_for_good(
    small_edition: Edition, responsible: FocusItem, secretariat: User, record: Record
) -> None:
    late(record, responsible, secretariat)
    reported(small_edition, secretariat)
    draft = AnnualReport.objects.get()
    with pytest.raises(ReportRefused, match="確定していない"):
        withhold_report(report=draft, reason="x", by=secretariat)
    report = seal(draft, secretariat)
    with pytest.raises(ReportRefused, match="理由"):
        withhold_report(report=report, reason=" ", by=secretariat)

    withhold_report(report=report, reason="氏名のため", by=secretariat)

    with pytest.raises(ReportRefused, match="すでに差し控えて"):
        withhold_report(report=report, reason="氏名のため", by=secretariat)
    with pytest.raises(ReportRefused, match="差し控えています"):
        publish_report(report=AnnualReport.objects.get(), reason="x", by=secretariat)
    assert refused("UPDATE reviews_withholding SET reason = '別'")
    assert refused("DELETE FROM reviews_withholding")
    assert refused("UPDATE reviews_annualreport SET overview = '別'")
    assert Withholding.objects.get().report == report
