"""A day, and until when what is said of it was known."""

from datetime import UTC, date, datetime, timedelta

from kirishima_dx.moment import Moment

TODAY = date(2026, 10, 15)
LAST = datetime(2026, 10, 1, 14, 59, 59, 999_999, tzinfo=UTC)
"""The last moment of 2026-10-01 in Tokyo."""


def test_the_end_of_a_day_knows_what_was_recorded_in_it() -> None:
    end = Moment.end_of(date(2026, 10, 1))

    assert end.day == date(2026, 10, 1)
    assert end.is_hindsight
    assert end.knows(LAST)
    assert not end.knows(LAST + timedelta(microseconds=1))
    assert end.knows(None)


def test_today_and_coming_days_know_all_that_is_known() -> None:
    coming = TODAY + timedelta(days=400)

    assert Moment.end_of(TODAY) == Moment.today() == Moment(TODAY)
    assert Moment.end_of(coming) == Moment(coming)
    assert not Moment.end_of(coming).is_hindsight
    assert Moment.end_of(TODAY - timedelta(days=1)).is_hindsight


def test_a_day_alone_is_asked_by_all_that_is_known_now() -> None:
    past = date(2026, 10, 1)

    assert Moment.of(past).knows(datetime(2026, 10, 14, tzinfo=UTC))
    assert Moment.of(Moment.end_of(past)) == Moment.end_of(past)
