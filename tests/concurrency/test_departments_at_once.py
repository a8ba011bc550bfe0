"""Two people of the 事務局 at the same moment: one is told, and nothing happens by half (F1, G4)."""

import time
from collections.abc import Callable

import pytest

from .conftest import Start, last_line

WORKER = "department_worker.py"
TOGETHER = 3.0
"""Seconds that both workers need at most to start."""
Run = Callable[..., list[str]]


@pytest.fixture
def run(start: Start) -> Run:
    """Let workers act at one moment; return what they said, sorted."""

    def together(*tasks: tuple[str, ...]) -> list[str]:
        return sorted(last_line(worker) for worker in [start(*task) for task in tasks])

    assert together(("prepare",)) == ["prepared"]
    return together


def moment() -> str:
    return str(time.time() + TOGETHER)


def test_f1_of_two_lists_at_once_one_is_applied_whole(run: Run) -> None:
    at = moment()

    assert run(("apply", at, "甲"), ("apply", at, "乙")) == ["applied", "outdated"]
    assert run(("state",))[0].startswith("lists:1 listed:30 leads:0 applied:1")


def test_f1_a_list_is_not_applied_twice(run: Run) -> None:
    at = moment()

    assert run(("apply", at, "甲"), ("apply", at, "甲")) == ["applied", "outdated"]


def test_g4_of_two_assignments_of_all_items_one_holds_whole(run: Run) -> None:
    at = moment()

    assert run(("assign", at, "welfare"), ("assign", at, "planning")) == ["assigned", "refused"]
    assert "leads:1 " in run(("state",))[0]


def test_of_two_handovers_of_one_department_one_is_made(run: Run) -> None:
    run(("assign", "0", "welfare"))
    at = moment()

    assert run(("rename", at, "new-a"), ("rename", at, "new-b")) == ["handed over", "refused"]
    assert "leads:1 applied:0 successions:1" in run(("state",))[0]
