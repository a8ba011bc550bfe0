"""Cells of a workbook in which a day is asked for."""

from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation

from kirishima_dx.days import DAYS_THERE_ARE, EARLIEST_DAY, LATEST_DAY


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
