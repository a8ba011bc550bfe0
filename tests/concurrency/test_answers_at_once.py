"""Answers by Excel and in the browser at one moment, and a process killed while it applies an upload (F1, G4)."""

import json
from typing import Any

import pytest

from . import answer_tasks
from .conftest import AtOnce, Start
from .process import Worker

TASKS = answer_tasks.TASKS

UNTOUCHED = {
    "problems": {},
    "next_steps": {},
    "revisions": [0, 0, 0, 0],
    "steps": [],
    "by_upload": 0,
    "applied": 0,
    "results": 0,
    "entries": 0,
}


class Desk:
    """The workers of one test on one database that is prepared."""

    def __init__(self, start: Start, at_once: AtOnce) -> None:
        self.start, self.at_once = start, at_once

    def ready(self, *task: str) -> Worker:
        """Start a worker and wait until it is about to act."""
        worker = self.start(*task)
        worker.stands("ready")
        return worker

    def inside(self, *task: str) -> Worker:
        """Start a worker and wait until it stands still in the middle of what it does."""
        worker = self.ready(*task)
        worker.go_on()
        worker.stands("inside")
        return worker

    def state(self) -> dict[str, Any]:
        return dict(json.loads(self.start("state").said()))


@pytest.fixture
def desk(start: Start, at_once: AtOnce) -> Desk:
    return Desk(start, at_once)


def test_f1_of_two_uploads_that_change_one_answer_one_is_applied_whole(desk: Desk) -> None:
    said = desk.at_once(("apply", "甲"), ("apply", "乙"))

    assert sorted(said) == ["applied", "conflict"]
    words, codes = [("甲", ("1-A-1", "1-A-2")), ("乙", ("1-A-1", "1-B-1"))][said.index("applied")]
    state = desk.state()
    assert state["problems"] == dict.fromkeys(codes, words)
    assert (state["by_upload"], state["applied"], state["results"]) == (2, 1, 4)
    assert sum(state["revisions"]) == len(state["steps"]) == 2


def test_f1_an_upload_that_two_people_apply_is_applied_once(desk: Desk) -> None:
    said = desk.at_once(("apply", "甲"), ("apply", "甲"))

    assert sorted(said) == ["applied", "refused"]
    assert desk.state()["revisions"] == [1, 1, 0, 0]


def test_f1_of_an_upload_and_a_save_at_once_one_is_told_and_neither_is_lost(desk: Desk) -> None:
    tasks = [("apply", "甲"), ("save", "次")]

    said = desk.at_once(*tasks)

    late = said.index("conflict")
    assert said[1 - late] == ("saved", "applied")[late]
    after_one = desk.state()
    assert bool(after_one["problems"]) is (late == 1)
    assert bool(after_one["next_steps"]) is (late == 0)
    assert desk.at_once(tasks[late]) == [("applied", "saved")[late]]
    state = desk.state()
    assert state["problems"] == {"1-A-1": "甲", "1-A-2": "甲"}
    assert state["next_steps"] == {"1-A-1": "次"}


def test_f1_a_save_in_the_middle_of_an_import_waits_and_is_told(desk: Desk) -> None:
    importing = desk.inside("apply_slowly", "甲", "first answer")
    saving = desk.ready("save", "次")
    saving.go_on()
    assert saving.is_silent(1)

    importing.go_on()

    assert (importing.said(), saving.said()) == ("applied", "conflict")
    state = desk.state()
    assert (state["problems"], state["next_steps"]) == ({"1-A-1": "甲", "1-A-2": "甲"}, {})


def test_f1_an_import_killed_in_the_middle_has_not_happened(desk: Desk) -> None:
    for place in ("first answer", "third answer", "changes", "upload"):
        worker = desk.inside("apply_slowly", "全", place)
        worker.kill()

        assert desk.state() == UNTOUCHED, place

    assert desk.at_once(("apply", "全")) == ["applied"]
    state = desk.state()
    assert state["problems"] == dict.fromkeys(("1-A-1", "1-A-2", "1-B-1", "2-A-1"), "全")
    assert (state["by_upload"], state["applied"], state["results"]) == (4, 1, 4)


def test_g4_each_step_of_an_answer_that_two_take_at_once_is_taken_once(desk: Desk) -> None:
    for task, done in (("send", "sent"), ("certify", "certified"), ("accept", "accepted")):
        assert sorted(desk.at_once((task,), (task,))) == sorted((done, "conflict"))

    state = desk.state()
    assert state["steps"] == ["sent", "certified", "accepted"]
    assert (state["revisions"], state["entries"]) == ([3, 0, 0, 0], 1)
