"""会議資料: a report as the workbook that is put before the 本部会議, ready to print on A3.

Everything in it comes from the report's document, so that the workbook of a sealed report has the same cells whenever
it is made (rule R1).
"""

from datetime import datetime

from openpyxl import Workbook

from kirishima_dx.spreadsheet import cell_text
from kirishima_dx.workbook_look import Dresser, PrintFrame, workbook_bytes
from reviews.report.document import ReportDocument, Seal
from reviews.workbooks.errata_sheet import fill_errata_sheet
from reviews.workbooks.progress_sheet import fill_progress_sheet
from reviews.workbooks.summary_sheet import fill_summary_sheet

SUMMARY, PROGRESS, ERRATA = "総括表", "進捗一覧", "正誤表"
"""Names of the sheets; other files refer to them."""


def report_workbook(document: ReportDocument, *, seal: Seal | None, made_at: datetime) -> bytes:
    """Return the workbook of a report; without a seal it says 作成中 on every page."""
    book = Workbook()
    dresser = Dresser(book)
    summary = book.worksheets[0]
    summary.title = SUMMARY
    fill_summary_sheet(
        summary,
        document,
        dresser=dresser,
        frame=_frame(document, seal, "資料1"),
        digest=seal.digest if seal else "",
    )
    progress, errata = document.table("progress"), document.table("errata")
    if progress is not None:
        sheet = book.create_sheet(PROGRESS)
        fill_progress_sheet(sheet, progress, dresser=dresser, frame=_frame(document, seal, "資料2"))
    if errata is not None:
        sheet = book.create_sheet(ERRATA)
        fill_errata_sheet(sheet, errata, dresser=dresser, frame=_frame(document, seal, "資料3"))
    _describe(book, document, seal)
    return workbook_bytes(book, moment=seal.sealed_at if seal else made_at)


def sealed_workbook(document: ReportDocument, seal: Seal) -> bytes:
    """Return the workbook of a report that is being sealed; the same bytes for the same document and seal."""
    return report_workbook(document, seal=seal, made_at=seal.sealed_at)


def _frame(document: ReportDocument, seal: Seal | None, number: str) -> PrintFrame:
    return PrintFrame(
        title=document.passage("title"),
        number=number,
        foot=f"基準日　{document.passage('as_of')}",
        mark=f"SHA-256 {seal.digest}" if seal else "作成中",
        warning="" if seal else "作成中（確定前）",
    )


def _describe(book: Workbook, document: ReportDocument, seal: Seal | None) -> None:
    book.properties.title = cell_text(document.passage("title"))
    book.properties.creator = cell_text(document.passage("municipality"))
    book.properties.contentStatus = "確定" if seal else "作成中"
    if seal:
        book.properties.identifier = f"sha256:{seal.digest}"
