"""Trying a name and a password, counted (people/lock_out.py); lifting a lock."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

from kirishima_dx import clock
from people.counted_tries import lifted_lately, tries_that_count
from people.enums import SignInDoor, SignInOutcome
from people.errors import LockedOut
from people.lock_out import WINDOW, Lock, Who, lock_of
from people.models import SignIn, Unlock, User
from people.models.sign_in import BY_COMMAND

TURN = 0x6B697269
"""Number of the lock under which attempts are counted and written on PostgreSQL; SQLite has one writer anyway."""
REFUSALS_KEPT_OF_NAME, REFUSALS_KEPT_OF_ADDRESS = 20, 200
"""Refused attempts that are written within WINDOW, of a name at an address and of an address: one who goes on must not
fill the disk."""


def try_password(
    *, who: Who, user: User | None, door: SignInDoor, check: Callable[[], User | None]
) -> User | None:
    """Let `check` try a password, and return whom it fits; None where it is wrong. `user` has the name, if anybody.

    The attempt is written before the password is tried, in a short transaction of its own: attempts side by side
    count each other, and nobody waits for the hashing. Raises LockedOut where a lock refuses it, whether the password
    is right or not, and where the attempt was the last one that was left.
    """
    attempt = _begin(who, user, door)
    if isinstance(attempt, Lock):
        raise LockedOut(attempt)
    found = check()
    attempt.outcome = SignInOutcome.SUCCEEDED if found else SignInOutcome.FAILED
    attempt.save(update_fields=["outcome"])
    lock = None if found else _lock_of(who)
    if lock is not None:
        raise LockedOut(lock)
    return found


@transaction.atomic
def _begin(who: Who, user: User | None, door: SignInDoor) -> SignIn | Lock:
    """Write that somebody tries, or return the lock that refuses it. One at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    attempt = SignIn(
        tried_at=clock.now(),
        username=who.username,
        user=user,
        address=who.address,
        door=door,
        outcome=SignInOutcome.UNDER_WAY,
        known_browser=who.browser,
    )
    lock = _lock_of(who)
    if lock is None:
        attempt.save()
        return attempt
    if _is_worth_a_row(attempt):
        attempt.outcome = SignInOutcome.LOCKED
        attempt.save()
    return lock


def _lock_of(who: Who) -> Lock | None:
    return lock_of(
        who,
        tries_that_count(who),
        lifted_lately(),
        at=clock.now(),
        counts_address=settings.SIGN_IN_ADDRESS_LIMIT,
    )


def _is_worth_a_row(attempt: SignIn) -> bool:
    refused = SignIn.objects.filter(
        address=attempt.address,
        outcome=SignInOutcome.LOCKED,
        tried_at__gt=attempt.tried_at - WINDOW,
    )
    if refused.filter(username=attempt.username).count() >= REFUSALS_KEPT_OF_NAME:
        return False
    return refused.count() < REFUSALS_KEPT_OF_ADDRESS


def unlock(*, username: str = "", address: str = "", reason: str, by: User | None) -> Unlock:
    """Lift the locks of a name, or of an address: what failed until now counts no more. `by` None: the command."""
    return Unlock.objects.create(
        username=username,
        address=address,
        reason=reason,
        unlocked_at=clock.now(),
        unlocked_by=by,
        unlocked_by_name=by.display_name if by else BY_COMMAND,
    )
