"""Two processes at the same moment, and one killed in the middle: T2, T4 and G4 on the real database."""

from collections.abc import Callable

import pytest

from . import plan_tasks
from .conftest import AtOnce, Start

TASKS = plan_tasks.TASKS

Result = Callable[..., str]


@pytest.mark.parametrize("first", ["migrate"])
def test_t4_two_first_loads_at_once_make_one_plan(at_once: AtOnce) -> None:
    assert sorted(at_once(("load",), ("load",))) == ["created", "unchanged 0"]


def test_g4_two_entries_on_one_revision_one_is_told(at_once: AtOnce, result: Result) -> None:
    assert sorted(at_once(("record", "甲"), ("record", "乙"))) == ["conflict", "recorded"]
    assert "entries:1 initiatives:1" in result("state")


def test_t2_two_adoptions_at_once_one_is_told(at_once: AtOnce, result: Result) -> None:
    assert sorted(at_once(("adopt",), ("adopt",))) == ["adopted", "refused"]
    assert result("state").startswith("1.0:superseded 1.1:in_force fates:4")


def test_t2_an_adoption_killed_in_the_middle_has_not_happened(
    start: Start, at_once: AtOnce, result: Result
) -> None:
    worker = start("adopt_slowly")
    worker.stands("ready")
    worker.go_on()
    worker.stands("inside")

    worker.kill()

    assert result("state").startswith("1.0:in_force 1.1:draft fates:0")
    assert at_once(("adopt",)) == ["adopted"]
