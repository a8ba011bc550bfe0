"""A4: an act of a far day is asked about once more, and the answer holds for that day alone."""

from datetime import date
from typing import Any

import pytest

from kirishima_dx.elapsed import days_until, span_of_days
from kirishima_dx.far_day import FarDayForm, far_day
from kirishima_dx.forms import JapaneseDateField

TODAY = date(2026, 10, 15)
YEARS = (2026, 2027)


class ActForm(FarDayForm):
    day = JapaneseDateField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ask_about_far_day(cleaned.get("day"), today=TODAY, years=YEARS)
        return cleaned


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2027, 4, 1), ""),
        (date(2027, 10, 16), ""),
        (date(2027, 10, 17), "令和9年10月17日は、きょうから1年先です。"),
        (
            date(2072, 4, 1),
            "令和54年4月1日は、きょうから45年5か月先、計画の期間（令和8年度～令和9年度）の外です。",
        ),
        (
            date(2026, 3, 31),
            "令和8年3月31日は、計画の期間（令和8年度～令和9年度）の外です。",
        ),
    ],
)
def test_a4_a_day_is_far_beyond_a_year_or_outside_the_plan(day: date, told: str) -> None:
    assert far_day(day, today=TODAY, years=YEARS) == told


def test_a4_the_tick_holds_for_the_day_that_was_asked_about() -> None:
    asked = ActForm({"day": "2072-04-01"})
    assert not asked.is_valid()
    assert asked.asks_again
    assert 'value="2072-04-01"' in str(asked["asked_again"])
    assert "checked" not in str(asked["asked_again"])

    assert ActForm({"day": "2072-04-01", "asked_again": "2072-04-01"}).is_valid()

    another = ActForm({"day": "2073-04-01", "asked_again": "2072-04-01"})
    assert not another.is_valid()
    assert "checked" not in str(another["asked_again"])


def test_a_near_day_and_a_wrong_one_are_not_asked_about() -> None:
    assert not ActForm().asks_again
    near, wrong = ActForm({"day": "2027-04-01"}), ActForm({"day": "？"})
    assert near.is_valid()
    assert not near.asks_again
    assert list(wrong.errors) == ["day"]


@pytest.mark.parametrize(
    ("day", "until", "span"),
    [
        (date(2026, 10, 14), "", "1日前"),
        (date(2026, 10, 15), "きょう", "0日先"),
        (date(2027, 4, 1), "あと168日", "168日先"),
        (date(2072, 4, 1), "あと16,605日", "45年5か月先"),
        (date(2025, 10, 16), "", "364日前"),
        (date(2025, 10, 15), "", "1年前"),
    ],
)
def test_how_far_a_day_is_off_in_words(day: date, until: str, span: str) -> None:
    assert days_until(day, TODAY) == until
    assert span_of_days(day, TODAY) == span
