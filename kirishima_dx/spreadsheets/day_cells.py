"""Days in the cells of a workbook: how one is read, and how a cell asks for it."""

from datetime import date, datetime

from openpyxl.worksheet.datavalidation import DataValidation

from kirishima_dx.days import DAYS_THERE_ARE, EARLIEST_DAY, LATEST_DAY, day_fault
from kirishima_dx.forms import EXAMPLES, read_date
from kirishima_dx.spreadsheets.guard.values import Value
from kirishima_dx.spreadsheets.table import TableCell


def day_in(cell: TableCell) -> tuple[date | None, str]:
    """Return the day that a cell holds, and what is wrong where it holds something else; empty is (None, "").

    A bare number is a day only as 20270331: a serial number of Excel would be a guess.
    """
    if cell.fault:
        return None, cell.fault
    text = cell.text()
    if not text:
        return None, ""
    day = _day_of(cell.value) or read_date(text)
    if day is None:
        return None, _no_day(cell, text)
    fault = day_fault(day, text)
    if fault and day < EARLIEST_DAY and _day_of(cell.value):
        fault += "日付の書式のセルに数だけを入れると、1900年ごろの日付になります。"
    return (None, fault) if fault else (day, "")


def _day_of(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _no_day(cell: TableCell, text: str) -> str:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return (
            f"「{text}」は日付の書式ではない数です。セルの書式を「日付」にするか、"
            f"日付として入れてください。例：{EXAMPLES}"
        )
    return f"「{text}」は日付として読めません。例：{EXAMPLES}"


def days_there_are(name: str) -> DataValidation:
    """Let Excel ask again before it keeps what is no day that may come in, such as a bare number; `name` is the
    column's.

    It may be kept all the same: words such as 令和9年3月31日 are read when the file comes back.
    """
    asked = DataValidation(
        type="date",
        operator="between",
        formula1=_formula(EARLIEST_DAY),
        formula2=_formula(LATEST_DAY),
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
    )
    asked.errorTitle, asked.error = name, f"{DAYS_THERE_ARE}の日付ではありません。"
    return asked


def _formula(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
