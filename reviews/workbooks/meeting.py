"""本部会議の会議資料: 次第, the papers under their numbers, 議事要旨 once something was said, the machines' sheets."""

from dataclasses import replace
from datetime import datetime

from openpyxl import Workbook

from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.look import Dresser, PrintFrame
from kirishima_dx.spreadsheets.writing import cell_text
from reviews.papers import CONSIDERATIONS, FOLLOW_UP, LATE, STUDIES, PaperKind, Source, paper_kinds
from reviews.queries.meetings import MeetingPage
from reviews.queries.papers import MeetingPapers
from reviews.report.document import Table
from reviews.report.layout import prose_of
from reviews.workbooks.agenda_sheet import fill_agenda_sheet
from reviews.workbooks.considerations_sheet import CONSIDERATIONS_FORM
from reviews.workbooks.decisions_sheet import DECISIONS_FORM
from reviews.workbooks.late_paper_sheet import fill_late_sheet
from reviews.workbooks.machine.sheets import add_machine_sheets
from reviews.workbooks.minutes_sheet import fill_minutes_sheet, is_said
from reviews.workbooks.report import DRAFT, DRAFT_WARNING, ReportSheets, describe
from reviews.workbooks.stacked_table import StackedForm, fill_table
from reviews.workbooks.table_sheet import TableForm

AGENDA, MINUTES = "次第", "議事要旨"


def meeting_workbook(papers: MeetingPapers, record: MeetingPage, *, made_at: datetime) -> bytes:
    """Return the workbook of a sitting; it says 作成中 on every page while its report is a draft."""
    book = new_book(papers.meeting.plan.municipality)
    dresser = Dresser(book)
    agenda = book.worksheets[0]
    agenda.title = AGENDA
    if LATE in papers.numbers:
        late = book.create_sheet(LATE.title, 0)
        fill_late_sheet(late, papers, dresser=dresser, frame=_of_the_late(papers))
    fill_agenda_sheet(agenda, papers, dresser=dresser, frame=_frame(papers, AGENDA))
    sheets = _add_report(book, papers, dresser)
    _add_table(book, papers, FOLLOW_UP, papers.follow_up, DECISIONS_FORM, dresser)
    if sheets is not None and STUDIES in papers.numbers:
        sheets.add_tables(STUDIES.title)
    if CONSIDERATIONS in papers.numbers:
        _add_table(
            book, papers, CONSIDERATIONS, papers.considerations, CONSIDERATIONS_FORM, dresser
        )
    if is_said(record):
        sheet = book.create_sheet(MINUTES)
        warning = "" if papers.meeting.is_closed else "記録中（確定前）"
        frame = replace(_frame(papers, MINUTES), warning=warning)
        words = [one for one in prose_of(papers.document) if one.text] if papers.document else []
        fill_minutes_sheet(sheet, record, words, dresser=dresser, frame=frame)
    if sheets is not None and papers.document is not None:
        sheets.add_plain_list()
        add_machine_sheets(book, papers.document, dresser)
        describe(book, papers.document, papers.seal, title=papers.meeting.title)
    book.properties.title = cell_text(papers.meeting.title)
    return workbook_bytes(book, moment=made_at)


def _add_table(
    book: Workbook,
    papers: MeetingPapers,
    kind: PaperKind,
    table: Table,
    form: TableForm | StackedForm,
    dresser: Dresser,
) -> None:
    """Add a paper that is told from the live records."""
    fill_table(
        book.create_sheet(kind.title),
        replace(table, title=kind.title),
        form,
        dresser=dresser,
        frame=_frame(papers, kind.title, papers.numbers[kind]),
    )


def _titles(source: Source) -> list[str]:
    return [kind.title for kind in paper_kinds(source)]


def _add_report(book: Workbook, papers: MeetingPapers, dresser: Dresser) -> ReportSheets | None:
    """Add the papers that are sheets of the report."""
    if papers.document is None:
        return None
    numbers = {kind.title: number for kind, number in papers.numbers.items()}
    sheets = ReportSheets(
        book, papers.document, papers.seal, numbers, dresser, heading=papers.meeting.title
    )
    sheets.add_summary(book.create_sheet())
    sheets.add_tables(*_titles(Source.REPORT))
    return sheets


def _of_the_late(papers: MeetingPapers) -> PrintFrame:
    """Return the frame of 遅れと決定: with the day of the report, where that tells."""
    frame = _frame(papers, LATE.title, papers.numbers[LATE])
    at = papers.lateness.at if papers.lateness else None
    foot = f"基準日　{wareki_date(at)}" if at else frame.foot
    return replace(frame, foot=foot)


def _frame(papers: MeetingPapers, name: str, number: str = "") -> PrintFrame:
    is_draft = papers.document is not None and papers.seal is None
    return PrintFrame(
        title=f"{name}　{papers.meeting.title}" if number else papers.meeting.title,
        number=number,
        foot=f"基準日　{wareki_date(papers.as_of)}" if number else "",
        mark=f"SHA-256 {papers.seal.digest}" if papers.seal else DRAFT if is_draft else "",
        warning=DRAFT_WARNING if is_draft else "",
    )
