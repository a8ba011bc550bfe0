"""Which attempts to sign in are refused, and until when: the rules alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.enums import LockKind, SignInOutcome
from people.lock_out import WINDOW, Lifted, Lock, Try, Who, all_locks, lock_of

NOW = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
OWNER = Who("jimu", "192.0.2.1")
AT_HOME = Who("jimu", "192.0.2.1", "b1")
STRANGER = Who("jimu", "192.0.2.66")


def failed(*whoever: Who, every: int = 1) -> list[Try]:
    """Failures one after the other, the last one a second ago."""
    last = len(whoever) - 1
    return [
        Try(NOW - timedelta(seconds=1 + (last - n) * every), who, "failed")
        for n, who in enumerate(whoever)
    ]


def lock(who: Who, tries: list[Try], *lifted: Lifted, counts_address: bool = True) -> Lock | None:
    return lock_of(who, tries, lifted, at=NOW, counts_address=counts_address)


def somewhere(count: int) -> Iterator[Who]:
    return (Who("jimu", f"198.51.100.{n}") for n in range(count))


def others(count: int, *, names: int) -> Iterator[Who]:
    return (Who(f"u{n % names}", "192.0.2.1") for n in range(count))


@pytest.mark.parametrize(
    ("kind", "limit", "tries"),
    [
        (LockKind.NAME_AND_ADDRESS, 5, [OWNER] * 5),
        (LockKind.NAME, 50, list(somewhere(50))),
        (LockKind.ADDRESS, 100, list(others(100, names=19))),
        (LockKind.NAMES_OF_ADDRESS, 20, list(others(20, names=20))),
        (LockKind.BROWSER, 5, [AT_HOME] * 5),
    ],
)
def test_each_count_has_its_limit(kind: LockKind, limit: int, tries: list[Who]) -> None:
    who = AT_HOME if kind is LockKind.BROWSER else OWNER
    found = lock(who, failed(*tries))

    assert lock(who, failed(*tries[1:])) is None
    assert found is not None
    assert (found.kind, found.failures) == (kind, limit)


def test_strangers_do_not_lock_out_a_browser_that_came_in_before() -> None:
    tries = failed(*[OWNER] * 5, *somewhere(50), *others(100, names=30))

    assert lock(OWNER, tries) is not None
    assert lock(AT_HOME, tries) is None


def test_a_browser_that_came_in_before_locks_out_itself_alone() -> None:
    tries = failed(*[AT_HOME] * 5)

    assert lock(OWNER, tries) is None
    assert lock(Who("jimu", "203.0.113.9", "b1"), tries) is not None
    assert lock(Who("jimu", "192.0.2.1", "b2"), tries) is None


def test_where_terminals_share_an_address_it_is_not_counted() -> None:
    tries = failed(*others(200, names=100))

    assert lock(Who("new", "192.0.2.1"), tries) is not None
    assert lock(Who("new", "192.0.2.1"), tries, counts_address=False) is None


def test_a_lock_ends_a_quarter_of_an_hour_after_the_first_of_the_failures_that_make_it() -> None:
    found = lock(OWNER, failed(*[OWNER] * 7, every=60))

    assert found is not None
    assert found.until == NOW - timedelta(seconds=1 + 4 * 60) + WINDOW


def test_what_a_lock_refuses_does_not_prolong_it() -> None:
    tries = failed(*[OWNER] * 5)
    refused = [Try(NOW, OWNER, SignInOutcome.LOCKED)] * 30

    assert lock(OWNER, tries + refused) == lock(OWNER, tries)


def test_attempts_that_are_under_way_count() -> None:
    assert lock(OWNER, [Try(NOW, OWNER, SignInOutcome.UNDER_WAY)] * 5) is not None


def test_coming_in_forgives_what_failed_at_that_place_and_nothing_else() -> None:
    """A4: who has an account of his own does not wipe out what he tried on others, nor what others tried on his."""
    came_in = Try(NOW, OWNER, SignInOutcome.SUCCEEDED)
    own = Try(NOW, Who("u0", "192.0.2.1"), SignInOutcome.SUCCEEDED)
    at_home = Try(NOW, AT_HOME, SignInOutcome.SUCCEEDED)

    assert lock(OWNER, [*failed(*[OWNER] * 5), came_in]) is None
    assert lock(STRANGER, [*failed(*[STRANGER] * 5), came_in]) is not None
    assert lock(OWNER, [*failed(*somewhere(50)), came_in]) is not None
    assert lock(OWNER, [*failed(*[OWNER] * 5), own]) is not None
    assert lock(OWNER, [*failed(*others(100, names=19)), own]) is not None
    assert lock(OWNER, [*failed(*[OWNER] * 5), at_home]) is not None


def test_a_lock_is_lifted_for_a_name_or_for_an_address() -> None:
    of_name, of_address = Lifted(NOW, "jimu", ""), Lifted(NOW, "", "192.0.2.1")
    by_name = failed(*[OWNER] * 5, *somewhere(50), *[AT_HOME] * 5)
    by_address = failed(*others(100, names=30))
    before = Lifted(NOW - timedelta(minutes=5), "jimu", "192.0.2.1")

    assert lock(OWNER, by_name, of_name) is None
    assert lock(AT_HOME, by_name, of_name) is None
    assert lock(OWNER, by_name, of_address) is not None
    assert lock(OWNER, by_address, of_address) is None
    assert lock(OWNER, by_address, of_name) is not None
    assert lock(OWNER, by_name, before) is not None


WHO = st.builds(Who, *map(st.sampled_from, (["a", "b"], ["", "x", "y"], ["", "b1"])))
TRY = st.builds(
    lambda seconds, who, outcome: Try(NOW - timedelta(seconds=seconds), who, outcome),
    st.integers(0, 899),
    WHO,
    st.sampled_from(["failed", "failed", "failed", "under_way", "succeeded", "locked"]),
)


@settings(max_examples=60)
@given(tries=st.lists(TRY, max_size=60), who=WHO, counts=st.booleans())
def test_the_list_of_locks_is_what_each_attempt_meets(
    tries: list[Try], who: Who, counts: bool
) -> None:
    listed = all_locks(tries, [], at=NOW, counts_address=counts)
    met = lock_of(who, tries, [], at=NOW, counts_address=counts)

    assert met is None or met in listed or who not in {one.who for one in tries}
    assert len(listed) == len(set(listed))
