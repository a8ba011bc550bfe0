"""The one place that asks what time it is.

Domain functions take a date; only the edges (views, commands, the `recorded_at` of an action) ask here.
`standing_at` lets the demo replay two years through the same actions that people use.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the present moment, aware."""
    return _moment.get() or timezone.now()


def not_before(last: datetime | None) -> datetime:
    """Return the present moment or, where the clock was set back since `last`, that moment once more.

    For rows of which the later one counts: what is written later is never recorded as earlier, and of one moment what
    was written last counts.
    """
    return now() if last is None else max(last, now())


def today() -> date:
    """Return today's date in Asia/Tokyo (settings.TIME_ZONE)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the day in Asia/Tokyo on which an aware moment lies."""
    return timezone.localtime(moment).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let `now()` and `today()` answer `moment` (aware) inside the block."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
