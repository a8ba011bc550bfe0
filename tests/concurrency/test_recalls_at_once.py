"""Two people at once on a scheduled adoption, and one killed while calling it off: A4, T2 on the real database."""

from collections.abc import Callable

import pytest

from . import recall_tasks
from .conftest import AtOnce, Start

TASKS = recall_tasks.TASKS

Result = Callable[..., str]

SCHEDULED = "1.0:superseded 1.1:in_force fates:5 decided:1 led:2 recalls:0 kept:0"
CALLED_OFF = "1.0:in_force 1.1:draft fates:0 decided:0 led:1 recalls:1 kept:1"
MOVED = "1.0:superseded 1.1:in_force fates:5 decided:1 led:2 recalls:1 kept:0"
BUILT_UPON = "1.0:superseded 1.1:in_force 1.2:draft fates:5 decided:1 led:2 recalls:0 kept:0"


@pytest.mark.parametrize(
    ("other", "told", "left"),
    [
        ("call_off", {"DraftRefused"}, CALLED_OFF),
        ("redate", {"DraftRefused", "AdoptionMoved"}, MOVED),
        ("open_next", {"DraftRefused"}, BUILT_UPON),
        ("adopt", {"DraftRefused", "DraftChanged"}, None),
    ],
    ids=["call_off", "redate", "open_next", "adopt"],
)
def test_of_one_who_calls_off_and_another_one_is_told(
    at_once: AtOnce, result: Result, other: str, told: set[str], left: str | None
) -> None:
    """Who adopts what is adopted already is told in any order; the calling off stands."""
    said = at_once(("call_off",), (other,))

    is_off = said[0] == "done"
    assert said.count("done") == 1
    assert {one.removeprefix("told ") for one in said if one != "done"} <= told
    assert result("state") == (CALLED_OFF if is_off or left is None else left)


def test_who_is_killed_after_the_last_row_has_called_nothing_off(
    start: Start, at_once: AtOnce, result: Result
) -> None:
    calling_off = start("call_off", "stop")
    calling_off.stands("ready")
    calling_off.go_on()
    calling_off.stands("inside")
    calling_off.kill()

    assert result("state") == SCHEDULED
    assert at_once(("call_off",)) == ["done"]
    assert result("state") == CALLED_OFF
