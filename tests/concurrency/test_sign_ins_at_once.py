"""Attempts side by side get no more tries than one after the other, and nobody waits for another's hashing."""

from collections.abc import Callable

import pytest

from . import sign_in_tasks
from .process import Worker

TASKS = sign_in_tasks.TASKS
Result = Callable[..., str]


@pytest.fixture
def first() -> str:
    return "migrate"


def test_what_is_still_being_tried_counts(start: Callable[..., Worker], result: Result) -> None:
    """Five hash; the sixth is refused at once, without waiting for them. One that is killed goes on counting."""
    hashing = [start("guess") for _ in range(5)]
    for one in hashing:
        one.stands("ready")
    refused = start("guess")

    assert refused.said() == "refused"
    hashing[0].kill()
    for one in hashing[1:]:
        one.go_on()
    said = [one.said() for one in hashing[1:]]
    assert set(said) <= {"tried", "tried, now locked"}
    assert result("outcomes") == "failed failed failed failed locked under_way"


def test_many_at_one_moment_get_five(at_once: Callable[..., list[str]]) -> None:
    said = at_once(*[("guess_quickly",)] * 9)

    assert said.count("refused") == 4
