"""Japanese fiscal years and era dates.

A fiscal year is an int: 2026 is 2026-04-01 to 2027-03-31, shown as 令和8年度（2026年度）, short R8 (design.md §2).
Every day and every year has its words, those outside `days.py` in the western calendar: showing what is stored never
fails.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

from kirishima_dx.days import LATEST_DAY

ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
)


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year that `day` falls in."""
    return day.year if day.month >= 4 else day.year - 1


def first_day(fiscal_year: int) -> date:
    return _nearest(fiscal_year, 4, 1)


def last_day(fiscal_year: int) -> date:
    return _nearest(fiscal_year + 1, 3, 31)


def _nearest(year: int, month: int, day: int) -> date:
    """Return a day, or the nearest one that a calendar has."""
    if MINYEAR <= year <= MAXYEAR:
        return date(year, month, day)
    return date.min if year < MINYEAR else date.max


def _era(year: int, month: int, day: int) -> tuple[str, str, int] | None:
    """Return the name, the letter and the year of the era; None before 昭和 and after the days of `days.py`."""
    if year > LATEST_DAY.year:
        return None
    for start, name, letter in ERAS:
        if (year, month, day) >= (start.year, start.month, start.day):
            return name, letter, year - start.year + 1
    return None


def _year_in_words(year: int, month: int, day: int) -> str:
    era = _era(year, month, day)
    if era is None:
        return f"{year}年"
    name, _, number = era
    return f"{name}{'元' if number == 1 else number}年"


def wareki_year(year: int, *, month: int = 4) -> str:
    """Return 令和8年 for 2026 (the era of the first day of `month`)."""
    return _year_in_words(year, month, 1)


def fiscal_year_label(fiscal_year: int) -> str:
    """Return 令和8年度（2026年度）; 1900年度 before 昭和."""
    label, western = fiscal_year_wareki(fiscal_year), f"{fiscal_year}年度"
    return label if label == western else f"{label}（{western}）"


def fiscal_year_wareki(fiscal_year: int) -> str:
    """Return 令和8年度. 2019 begins in 平成 and is called 令和元年度, as the ministries do."""
    return f"{wareki_year(fiscal_year, month=5)}度"


def fiscal_year_short(fiscal_year: int) -> str:
    """Return R8; 1900 before 昭和."""
    era = _era(fiscal_year, 5, 1)
    if era is None:
        return str(fiscal_year)
    _, letter, number = era
    return f"{letter}{number}"


def wareki_date(day: date) -> str:
    """Return 令和8年10月1日; 1900年1月9日 before 昭和."""
    return f"{_year_in_words(day.year, day.month, day.day)}{day.month}月{day.day}日"


def wareki_date_short(day: date) -> str:
    """Return R9.3末 for the last day of a month, R8.12.10 for another; 1900.1.9 before 昭和."""
    era = _era(day.year, day.month, day.day)
    year = f"{era[1]}{era[2]}" if era else str(day.year)
    is_last = day.day == monthrange(day.year, day.month)[1]
    return f"{year}.{day.month}末" if is_last else f"{year}.{day.month}.{day.day}"
