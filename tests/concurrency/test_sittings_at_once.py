"""Two people at once on reports, sittings and decisions: one is told, and nothing happens by half (R1, G4)."""

from collections.abc import Callable

import pytest

from . import sitting_tasks
from .conftest import AtOnce, Start

TASKS = sitting_tasks.TASKS

Result = Callable[..., str]


def done_and_told(said: list[str], refusals: set[str]) -> bool:
    """Whether one did it and the other was told so."""
    first, second = sorted(said)
    return first == "done" and second.removeprefix("told ") in refusals


def test_r1_of_two_who_seal_one_does(at_once: AtOnce, result: Result) -> None:
    said = at_once(("seal", "甲"), ("seal", "乙"))

    assert done_and_told(said, {"ReportConflict", "ReportRefused"})
    assert result("state").startswith("sealed:True parts:True workbooks:1 issues:1")


def test_r1_who_is_killed_while_sealing_leaves_a_draft(start: Start, result: Result) -> None:
    sealing = start("seal_and_stop")
    sealing.stands("sealing")
    sealing.kill()

    assert result("state").startswith("sealed:False parts:False workbooks:0 issues:1")


@pytest.mark.parametrize(("task", "counted"), [("publish", "published:1"), ("correct", "issues:2")])
def test_a_sealed_report_is_published_and_corrected_once(
    at_once: AtOnce, result: Result, task: str, counted: str
) -> None:
    at_once(("seal", "報告"))

    assert done_and_told(at_once((task,), (task,)), {"ReportRefused"})
    assert counted in result("state")


def test_two_sittings_do_not_bear_one_number(at_once: AtOnce, result: Result) -> None:
    assert done_and_told(at_once(("plan",), ("plan",)), {"MeetingRefused"})
    assert "meetings:2" in result("state")


def test_two_decisions_bear_two_numbers(at_once: AtOnce, result: Result) -> None:
    assert at_once(("decide", "甲"), ("decide", "乙")) == ["done", "done"]
    assert "decisions:1,2,3" in result("state")


def test_a_decision_comes_before_the_closing_or_not_at_all(at_once: AtOnce, result: Result) -> None:
    decided, closed = at_once(("decide", "甲"), ("close",))

    assert closed == "done"
    recorded = "decisions:1,2 " if decided == "done" else "decisions:1 "
    assert recorded in result("state")
    assert decided in ("done", "told MeetingRefused")


def test_g4_of_two_steps_on_one_decision_one_is_taken(at_once: AtOnce, result: Result) -> None:
    said = at_once(("answer", "answered"), ("answer", "closed"))

    assert done_and_told(said, {"RecordConflict"})
    assert "steps:1" in result("state")
