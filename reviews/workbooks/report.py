"""会議資料: a report as a workbook, ready to print on A3, and for machines after that.

Everything in it comes from the report's document, so that the workbook of a sealed report has the same cells whenever
it is made (rule R1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.book import new_book, workbook_bytes
from kirishima_dx.spreadsheets.look import Dresser, PrintFrame
from kirishima_dx.spreadsheets.paper import NOT_FOR_PAPER, set_apart
from kirishima_dx.spreadsheets.writing import cell_text
from reviews.papers import CONSIDERATIONS, PROBLEMS, PROGRESS, STUDIES, SUMMARY
from reviews.report import late
from reviews.report.document import ReportDocument, Seal
from reviews.workbooks.changes_sheet import CHANGES_FORM
from reviews.workbooks.considerations_sheet import CONSIDERATIONS_FORM
from reviews.workbooks.decisions_sheet import DECISIONS_FORM
from reviews.workbooks.errata_sheet import ERRATA_FORM
from reviews.workbooks.late_sheet import LATE_FORM
from reviews.workbooks.machine.sheets import add_machine_sheets
from reviews.workbooks.problems_sheet import PROBLEMS_FORM
from reviews.workbooks.progress_sheet import PROGRESS_FORM, PROGRESS_PAPER
from reviews.workbooks.stacked_table import StackedForm, fill_table
from reviews.workbooks.studies_sheet import STUDIES_FORM
from reviews.workbooks.summary_sheet import fill_summary_sheet
from reviews.workbooks.table_sheet import TableForm, fill_table_sheet

DECISIONS, CHANGES, ERRATA = "決定事項の対応状況", "前年度との比較", "正誤表"
"""Names of sheets, besides those that are papers of a sitting too; other files refer to them."""
TABLES: tuple[tuple[str, str, TableForm | StackedForm], ...] = (
    (late.KEY, late.TITLE, LATE_FORM),
    ("progress", PROGRESS.title, PROGRESS_PAPER),
    ("problems", PROBLEMS.title, PROBLEMS_FORM),
    ("decisions", DECISIONS, DECISIONS_FORM),
    ("errata", ERRATA, ERRATA_FORM),
    ("studies", STUDIES.title, STUDIES_FORM),
    ("considerations", CONSIDERATIONS.title, CONSIDERATIONS_FORM),
    ("changes", CHANGES, CHANGES_FORM),
)
"""The tables that have a sheet, in its order."""
PLAIN_LIST = f"{PROGRESS.title}（表）"
REFERENCE = "参考資料"
NUMBERS = {
    SUMMARY.title: "資料1",
    PROGRESS.title: "資料2",
    PROBLEMS.title: "資料3",
    DECISIONS: "資料4",
    ERRATA: "資料5",
    STUDIES.title: REFERENCE,
    CONSIDERATIONS.title: REFERENCE,
    CHANGES: REFERENCE,
    late.TITLE: REFERENCE,
}
DRAFT, DRAFT_WARNING = "作成中", "作成中（確定前）"


@dataclass
class ReportSheets:
    """Draws the sheets of a report into a workbook, each under the 資料番号 that it bears there."""

    book: Workbook
    document: ReportDocument
    seal: Seal | None
    numbers: Mapping[str, str]
    dresser: Dresser
    heading: str

    def add_summary(self, sheet: Worksheet) -> None:
        sheet.title = SUMMARY.title
        fill_summary_sheet(
            sheet,
            self.document,
            dresser=self.dresser,
            frame=self._frame(SUMMARY.title),
            digest=self.seal.digest if self.seal else "",
        )

    def add_tables(self, *names: str) -> None:
        """Add the sheets of these names whose tables the document has."""
        for key, name, form in TABLES:
            table = self.document.table(key)
            if table is None or name not in names:
                continue
            sheet = self.book.create_sheet(name)
            fill_table(sheet, table, form, dresser=self.dresser, frame=self._frame(name))

    def add_plain_list(self) -> None:
        """Add 進捗一覧 as a plain table, to be sorted and filtered and not printed."""
        table = self.document.table("progress")
        if table is not None:
            frame = PrintFrame(title=f"{PLAIN_LIST}　{NOT_FOR_PAPER}", number="", foot="")
            sheet = self.book.create_sheet(PLAIN_LIST)
            fill_table_sheet(sheet, table, PROGRESS_FORM, dresser=self.dresser, frame=frame)
            set_apart(sheet)

    def _frame(self, name: str) -> PrintFrame:
        return PrintFrame(
            title=self.heading if name == SUMMARY.title else f"{name}　{self.heading}",
            number=self.numbers.get(name, ""),
            foot=f"基準日　{self.document.passage('as_of')}",
            mark=f"SHA-256 {self.seal.digest}" if self.seal else DRAFT,
            warning="" if self.seal else DRAFT_WARNING,
        )


def report_workbook(document: ReportDocument, *, seal: Seal | None, made_at: datetime) -> bytes:
    """Return the workbook of a report; without a seal it says 作成中 on every page."""
    book = new_book(document.passage("municipality"))
    title = document.passage("title")
    sheets = ReportSheets(book, document, seal, NUMBERS, Dresser(book), heading=title)
    sheets.add_summary(book.worksheets[0])
    sheets.add_tables(*NUMBERS)
    sheets.add_plain_list()
    add_machine_sheets(book, document, sheets.dresser)
    describe(book, document, seal, title=title)
    return workbook_bytes(book, moment=seal.sealed_at if seal else made_at)


def sealed_workbook(document: ReportDocument, seal: Seal) -> bytes:
    """Return the workbook of a report that is being sealed; the same cells for the same document and seal."""
    return report_workbook(document, seal=seal, made_at=seal.sealed_at)


def describe(book: Workbook, document: ReportDocument, seal: Seal | None, *, title: str) -> None:
    """Say in the properties of a workbook what it is, and of which sealed report it tells."""
    book.properties.title = cell_text(title)
    book.properties.contentStatus = "確定" if seal else DRAFT
    if seal:
        book.properties.identifier = f"sha256:{seal.digest}"
