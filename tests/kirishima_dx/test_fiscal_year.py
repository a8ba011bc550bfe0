"""Fiscal years and era dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirishima_dx import fiscal_year

DAYS = st.dates(min_value=date(1927, 1, 1), max_value=date(2200, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_fiscal_year(day: date) -> None:
    year = fiscal_year.fiscal_year_of(day)

    assert fiscal_year.first_day(year) <= day <= fiscal_year.last_day(year)


@pytest.mark.parametrize(
    ("year", "label", "short"),
    [
        (2026, "令和8年度（2026年度）", "R8"),
        (2019, "令和元年度（2019年度）", "R1"),
        (2018, "平成30年度（2018年度）", "H30"),
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
    ],
)
def test_wareki_date(day: date, shown: str) -> None:
    assert fiscal_year.wareki_date(day) == shown


def test_a_day_before_showa_is_refused_with_its_date() -> None:
    with pytest.raises(ValueError, match="1926-12-24"):
        fiscal_year.wareki_date(date(1926, 12, 24))
