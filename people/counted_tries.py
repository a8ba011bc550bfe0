"""What was tried lately at the sign-in page, as people/lock_out.py counts it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from kirishima_dx import clock
from people.enums import COUNTED, SignInOutcome
from people.lock_out import WINDOW, Lifted, Lock, Try, Who, all_locks
from people.models import SignIn, Unlock

CLOCK_DIFFERENCE = timedelta(minutes=1)
"""What was noted further ahead was noted by a clock that stood wrong, and must not lock anybody until it comes."""
MOST_LOOKED_AT = 10_000
"""Attempts of the last quarter of an hour from which the locks that stand are told."""


def tries_that_count(who: Who) -> list[Try]:
    """Return what counts for or against an attempt by this name at this address."""
    own = Q(username=who.username, outcome__in=(*COUNTED, SignInOutcome.SUCCEEDED))
    from_there = Q(address=who.address, outcome__in=COUNTED, known_browser="")
    wanted = own | from_there if settings.SIGN_IN_ADDRESS_LIMIT and who.address else own
    return _as_tries(_of_late().filter(wanted))


def locks_standing() -> list[Lock]:
    """Return whoever is refused now."""
    counted = _of_late().exclude(outcome=SignInOutcome.LOCKED).order_by("-tried_at")
    return all_locks(
        _as_tries(counted[:MOST_LOOKED_AT]),
        lifted_lately(),
        at=clock.now(),
        counts_address=settings.SIGN_IN_ADDRESS_LIMIT,
    )


def lifted_lately() -> list[Lifted]:
    rows = Unlock.objects.filter(unlocked_at__gt=_begin_of_window()).order_by()
    return [Lifted(*row) for row in rows.values_list("unlocked_at", "username", "address")]


def _of_late() -> QuerySet[SignIn]:
    until = clock.now() + CLOCK_DIFFERENCE
    return SignIn.objects.filter(tried_at__gt=_begin_of_window(), tried_at__lte=until).order_by()


def _begin_of_window() -> datetime:
    return clock.now() - WINDOW


def _as_tries(rows: QuerySet[SignIn]) -> list[Try]:
    columns = ("tried_at", "username", "address", "known_browser", "outcome")
    return [
        Try(at, Who(username, address, browser), outcome)
        for at, username, address, browser, outcome in rows.values_list(*columns)
    ]
