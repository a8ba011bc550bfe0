"""Japanese fiscal years and era dates.

A fiscal year is an int: 2026 is 2026-04-01 to 2027-03-31, shown as 令和8年度（2026年度）, short R8 (design.md §2).
"""

from datetime import date

ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
)


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year that `day` falls in."""
    return day.year if day.month >= 4 else day.year - 1


def first_day(fiscal_year: int) -> date:
    return date(fiscal_year, 4, 1)


def last_day(fiscal_year: int) -> date:
    return date(fiscal_year + 1, 3, 31)


def _era(day: date) -> tuple[str, str, int]:
    for start, name, letter in ERAS:
        if day >= start:
            return name, letter, day.year - start.year + 1
    raise ValueError(f"{day.isoformat()} は昭和より前の日付です。")


def wareki_year(year: int, *, month: int = 4) -> str:
    """Return 令和8年 for 2026 (the era of the first day of `month`)."""
    name, _, number = _era(date(year, month, 1))
    return f"{name}{'元' if number == 1 else number}年"


def fiscal_year_label(fiscal_year: int) -> str:
    """Return 令和8年度（2026年度）."""
    return f"{fiscal_year_wareki(fiscal_year)}（{fiscal_year}年度）"


def fiscal_year_wareki(fiscal_year: int) -> str:
    """Return 令和8年度. 2019 begins in 平成 and is called 令和元年度, as the ministries do."""
    return f"{wareki_year(fiscal_year, month=5)}度"


def fiscal_year_short(fiscal_year: int) -> str:
    """Return R8."""
    _, letter, number = _era(date(fiscal_year, 5, 1))
    return f"{letter}{number}"


def wareki_date(day: date) -> str:
    """Return 令和8年10月1日."""
    name, _, number = _era(day)
    return f"{name}{'元' if number == 1 else number}年{day.month}月{day.day}日"
