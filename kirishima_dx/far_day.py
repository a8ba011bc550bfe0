"""A day so far off that it may be mistyped: an act of that day is asked about once more (rule A4)."""

from datetime import date, timedelta

from kirishima_dx.asked_again import AsksAgain
from kirishima_dx.elapsed import span_of_days
from kirishima_dx.fiscal_year import fiscal_year_of, fiscal_year_wareki, wareki_date

FAR = timedelta(days=366)
"""A day within a year from today is near."""
Years = tuple[int, int]
"""The first and last fiscal year of a plan's period."""


def far_day(day: date, *, today: date, years: Years | None = None) -> str:
    """Return in a sentence why a day is unusual: over a year off, or outside the plan's period. Empty where not."""
    told = []
    if abs(day - today) > FAR:
        told.append(f"きょうから{span_of_days(day, today)}")
    if years is not None and not is_planned(fiscal_year_of(day), years):
        told.append(f"{period_told(years)}の外")
    return f"{wareki_date(day)}は、{'、'.join(told)}です。" if told else ""


def is_planned(fiscal_year: int, years: Years) -> bool:
    first, last = years
    return first <= fiscal_year <= last


def period_told(years: Years) -> str:
    """Return 計画の期間（令和8年度～令和9年度）."""
    first, last = years
    return f"計画の期間（{fiscal_year_wareki(first)}～{fiscal_year_wareki(last)}）"


class FarDayForm(AsksAgain):
    """A form of an act on a day."""

    def ask_about_far_day(
        self, day: date | None, *, today: date, years: Years | None = None
    ) -> None:
        """Ask for a tick where a day is far off; to be called by `clean`. The tick holds for that day alone."""
        told = far_day(day, today=today, years=years) if day is not None else ""
        if day is None or not told:
            return
        question = f"{told}この日でよければ、印を付けてもう一度送ってください。"
        self.ask_again(day.isoformat(), question, label=f"{wareki_date(day)}で間違いありません")
