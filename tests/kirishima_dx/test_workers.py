"""Those who try passwords never keep others from being answered."""

import threading
from types import SimpleNamespace

import pytest

from kirishima_dx.server.workers import Workers, processors, tries_a_password


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


def test_readers_are_answered_while_passwords_wait_for_their_turn() -> None:
    workers = Workers()
    workers.set_thread_count(2)
    tries = [Task("POST", "/dx/login/", goes_on=False) for _ in range(processors() + 8)]
    for one in tries:
        workers.add_task(one)
    for one in tries[: processors()]:
        assert one.begun.wait(20)
    reader = Task("GET", "/dx/login/", goes_on=True)
    workers.add_task(reader)

    assert reader.begun.wait(20)
    assert not tries[-1].begun.is_set()
    for one in tries:
        one.go_on()
    assert tries[-1].begun.wait(20)
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
