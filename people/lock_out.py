"""When attempts to sign in are refused for a while: rules over what was tried lately (pure).

Counted are failures of the last WINDOW, and attempts whose outcome is not known yet. A browser that has signed in as
a name before is counted by itself and by nothing else, so that strangers cannot lock its owner out. What a lock
refuses is never counted, so no lock outlasts the last failure by more than WINDOW.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from people.enums import COUNTED, LockKind, SignInOutcome

WINDOW = timedelta(minutes=15)
OF_NAME_AND_ADDRESS = 5
OF_NAME = 50
"""From anywhere: terminals that share no address, or somebody who has many."""
OF_ADDRESS = 100
NAMES_OF_ADDRESS = 20
"""Different names: somebody who tries one password on everybody."""
OF_BROWSER = 5


@dataclass(frozen=True)
class Who:
    """What an attempt is counted by. `browser` is empty where it has not signed in as this name before."""

    username: str
    address: str
    browser: str = ""


@dataclass(frozen=True)
class Try:
    """An attempt of before."""

    at: datetime
    who: Who
    outcome: str


@dataclass(frozen=True)
class Lifted:
    """That the 事務局 lifted the lock of a name, or of an address (the other is empty)."""

    at: datetime
    username: str
    address: str


@dataclass(frozen=True)
class Lock:
    """Attempts by `who` are refused until then; of `who` only that is filled which is locked."""

    kind: LockKind
    who: Who
    until: datetime
    failures: int


def lock_of(
    who: Who, tries: Iterable[Try], lifted: Iterable[Lifted], *, at: datetime, counts_address: bool
) -> Lock | None:
    """Return the lock that refuses an attempt now, the one that lasts longest; None where it may go on."""
    known = list(tries)
    of_name = [one for one in known if one.who.username == who.username]
    from_there = [one for one in known if one.who.address == who.address]
    there = from_there if counts_address and who.address else []
    return _longest(who, of_name, there, list(lifted), at)


def _longest(
    who: Who, of_name: list[Try], from_there: list[Try], lifted: list[Lifted], at: datetime
) -> Lock | None:
    of_name = _since(of_name, [one.at for one in lifted if one.username == who.username])
    if who.browser:
        locks = [_lock_of_browser(who, of_name)]
    else:
        from_there = _since(from_there, [one.at for one in lifted if one.address == who.address])
        locks = [
            *_locks_of_name(who, [one for one in of_name if not one.who.browser]),
            *_locks_of_address(who, [one for one in from_there if not one.who.browser]),
        ]
    found = [one for one in locks if one is not None and one.until > at]
    return max(found, key=lambda one: one.until, default=None)


def _lock_of_browser(who: Who, of_name: list[Try]) -> Lock | None:
    same = [one for one in of_name if one.who.browser == who.browser]
    own = Who(who.username, "", who.browser)
    return _lock(LockKind.BROWSER, own, _since_success(same), OF_BROWSER)


def _locks_of_name(who: Who, of_name: list[Try]) -> list[Lock | None]:
    pair = [one for one in of_name if one.who.address == who.address]
    return [
        _lock(LockKind.NAME_AND_ADDRESS, who, _since_success(pair), OF_NAME_AND_ADDRESS),
        _lock(LockKind.NAME, Who(who.username, ""), _failures(of_name), OF_NAME),
    ]


def _locks_of_address(who: Who, from_there: list[Try]) -> list[Lock | None]:
    failed = _failures(from_there)
    whose = Who("", who.address)
    last_of_name = {one.who.username: one for one in sorted(failed, key=lambda one: one.at)}
    return [
        _lock(LockKind.ADDRESS, whose, failed, OF_ADDRESS),
        _lock(LockKind.NAMES_OF_ADDRESS, whose, list(last_of_name.values()), NAMES_OF_ADDRESS),
    ]


def _failures(tries: list[Try]) -> list[Try]:
    return [one for one in tries if one.outcome in COUNTED]


def _since(tries: list[Try], moments: list[datetime]) -> list[Try]:
    """Keep what was tried after the last of some moments."""
    last = max(moments, default=None)
    return [one for one in tries if last is None or one.at > last]


def _since_success(tries: list[Try]) -> list[Try]:
    """Keep the failures since the owner came in. Only those of one name at one place or browser are forgiven so:
    whoever has an account of his own cannot wipe out what he tried on others."""
    came_in = [one.at for one in tries if one.outcome == SignInOutcome.SUCCEEDED]
    return _failures(_since(tries, came_in))


def _lock(kind: LockKind, who: Who, failures: list[Try], limit: int) -> Lock | None:
    """Return the lock, which ends when fewer than the limit lie within WINDOW; None below the limit."""
    if len(failures) < limit:
        return None
    moments = sorted(one.at for one in failures)
    return Lock(kind, who, moments[-limit] + WINDOW, len(failures))


def all_locks(
    tries: Iterable[Try], lifted: Iterable[Lifted], *, at: datetime, counts_address: bool
) -> list[Lock]:
    """Return every lock that refuses somebody now, each once, the one that lasts longest first."""
    of_name: dict[str, list[Try]] = defaultdict(list)
    from_there: dict[str, list[Try]] = defaultdict(list)
    for one in tries:
        of_name[one.who.username].append(one)
        if counts_address and one.who.address:
            from_there[one.who.address].append(one)
    lifts = list(lifted)
    whoever = {one.who for known in of_name.values() for one in known}
    found = (
        _longest(who, of_name[who.username], from_there[who.address], lifts, at) for who in whoever
    )
    locks = {lock for lock in found if lock is not None}
    return sorted(locks, key=lambda one: (one.until, one.who.username), reverse=True)
