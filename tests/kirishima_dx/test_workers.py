"""Those who try passwords or wait for a workbook never keep others from being answered."""

import threading
from types import SimpleNamespace

import pytest

from kirishima_dx.server.workers import (
    WORKBOOKS_AT_ONCE,
    Workers,
    asks_for_a_workbook,
    processors,
    tries_a_password,
)


class Task:
    """A request that says that a worker has it, and is done when it may go on."""

    def __init__(self, command: str, path: str, *, goes_on: bool) -> None:
        self.requests = [SimpleNamespace(command=command, path=path)]
        self.begun, self._goes_on = threading.Event(), threading.Event()
        if goes_on:
            self._goes_on.set()

    def service(self) -> None:
        self.begun.set()
        self._goes_on.wait(20)

    def go_on(self) -> None:
        self._goes_on.set()

    def cancel(self) -> None:
        """What is left at the end is not done."""


@pytest.mark.parametrize(
    ("command", "path", "at_once"),
    [("POST", "/dx/login/", processors()), ("GET", "/dx/items.xlsx", WORKBOOKS_AT_ONCE)],
)
def test_readers_are_answered_while_others_wait_for_their_turn(
    command: str, path: str, at_once: int
) -> None:
    workers = Workers()
    workers.set_thread_count(2)
    slow = [Task(command, path, goes_on=False) for _ in range(at_once + 8)]
    for one in slow:
        workers.add_task(one)
    for one in slow[:at_once]:
        assert one.begun.wait(20)
    reader = Task("GET", "/dx/login/", goes_on=True)
    workers.add_task(reader)

    assert reader.begun.wait(20)
    assert not slow[at_once].begun.is_set()
    for one in slow:
        one.go_on()
    assert slow[-1].begun.wait(20)
    workers.shutdown()
    assert workers.are_done


@pytest.mark.parametrize(
    ("command", "path", "expected"),
    [
        ("POST", "/login/", True),
        ("POST", "/account/password/", True),
        ("POST", "/admin/people/user/3/password/", True),
        ("GET", "/login/", False),
        ("POST", "/logout/", False),
        ("POST", "/items/1-A-1/progress/", False),
    ],
)
def test_which_requests_try_passwords(command: str, path: str, expected: bool) -> None:
    assert tries_a_password([SimpleNamespace(command=command, path=path)]) is expected
    assert not tries_a_password([])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/dx/items.xlsx", True),
        ("/rounds/3/workbooks.zip", True),
        ("/items.csv", False),
        ("/items/", False),
    ],
)
def test_which_requests_ask_for_a_workbook(path: str, expected: bool) -> None:
    assert asks_for_a_workbook([SimpleNamespace(command="GET", path=path)]) is expected
    assert not asks_for_a_workbook([])
