"""進捗一覧 as files for people: a workbook ready to print, and CSV."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.queries import ItemState
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheet import csv_bytes, put

Value = str | date | None
COLUMNS = {
    "番号": 8,
    "軸": 16,
    "取組方針": 20,
    "重点項目": 26,
    "取組の概要": 40,
    "検討項目": 9,
    "主担当課": 14,
    "関係課": 14,
    "状態": 11,
    "段階": 12,
    "進捗評価": 13,
    "評価理由": 28,
    "取組実績": 34,
    "成果": 26,
    "課題": 26,
    "今後の取組": 26,
    "今後の方針": 10,
    "基準日": 12,
}
"""Column names with their widths in characters."""

THIN = Side(style="thin", color="FF949494")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor="FFE6E6E6")
HEAD_FONT = Font(bold=True)
HEAD_ALIGNMENT = Alignment(wrap_text=True, vertical="center", horizontal="center")
CELL_ALIGNMENT = Alignment(wrap_text=True, vertical="top")


def item_row(state: ItemState) -> list[Value]:
    """Return what the list says of one item, in the order of COLUMNS."""
    text, entry = state.text, state.entry
    promised: list[Value] = [
        text.place,
        text.policy.axis.name,
        text.policy.name,
        text.title,
        text.overview,
        "★" if text.is_study else "",
        state.lead_name,
        state.supporting_names,
    ]
    if entry is None:
        return [*promised, state.status_label, "", state.rating_label, *[""] * 6, None]
    return [
        *promised,
        state.status_label,
        entry.get_step_display(),
        state.rating_label,
        entry.rating_reason,
        entry.achievements,
        entry.outcome,
        entry.problem,
        entry.next_steps,
        entry.get_direction_display(),
        entry.as_of,
    ]


def item_list_csv(states: Sequence[ItemState], *, encoding: str = "utf-8") -> bytes:
    return csv_bytes([list(COLUMNS), *map(item_row, states)], encoding)


def item_list_workbook(states: Sequence[ItemState], *, plan_name: str, at: date) -> bytes:
    """Return the list as a workbook: one table with its head in row 1, for A3 landscape."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "進捗一覧"
    for number, name in enumerate(COLUMNS, start=1):
        cell = put(sheet.cell(1, number), name)
        cell.font, cell.fill, cell.border = HEAD_FONT, HEAD_FILL, BORDER
        cell.alignment = HEAD_ALIGNMENT
    for row, state in enumerate(states, start=2):
        for number, value in enumerate(item_row(state), start=1):
            cell = put(sheet.cell(row, number), value)
            cell.border, cell.alignment = BORDER, CELL_ALIGNMENT
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    _lay_out(sheet, plan_name=plan_name, at=at)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _lay_out(sheet: Worksheet, *, plan_name: str, at: date) -> None:
    for number, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = "8"  # A3
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    head, foot = sheet.oddHeader, sheet.oddFooter
    if head is not None and foot is not None:
        head.left.text = f"{plan_name.replace('&', '&&')}　進捗一覧"
        head.right.text = f"{wareki_date(at)}現在"
        foot.center.text = "&P / &N"
