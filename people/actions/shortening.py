"""Letting go of records whose time is over: said first, then done, a few rows at a time (A2)."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from people.errors import ShorteningRefused
from people.kept_records import KEPT_FOR_A_TIME, LEAST_YEARS, KeptForATime
from people.models import Shortening, User

AT_ONCE = 2_000
"""Rows that go in one transaction: others who write wait no longer than for these."""


def years_before(day: date, years: int) -> date:
    """Return the same day of an earlier year; the 28th of February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def latest_until() -> date:
    """Return the last day before which records may be let go today."""
    return years_before(clock.today(), LEAST_YEARS)


def too_late(until: date) -> str:
    """Return why records from before this day may not go yet; an empty text where they may."""
    latest = latest_until()
    if until <= latest:
        return ""
    return f"記録は、少なくとも{LEAST_YEARS}年は残します。{wareki_date(latest)}か、それより前の日にしてください。"


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@transaction.atomic
def say_shortened(
    *, tables: Collection[KeptForATime], until: date, reason: str, by: User
) -> list[Shortening]:
    """Record that what some tables recorded before a day goes; `let_go` takes the rows away.

    Raises ShorteningRefused without a reason or a table, and for a day that is not a year back.
    """
    if not reason.strip():
        raise ShorteningRefused("整理の理由を書いてください。")
    if not tables:
        raise ShorteningRefused("整理する記録を一つ以上選んでください。")
    if fault := too_late(until):
        raise ShorteningRefused(fault)
    return [
        Shortening.objects.create(
            table_name=one.table,
            until=begin_of(until),
            reason=reason,
            shortened_at=clock.now(),
            shortened_by=by,
            shortened_by_name=by.display_name,
        )
        for one in tables
    ]


def let_go(*, most: int | None = None) -> int:
    """Take away the rows of which a Shortening says that they go, at most so many; return how many went.

    Each few rows are a transaction of their own: whatever ends it in the middle, the next run goes on.
    """
    gone = 0
    for one in KEPT_FOR_A_TIME:
        for count in _few_by_few(one):
            gone += count
            if most is not None and gone >= most:
                return gone
    return gone


def left_over() -> int:
    """Return how many rows are still there of which a Shortening says that they go."""
    said = ((one, _reach(one)) for one in KEPT_FOR_A_TIME)
    return sum(one.count(reach) for one, reach in said if reach is not None)


def _few_by_few(one: KeptForATime) -> Iterator[int]:
    reach = _reach(one)
    if reach is None:
        return
    rows = one.model._base_manager.filter(**{f"{one.at}__lt": reach}).order_by(one.at)
    while keys := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        # Not delete(): what points at a row is for the database to say.
        some = one.model._base_manager.filter(pk__in=keys)
        yield some._raw_delete(some.db)


def _reach(one: KeptForATime) -> datetime | None:
    """Return until when the rows of a table were let go at most."""
    said = Shortening.objects.filter(table_name=one.table)
    reach: datetime | None = said.aggregate(reach=Max("until"))["reach"]
    return reach
