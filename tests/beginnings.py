"""What many tests begin with is done to the database once, and each of them is taken back to it.

A fixture that is marked `lasting` stands, in a transaction that stays open, until a test comes that does not begin
with it; each test gets a copy of its own of what the fixture returned. What the test does itself is rolled back after
it, as ever. Tests of one file come in the order of what they begin with.

A lasting fixture asks for nothing that writes and is not lasting itself, and leaves nothing but rows behind, and where
the clock stands.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction
from time_machine import Traveller

Value = TypeVar("Value")
Make = Callable[..., Any]

_ranks: dict[Make, int] = {}
"""The lasting fixtures, in the order in which Python read them."""


def lasting(make: Callable[..., Value]) -> Callable[..., Value]:
    """Mark a fixture that stands for all tests in a row that begin with it."""
    assert not inspect.isgeneratorfunction(make), "what stands is not taken down by its fixture"

    @wraps(make)
    def made(**asked: Any) -> Value:
        return BEGINNINGS.value_of(made, lambda: make(**asked))

    _ranks[made] = len(_ranks)
    return made


def beginning_of(item: pytest.Item) -> dict[str, Make]:
    """Return the lasting fixtures of a test by their names, each after those that it needs."""
    known = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]  # pytest offers no other way.
    found: dict[str, Make] = {}
    seen: set[str] = set()

    def add(name: str) -> None:
        if name in seen or name not in known:
            return
        seen.add(name)
        fixture = known[name][-1]
        for needed in fixture.argnames:
            add(needed)
        if fixture.func in _ranks:
            found[name] = fixture.func

    for name in sorted(known, key=lambda name: _ranks.get(known[name][-1].func, -1)):
        if known[name][-1].func in _ranks:
            add(name)
    return found


def place_in_file(item: pytest.Item) -> list[int]:
    """Say where among the tests of its file a test comes: those that share a beginning stand together."""
    return [_ranks[make] for make in beginning_of(item).values()]


def open_block() -> transaction.Atomic:
    """Open what `roll_back` ends; inside it the code under test may think that it has the outermost transaction."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # As Django's own TestCase does.
    block.__enter__()
    return block


def roll_back(block: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    block.__exit__(None, None, None)


def check_constraints() -> None:
    """Let the database say now what it would say at the end of a transaction."""
    if not connection.needs_rollback and connection.is_usable():
        connection.check_constraints()


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back what a test does, once the database has said what it would say at the end of it."""
    block = open_block()
    try:
        yield
        check_constraints()
    finally:
        roll_back(block)


@dataclass
class Step:
    """What one fixture did: the block in which it did it, and all that stands since, as it was then."""

    make: Make
    block: transaction.Atomic
    values: list[Any]
    moment: datetime


class Beginnings:
    """The lasting fixtures that stand in the database, one upon the other."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._values: list[Any] = []
        self._is_building = False
        self._writes = 0

    def go_back_to(self, wanted: list[Make]) -> None:
        """Take down what a test does not begin with, and copy what it will be given."""
        standing = [step.make for step in self._steps]
        kept = 0
        while kept < min(len(standing), len(wanted)) and standing[kept] is wanted[kept]:
            kept += 1
        while len(self._steps) > kept:
            roll_back(self._steps.pop().block)
        self._values = deepcopy(self._steps[-1].values) if self._steps else []

    def build(
        self, request: pytest.FixtureRequest, names: list[str], clock: Traveller | None
    ) -> None:
        """Let the clock stand where it stood when what is there was done, and do what is still lacking."""
        if clock and self._steps and self._steps[-1].moment != datetime.now(UTC):
            clock.move_to(self._steps[-1].moment)
        self._is_building = True
        self._writes = writes()
        try:
            for name in names:
                request.getfixturevalue(name)
        finally:
            self._is_building = False

    def value_of(self, make: Make, do: Callable[[], Any]) -> Any:
        """Return the copy of what a standing fixture returned; let it stand, if it does not yet."""
        for place, step in enumerate(self._steps):
            if step.make is make:
                return self._values[place]
        return self._done(make, do) if self._is_building else do()

    def _done(self, make: Make, do: Callable[[], Any]) -> Any:
        assert writes() == self._writes, (
            "a lasting fixture asks for one that writes and does not last"
        )
        block = open_block()
        try:
            self._values.append(do())
            check_constraints()
        except BaseException:
            roll_back(block)
            raise
        self._steps.append(Step(make, block, deepcopy(self._values), datetime.now(UTC)))
        self._writes = writes()
        return self._values[-1]


def writes() -> int:
    """Return how many rows were written; SQLite counts them, and one database is enough to say it."""
    return connection.connection.total_changes if connection.vendor == "sqlite" else 0


BEGINNINGS = Beginnings()
