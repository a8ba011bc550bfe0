"""Which days there are for us: from the first day of 昭和 to the end of 2100.

A day may come in by a form, a cell of a workbook, the admin, a plan file or an address: each of these doors asks
`day_fault`, and the database refuses the others as well (`kirishima_dx.guards`). What shows a day takes any day: an old
database may hold one that came in before.
"""

from calendar import monthrange
from datetime import MINYEAR, date, timedelta

EARLIEST_DAY, LATEST_DAY = date(1926, 12, 25), date(2100, 12, 31)
DAYS_THERE_ARE = "1926年12月25日から2100年12月31日まで"
FISCAL_YEARS = (1926, 2100)
"""The first and the last of those in which the days lie."""


def day_fault(day: date, written: str = "") -> str:
    """Return in Japanese why a day may not come in, named as it was written; empty where it may."""
    if EARLIEST_DAY <= day <= LATEST_DAY:
        return ""
    return (
        f"「{written.strip() or day.isoformat()}」は使えない日付です。"
        f"{DAYS_THERE_ARE}の日付にしてください。"
    )


def day_after(day: date) -> date:
    """Return the next day; the last day of all is followed by itself."""
    return day + timedelta(days=1) if day < date.max else day


def day_before(day: date) -> date:
    """Return the day before; the first day of all is preceded by itself."""
    return day - timedelta(days=1) if day > date.min else day


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of its month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < MINYEAR:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
