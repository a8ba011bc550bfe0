"""Two processes at the same moment, and one killed in the middle: T2, T4 and G4 on the real database."""

import time
from collections.abc import Callable

from .conftest import Start, last_line

WORKER = "worker.py"
TOGETHER = 3.0
"""Seconds that both workers need at most to start."""


def both(start: Start, *tasks: tuple[str, ...]) -> list[str]:
    """Let workers act at one moment; return what they said, sorted."""
    moment = str(time.time() + TOGETHER)
    workers = [start(task[0], moment, *task[1:]) for task in tasks]
    return sorted(last_line(worker) for worker in workers)


def test_t4_two_first_loads_at_once_make_one_plan(start: Start, result: Callable[..., str]) -> None:
    result("migrate")

    assert both(start, ("load",), ("load",)) == ["created", "unchanged 0"]


def test_g4_two_entries_on_one_revision_one_is_told(
    start: Start, result: Callable[..., str]
) -> None:
    result("prepare")

    assert both(start, ("record", "甲"), ("record", "乙")) == ["conflict", "recorded"]
    assert "entries:1 initiatives:1" in result("state")


def test_t2_two_adoptions_at_once_one_is_told(start: Start, result: Callable[..., str]) -> None:
    result("prepare")

    assert both(start, ("adopt",), ("adopt",)) == ["adopted", "refused"]
    assert result("state").startswith("1.0:superseded 1.1:in_force fates:4")


def test_t2_an_adoption_killed_in_the_middle_has_not_happened(
    start: Start, result: Callable[..., str]
) -> None:
    result("prepare")
    worker = start("adopt_slowly")
    assert worker.stdout is not None
    assert worker.stdout.readline() == "inside\n"

    worker.kill()
    worker.communicate()

    assert result("state").startswith("1.0:in_force 1.1:draft fates:0")
    assert result("adopt", "0") == "adopted"
