"""How every test begins and ends, and which are tried where; who and what they know stands in town_cast.py.

The clock stands at 2026-10-15 10:00 in Tokyo unless a test moves it.
"""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import time_machine
from beginnings import BEGINNINGS, beginning_of, place_in_file, taken_back
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from row_numbers import spread_row_numbers

pytest_plugins = ("town_cast", "later_cast", "ready_database", "door_cast", "kept_shadow")
"""Fixtures that the tests of several apps share."""

hypothesis_settings.register_profile(
    "any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any_machine")
"""How fast a machine is says nothing about a law."""

NOW = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
REFUSED = (
    *("bad_input", "bad_rows", "nonsense", "no_sense", "is_wrong", "wrong_cell", "wrong_decision"),
    *("hostile_file", "is_lacking", "that_lacks", "not_found", "is_not_there", "is_missing", "404"),
)
"""What the name of a test says that tries what a form or an address refuses."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the tests of a file that begin with the same come after each other, and leave out on PostgreSQL what asks
    no database, how often one is asked, who may do what, and all but one row of what is refused: SQLite's run tries
    all of them."""
    files = [list(those) for _, those in groupby(items, lambda item: item.path)]
    items[:] = [item for those in files for item in sorted(those, key=place_in_file)]
    if connection.vendor == "sqlite":
        return
    refusals: set[tuple[Path, str]] = set()
    here = [
        item
        for item in items
        if asks_a_database(item)
        and not counts_queries(item)
        and not tries_a_role(item)
        and not is_refused_alike(item, refusals)
    ]
    others = set(items) - set(here)
    items[:] = here
    config.hook.pytest_deselected(items=[*others])


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "own_database"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def counts_queries(item: pytest.Item) -> bool:
    """Whether a test compares how often few rows and many are asked for: that is the same on each database."""
    return not {"as_many_queries", "assert_as_many"}.isdisjoint(names_in(item))


def tries_a_role(item: pytest.Item) -> bool:
    """Whether a test tries the same as several people, by the name of their fixture: Python decides who may."""
    return "getfixturevalue" in names_in(item)


def is_refused_alike(item: pytest.Item, seen: set[tuple[Path, str]]) -> bool:
    """Whether a test tries another row of what is refused, as its name says: Python tells what was typed wrong."""
    name = getattr(item, "originalname", item.name)
    if name == item.name or not any(word in name for word in REFUSED):
        return False
    known = (item.path, name) in seen
    seen.add((item.path, name))
    return known


def names_in(item: pytest.Item) -> tuple[str, ...]:
    code = getattr(getattr(item, "function", None), "__code__", None)
    return () if code is None else code.co_names


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what lasts for the whole run: it cost a fifteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tables, each with numbers of its own."""
    with django_db_blocker.unblock():
        spread_row_numbers()
    yield
    with django_db_blocker.unblock():
        BEGINNINGS.go_back_to([])


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Stand in for pytest-django's: a test is taken back to what it begins with, where that one takes it back to
    nothing. A test of real transactions has that one still."""
    with django_db_blocker.unblock():
        if is_of_real_transactions(request.node):
            BEGINNINGS.go_back_to([])
            request.getfixturevalue("_django_db_helper")
            yield
        elif uses_the_database(request.node):
            BEGINNINGS.go_back_to([*beginning_of(request.node).values()])
            yield  # What the test itself does is taken back by `begun`.
        else:  # It is asked for by name in the middle of a test.
            BEGINNINGS.go_back_to([])
            with taken_back():
                yield


@pytest.fixture(autouse=True)
def begun(
    request: pytest.FixtureRequest,
    quick_settings: None,
    frozen_clock: time_machine.Traveller | None,
) -> Iterator[None]:
    """What a test begins with; what it does itself is taken back."""
    if not uses_the_database(request.node) or is_of_real_transactions(request.node):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    BEGINNINGS.build(request, [*beginning_of(request.node)], frozen_clock)
    with taken_back():
        yield


def uses_the_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or "db" in item.fixturenames


def is_of_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and bool(marker.args or marker.kwargs)
    return is_marked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def frozen_clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    if request.node.get_closest_marker("journey"):
        yield None
        return
    with time_machine.travel(NOW, tick=False) as traveller:
        cache.clear()
        yield traveller


@pytest.fixture(autouse=True)
def quick_settings(settings: Any) -> None:
    settings.WHITENOISE_AUTOREFRESH = True  # Else every client reads all static files.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
