"""Whoever reads the content token sees the content that belongs to it, while others write; and nobody waits for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import pairwise
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

from kirishima_dx.backups.other_database import standing_on
from kirishima_dx.content_token import current_token
from people.models import Department

from .moving_tasks import _at

PATIENCE = 20


@pytest.fixture
def first() -> str:
    return "migrate"


@pytest.fixture
def here(own_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Stand on a database that holds real transactions."""
    with django_db_blocker.unblock(), standing_on(_at(own_database)):
        for number in range(4):
            Department.objects.create(code=f"d{number}", name="0")
        yield


class Writer:
    """Another connection that changes the content and stands still before it commits."""

    def __init__(self, change: Callable[[], object]) -> None:
        self._stands, self._goes_on = Event(), Event()
        self._change, self.fault = change, ""
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    connection.cursor().execute("SET LOCAL lock_timeout = '10s'")
                self._change()
                self._stands.set()
                self._goes_on.wait(PATIENCE)
        except Exception as fault:
            self.fault = repr(fault)
        finally:
            connections.close_all()

    def stands(self) -> "Writer":
        assert self._stands.wait(PATIENCE), self.fault
        return self

    def commits(self) -> None:
        self._goes_on.set()
        self._thread.join(PATIENCE)
        assert not self.fault


def rename(code: str, name: str) -> Callable[[], object]:
    return lambda: Department.objects.filter(code=code).update(name=name)


def content() -> str:
    return "".join(Department.objects.order_by("code").values_list("name", flat=True))


def test_what_is_not_committed_is_not_told_and_the_commit_is(here: None) -> None:
    before = current_token()
    writer = Writer(rename("d0", "1")).stands()

    assert (current_token(), content()) == (before, "0000")
    writer.commits()
    assert content() == "1000"
    assert current_token() != before


@pytest.mark.postgres
def test_no_writer_waits_for_another_one_because_of_the_token(here: None) -> None:
    """They commit in another order than they began, and one is taken back; each is told when it is there."""
    tokens = [current_token()]
    writers = [Writer(rename(f"d{number}", "1")).stands() for number in range(3)]
    with transaction.atomic():
        Department.objects.filter(code="d3").update(name="2")
        transaction.set_rollback(True)
    assert current_token() == tokens[0]

    for number in (2, 0, 1):
        writers[number].commits()
        tokens.append(current_token())

    assert content() == "1110"
    assert len(set(tokens)) == 4


def test_one_token_has_one_content_however_many_write_and_read(here: None) -> None:
    """Read as a page is: the token, the content bit by bit, the token. The same token, the same content."""
    seen: dict[str, set[str]] = {}
    kept = []
    with ExitStack() as going:
        for number in range(3):
            going.enter_context(keeps(lambda number=number: write(number)))
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            before = current_token()
            read = "".join(Department.objects.get(code=f"d{number}").name for number in range(3))
            if before == current_token():
                seen.setdefault(before, set()).add(read)
                kept.append(before)

    assert len(seen) > 3
    assert {len(contents) for contents in seen.values()} == {1}
    assert len({*map(repr, seen.values())}) > 3
    changes = [one for one, next_one in pairwise(kept) if one != next_one]
    assert len(set(changes)) == len(changes), "a token came back"


def write(number: int) -> None:
    with transaction.atomic():
        row = Department.objects.select_for_update().get(code=f"d{number}")
        Department.objects.filter(pk=row.pk).update(name=str(int(row.name) + 1))
    time.sleep(0.02)


@contextmanager
def keeps(act: Callable[[], None]) -> Iterator[None]:
    """Let another thread do something again and again inside the block."""
    stop, faults = Event(), list[BaseException]()

    def work() -> None:
        with closing(connections["default"]):
            try:
                while not stop.is_set():
                    act()
            except BaseException as fault:
                faults.append(fault)

    thread = Thread(target=work, daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(PATIENCE)
    assert faults == []
