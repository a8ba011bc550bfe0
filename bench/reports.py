"""Measure the annual report and the papers of a sitting: compiling, sealing's workbook, the sealed page, verifying."""

import io
from datetime import date
from hashlib import sha256

from django.urls import reverse
from openpyxl import load_workbook

from bench.bare_writer import BareWriter
from bench.names import REPORT
from bench.rounds import read_bare
from bench.timing import Row, in_turn, queries_of, row
from bench.visits import Visitor, measure_page
from initiatives.models import ProgressEntry
from kirishima_dx import clock
from people.models import User
from plans.models import Edition
from reviews.actions.agenda import Matter, add_agenda_item
from reviews.actions.meetings import Sitting, plan_meeting
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_report, seal_report, write_report
from reviews.enums import AgendaKind
from reviews.models import AnnualReport, Meeting
from reviews.queries.meetings import meeting_page
from reviews.queries.papers import meeting_papers
from reviews.queries.reports import draft_report, kept_workbook, report_document
from reviews.verifying import verify_workbook
from reviews.workbooks.meeting import meeting_workbook
from reviews.workbooks.report import report_workbook, sealed_workbook

MOST_ITEMS = 1_000
"""Of a report whose workbook is written again cell by cell: 5,200 items make two million cells of データ."""


def measure_reports(edition: Edition, runs: int) -> list[Row]:
    """Measure the report of 2026, first as a draft, then sealed and published; the runs of files are fewer."""
    by = User.objects.get()
    report = open_report(plan=edition.plan, year=2026, as_of=date(2026, 9, 30), by=by)
    few = max(3, runs // 4)
    measured = [_compiling(report, few)]
    sealed = _sealed(report, by)
    url = reverse("report_issue", args=[sealed.fiscal_year, sealed.number])
    measured.append(measure_page(REPORT.what, url, Visitor(), runs))
    is_small = edition.item_texts.count() <= MOST_ITEMS
    if is_small:
        measured += _workbooks(sealed, few)
        measured += _meeting(sealed, by, few)
    return [*measured, *_verifying(sealed, few, saves_anew=is_small)]


def _compiling(report: AnnualReport, runs: int) -> Row:
    """Set compiling beside reading the same entries as bare rows, twice: this year's and last year's."""

    def read() -> None:
        for _ in range(2):
            list(ProgressEntry.objects.values_list())

    asked = queries_of(lambda: draft_report(report))
    seconds = in_turn(lambda: draft_report(report), read, runs)
    return row("年次報告の集計", "すべての進捗の記録を2回読むだけ", asked, seconds)


def _sealed(report: AnnualReport, by: User) -> AnnualReport:
    report = write_report(
        report=report,
        overview="計測のための総括。",
        technology_trends="",
        national_trends="",
        opened_version=report.version,
        by=by,
    )
    sealed = seal_report(
        report=report,
        reason="計測のため",
        opened_version=report.version,
        draw=sealed_workbook,
        by=by,
    )
    publish_report(report=sealed, reason="計測のため", by=by)
    found: AnnualReport = AnnualReport.objects.select_related("plan", "edition").get(pk=sealed.pk)
    return found


def _workbooks(report: AnnualReport, runs: int) -> list[Row]:
    document = report_document(report)

    def make() -> bytes:
        return report_workbook(document, seal=None, made_at=clock.now())

    asked = queries_of(make)
    return BareWriter(make()).rows("年次報告の会議資料の Excel", asked, make, runs)


def _meeting(report: AnnualReport, by: User, runs: int) -> list[Row]:
    sitting = Sitting(number=1, held_on=clock.today(), report=report)
    meeting = plan_meeting(plan=report.plan, sitting=sitting, by=by)
    add_agenda_item(meeting=meeting, matter=Matter(AgendaKind.REPORT, "報告", report=report), by=by)
    loaded = Meeting.objects.select_related("plan", "report__plan", "report__edition").get()

    def make() -> bytes:
        papers = meeting_papers(loaded, clock.today())
        record = meeting_page(loaded, clock.today())
        return meeting_workbook(papers, record, made_at=clock.now())

    asked = queries_of(make)
    return BareWriter(make()).rows("本部会議の会議資料の Excel（読出しから）", asked, make, runs)


def _verifying(report: AnnualReport, runs: int, *, saves_anew: bool) -> list[Row]:
    """Measure the very file beside adding up its digest, and the file as another program saved it beside reading it.

    A workbook that is too large to be read is refused as soon as it is not the very file.
    """
    content = kept_workbook(report)
    assert content is not None
    seconds = in_turn(
        lambda: verify_workbook(content, [report]), lambda: sha256(content).digest(), runs
    )
    asked = queries_of(lambda: verify_workbook(content, [report]))
    same = row(
        "会議資料の照合（保存したファイルそのもの）", "SHA-256 を計算するだけ", asked, seconds
    )
    if not saves_anew:
        return [same]
    buffer = io.BytesIO()
    load_workbook(io.BytesIO(content)).save(buffer)
    sent = buffer.getvalue()
    seconds = in_turn(lambda: verify_workbook(sent, [report]), lambda: read_bare(sent), runs)
    asked = queries_of(lambda: verify_workbook(sent, [report]))
    floor = "同じファイルを読むだけの openpyxl"
    return [same, row("会議資料の照合（保存し直したファイル）", floor, asked, seconds)]
