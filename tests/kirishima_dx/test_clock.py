"""The clock, and what is written after it was set back."""

from datetime import UTC, datetime, timedelta

import time_machine

from kirishima_dx import clock

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)


def test_nothing_is_recorded_as_earlier_than_what_was_recorded_before_it() -> None:
    microsecond = timedelta(microseconds=1)

    with time_machine.travel(NOW, tick=False):
        assert clock.not_before(None) == NOW
        assert clock.not_before(NOW - microsecond) == NOW
        assert clock.not_before(NOW) == NOW
        assert clock.not_before(NOW + timedelta(days=1)) == NOW + timedelta(days=1)
