"""Fiscal years and era dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirishima_dx import fiscal_year


@given(st.dates())
def test_a_day_lies_in_its_fiscal_year(day: date) -> None:
    year = fiscal_year.fiscal_year_of(day)

    assert fiscal_year.first_day(year) <= day <= fiscal_year.last_day(year)


@pytest.mark.parametrize(
    ("year", "label", "short"),
    [
        (2026, "令和8年度（2026年度）", "R8"),
        (2019, "令和元年度（2019年度）", "R1"),
        (2018, "平成30年度（2018年度）", "H30"),
        (1926, "1926年度", "1926"),
    ],
)
def test_labels(year: int, label: str, short: str) -> None:
    assert fiscal_year.fiscal_year_label(year) == label
    assert fiscal_year.fiscal_year_short(year) == short


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 10, 1), "令和8年10月1日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1900, 1, 9), "1900年1月9日"),
        (date.max, "9999年12月31日"),
    ],
)
def test_wareki_date(day: date, shown: str) -> None:
    assert fiscal_year.wareki_date(day) == shown


@given(st.dates(), st.integers(-32_768, 32_767))
def test_every_day_and_every_year_has_its_words(day: date, year: int) -> None:
    """Also one that came into an old database: showing what is stored never fails."""
    assert str(day.day) in fiscal_year.wareki_date(day)
    assert f"{year}年度" in fiscal_year.fiscal_year_label(year)
    assert fiscal_year.wareki_year(year)
    assert fiscal_year.fiscal_year_short(year)
    assert fiscal_year.first_day(year) <= fiscal_year.last_day(year)
